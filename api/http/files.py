"""Answers that are files: with a name to keep them under, and an ETag by which they are not sent twice."""

from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.http.preconditions import answer_with

CSV = "text/csv; charset=utf-8"
PARQUET = "application/vnd.apache.parquet"
GEOJSON = "application/geo+json"
YAML = "application/yaml"


def file_answer(request: Request, etag: str, media_type: str, name: str, make: Callable[[], bytes | Iterator[str]]) -> Response:
    """A file that is made only if the reader does not have it yet. Raises NotModified."""
    headers = Response()
    answer_with(etag, request, headers)
    content = make()
    kept = {key: headers.headers[key] for key in ("ETag", "Cache-Control")}
    kept["Content-Disposition"] = f'attachment; filename="{name}"'
    if isinstance(content, bytes):
        return Response(content, media_type=media_type, headers=kept)
    return StreamingResponse(content, media_type=media_type, headers=kept)


def gives(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a route that answers with a file."""
    content = {kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in media_types}
    return {200: {"description": "The file.", "content": content}}
