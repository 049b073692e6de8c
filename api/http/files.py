"""Answers that are files: in the format that is wanted, sent piece by piece, and not again where the reader has it."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.http.preconditions import VARIES, demand_unknown

MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "zip": "application/zip",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml",
    "latex": "application/x-latex",
    "png": "image/png",
}
_ENDINGS: Mapping[str, str] = {"latex": "tex"}
_SAFE_CHARACTERS = re.compile(r"[^A-Za-z0-9_.\-]+")
_RANGES_AT_MOST = 50


def wanted_format(asked: str | None, request: Request, formats: Iterable[str]) -> str:
    """The format that the query names, else the first of these formats that Accept names, else the first of all."""
    known = list(formats)
    if asked is not None:
        return asked
    ranges = request.headers.get("accept", "").split(",")[:_RANGES_AT_MOST]
    accepted = {accepted.partition(";")[0].strip().lower() for accepted in ranges}
    return next((name for name in known if MEDIA_TYPES[name].partition(";")[0] in accepted), known[0])


def documented_formats(*formats: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` entry of a route that answers with files of these formats, beside its JSON."""
    content = {MEDIA_TYPES[name].partition(";")[0]: {"schema": _schema_of(name)} for name in formats}
    return {200: {"content": content}}


def _schema_of(name: str) -> dict[str, Any]:
    return {"type": "object"} if name in ("json", "geojson", "yaml") else {"type": "string", "format": "binary"}


def send_file(
    request: Request,
    etag: str,
    form: str,
    make: Callable[[], bytes | Iterable[bytes] | Iterable[str]],
    *,
    name: str | None = None,
    cache: str = "private, no-cache",
) -> Response:
    """The answer with what `make` gives, whole or in pieces; it is not called where the reader has this ETag.

    With a `name` (without its ending) a browser saves the file instead of showing it. Raises NotModified.
    """
    demand_unknown(etag, request, cache=cache)
    content, media_type = make(), MEDIA_TYPES[form]
    headers = {"ETag": etag, "Cache-Control": cache, "Vary": VARIES}
    response: Response
    if isinstance(content, bytes):
        response = Response(content, media_type=media_type, headers=headers)
    else:
        response = StreamingResponse(content, media_type=media_type, headers=headers)
    if name is not None:
        response.headers["Content-Disposition"] = _attachment(f"{name}.{_ENDINGS.get(form, form)}")
    return response


def _attachment(name: str) -> str:
    """A file name that no character of can end the header or name a folder; the whole name beside it, encoded."""
    plain = _SAFE_CHARACTERS.sub("_", name).lstrip(".") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name.replace('/', '_'), safe='')}"
