"""Files that are sent as the body of a request: taken in piece by piece, to disk and never to memory as a whole."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.errors import NotSupported
from api.security.identity import identify
from api.services.basin_files import FileKind, inspect
from planner.basin import Basin
from planner.checks.finding import Finding

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
KIND_OF: dict[str, FileKind] = {JSON: "document", ZIP: "archive", XLSX: "workbook"}

# What OpenAPI says of a route that takes such a file.
TAKES_BASIN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A basin as a JSON document, a ZIP archive of basin.yaml and CSV, or an XLSX workbook.",
        "content": {
            JSON: {"schema": {"type": "object"}},
            ZIP: {"schema": {"type": "string", "format": "binary"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


# A check takes anything, and says what stands against it.
CHECKS_BASIN: dict[str, Any] = {
    "requestBody": {
        **TAKES_BASIN["requestBody"],
        "content": {**TAKES_BASIN["requestBody"]["content"], JSON: {"schema": {}}},
    }
}


@dataclass(frozen=True)
class InspectedUpload:
    """A basin that was sent (None if it cannot be read), and all findings about it."""

    basin: Basin | None
    findings: list[Finding]


async def _uploaded(request: Request) -> InspectedUpload:
    """Who is asking is looked up first, with nothing locked while the file comes in and is read."""
    await run_in_threadpool(_demand_account, request)
    kind = KIND_OF.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())
    if kind is None:
        raise NotSupported("This is none of the forms of a basin.", remedy=f"Send {', '.join(KIND_OF)} as Content-Type.")
    with tempfile.TemporaryDirectory(prefix="rivershare-") as folder:
        file = Path(folder) / "basin"
        with file.open("wb") as target:
            async for piece in request.stream():
                await run_in_threadpool(target.write, piece)
        return InspectedUpload(*await run_in_threadpool(inspect, file, kind))


def _demand_account(request: Request) -> None:
    with request.app.state.service.database.reading() as session:
        identify(request, session).require_account()


Uploaded = Annotated[InspectedUpload, Depends(_uploaded)]
