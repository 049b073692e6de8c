"""The page: one document for every address of it, and the files that it is made of, which never change under their names."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import NotFound
from api.pages.policy import HEADERS

router = APIRouter(include_in_schema=False)

BUILT: Final = files("api.pages") / "built"
ADDRESSES: Final = (
    *("/", "/about", "/catalogue", "/compare", "/import", "/jobs", "/people", "/set-password", "/settings", "/sign-in"),
    *(f"/{screen}/{{rest:path}}" for screen in ("basins", "plans", "runs", "scenarios")),
)
MEDIA_TYPES: Final = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
FOREVER: Final = "public, max-age=31536000, immutable"
NOT_BUILT: Final = b"<!doctype html><title>Rivershare</title><p>The page is not built: run make web. The API works: see /docs."


def document() -> Response:
    """The page's document; the page itself finds the screen of the address."""
    index = BUILT / "index.html"
    content = index.read_bytes() if index.is_file() else NOT_BUILT
    return Response(content, media_type="text/html", headers=HEADERS)


for address in ADDRESSES:
    router.add_api_route(address, document, methods=["GET"])


@router.get("/page/{name}")
def part(name: str) -> Response:
    """A file of the page: its name holds a hash of what is in it."""
    # Only what stands in the folder is opened: a name may be anything.
    file = next((file for file in BUILT.joinpath("page").iterdir() if file.name == name), None) if BUILT.is_dir() else None
    if file is None:
        raise NotFound("There is no such file.")
    headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
    return Response(file.read_bytes(), media_type=MEDIA_TYPES[Path(name).suffix], headers=headers)
