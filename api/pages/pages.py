"""Small pages as files: the one that a provider leads to, and the API's documentation."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import NotFound
from api.pages.policy import HEADERS

router = APIRouter(include_in_schema=False)

OURS = files("api.pages")
SWAGGER = files("fastapi_swagger") / "resources"
ASSETS: dict[str, tuple[Traversable, str]] = {
    "pages.css": (OURS, "text/css"),
    "signing-in.js": (OURS, "text/javascript"),
    "documentation.js": (OURS, "text/javascript"),
    "swagger-ui.css": (SWAGGER, "text/css"),
    "swagger-ui-bundle.js": (SWAGGER, "text/javascript"),
}


def _page(name: Literal["signing-in", "documentation"]) -> Response:
    return Response((OURS / f"{name}.html").read_bytes(), media_type="text/html", headers=HEADERS)


@router.get("/signing-in")
def signing_in() -> Response:
    """Where a provider sends people who have signed in there."""
    return _page("signing-in")


@router.get("/docs")
def documentation() -> Response:
    """The API's documentation, to read and to try."""
    return _page("documentation")


@router.get("/assets/{name}")
def asset(name: str) -> Response:
    """A script or style of these pages."""
    if name not in ASSETS:
        raise NotFound("There is no such file.")
    folder, media_type = ASSETS[name]
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response((folder / name).read_bytes(), media_type=media_type, headers=headers)
