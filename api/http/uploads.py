"""Files that are sent as the body of a request: taken in piece by piece, to disk and never to memory as a whole."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.errors import NotSupported
from api.schemas.basins import Identifier
from api.security.identity import identify
from api.security.permissions import demand
from api.services import basin_content, basins
from api.services.basin_files import FileKind, inspect
from planner.basin import Basin
from planner.checks.finding import Finding

GEOJSON = "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
KIND_OF: dict[str, FileKind] = {JSON: "document", ZIP: "archive", XLSX: "workbook", GEOJSON: "map"}

# What OpenAPI says of a route that takes such a file.
TAKES_BASIN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A basin as a JSON document, a ZIP archive of basin.yaml and CSV, an XLSX workbook, or GeoJSON.",
        "content": {
            JSON: {"schema": {"type": "object"}},
            ZIP: {"schema": {"type": "string", "format": "binary"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            GEOJSON: {"schema": {"type": "object"}},
        },
    }
}


# A check takes anything, and says what stands against it.
CHECKS_BASIN: dict[str, Any] = {
    "requestBody": {
        **TAKES_BASIN["requestBody"],
        "content": {**TAKES_BASIN["requestBody"]["content"], JSON: {"schema": {}}, GEOJSON: {"schema": {}}},
    }
}


@dataclass(frozen=True)
class InspectedUpload:
    """A basin that was sent (None if it cannot be read), and all findings about it."""

    basin: Basin | None
    findings: list[Finding]


async def _uploaded(request: Request) -> InspectedUpload:
    """Who is asking is looked up first, with nothing locked while the file comes in and is read."""
    rest = await run_in_threadpool(_rest, request)
    kind = KIND_OF.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())
    if kind is None:
        raise NotSupported("This is none of the forms of a basin.", remedy=f"Send {', '.join(KIND_OF)} as Content-Type.")
    with tempfile.TemporaryDirectory(prefix="rivershare-") as folder:
        file = Path(folder) / "basin"
        with file.open("wb") as target:
            async for piece in request.stream():
                await run_in_threadpool(target.write, piece)
        return InspectedUpload(*await run_in_threadpool(inspect, file, kind, rest))


def _rest(request: Request) -> Basin | None:
    """The basin that gives what a map does not hold: the one of the address, or the one that `rest_from` names.

    Raises NotSignedIn without an account, NotFound where one may not read the basin.
    """
    service = request.app.state.service
    basin_id = request.path_params.get("basin_id") or request.query_params.get("rest_from")
    with service.database.reading() as session:
        identity = identify(request, session)
        identity.require_account()
        if basin_id is None:
            return None
        version = basins.find_version(session, demand(session, identity, basin_id, "reader"), "latest")
        return basin_content.load(service.store, version)


Uploaded = Annotated[InspectedUpload, Depends(_uploaded)]
RestFrom = Annotated[
    Identifier | None,
    Query(description="For GeoJSON: the basin whose newest version gives what a map does not hold, such as seasons and options."),
]
