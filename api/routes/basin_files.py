"""`/v1/basins/{basin_id}/versions/{number}/…`: the content of a version as a document, archive, workbook, map, table."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path, Query, Response
from starlette.requests import Request

from api.errors import NotFound
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file
from api.http.pages import part_of
from api.http.preconditions import answer_with, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import BasinVersion
from api.schemas.basins import ColumnAnswer, PathId, TableAnswer, TableQuery, VersionNumber
from api.services import basin_content, basin_files, basins
from api.work import CurrentWork, Work
from planner.basin import Basin
from planner.basin.content import parquet_of
from planner.basin.field import Column
from planner.basin.tables import ROW_OF, columns
from planner.checks.report import did_you_mean
from planner.formats.archive import write_archive
from planner.formats.document import rows_of
from planner.formats.geojson import TableOnMap, geojson_of
from planner.formats.table import table_bytes
from planner.formats.workbook_writing import write_workbook

router = SubjectRouter(prefix="/basins/{basin_id}/versions/{number}", tags=["Basin versions"], route_class=TransactionRoute)

FORMS = documented_formats("csv", "parquet")[200]["content"]
TablesOnMap = Annotated[
    Sequence[TableOnMap],
    Query(description="Only these tables. Left out: all.", max_length=20, examples=[["villages", "reaches"]]),
]
TABLE_FORMS: dict[int | str, dict[str, Any]] = {200: {"model": TableAnswer, "content": FORMS}}


def _version(work: Work, basin_id: str, number: str) -> BasinVersion:
    return basins.find_version(work.session, work.basin(basin_id, "reader"), number)


def _named(version: BasinVersion) -> str:
    return f"{version.settings['name']}-{version.number}"


@router.get("/document", responses={**documented_formats("json"), **problems(*ONE)}, response_class=Response)
def read_document(work: CurrentWork, basin_id: PathId, number: VersionNumber, request: Request) -> Response:
    """The whole basin as JSON, in the form in which basins are taken."""
    version = _version(work, basin_id, number)
    etag = etag_of(version.digest, "document")

    return send_file(request, etag, "json", lambda: basin_files.document_text(_load(work, version)), name=_named(version))


@router.get("/archive", responses={**documented_formats("zip"), **problems(*ONE)}, response_class=Response)
def read_archive(work: CurrentWork, basin_id: PathId, number: VersionNumber, request: Request) -> Response:
    """The whole basin as a ZIP archive of basin.yaml and CSV."""
    version = _version(work, basin_id, number)
    etag = etag_of(version.digest, "archive")
    return send_file(request, etag, "zip", lambda: write_archive(_load(work, version)), name=_named(version))


@router.get("/workbook", responses={**documented_formats("xlsx"), **problems(*ONE)}, response_class=Response)
def read_workbook(work: CurrentWork, basin_id: PathId, number: VersionNumber, request: Request) -> Response:
    """The whole basin as an XLSX workbook, one sheet a table."""
    version = _version(work, basin_id, number)
    etag = etag_of(version.digest, "workbook")
    return send_file(request, etag, "xlsx", lambda: write_workbook(_load(work, version)), name=_named(version))


@router.get("/geojson", responses={**documented_formats("geojson"), **problems(*ONE)}, response_class=Response)
def read_geojson(
    work: CurrentWork, basin_id: PathId, number: VersionNumber, request: Request, only: TablesOnMap = ()
) -> Response:
    """What the basin has on a map: villages, sources, treatment sites, links, reaches; all of it, or only some tables."""
    version = _version(work, basin_id, number)
    etag = etag_of(version.digest, "geojson", hash_of(sorted(only)))
    return send_file(request, etag, "geojson", lambda: _geojson(_load(work, version), only), name=_named(version))


@router.get("/tables/{table}", responses={**TABLE_FORMS, **problems(*ONE)}, response_model=TableAnswer)
def read_table(
    work: CurrentWork,
    basin_id: PathId,
    number: VersionNumber,
    table: Annotated[str, Path(max_length=100, examples=["villages"])],
    wanted: Annotated[TableQuery, Query()],
    request: Request,
    response: Response,
) -> TableAnswer | Response:
    """One table: as JSON in pages, or whole as CSV or Parquet."""
    version = _version(work, basin_id, number)
    if table not in ROW_OF:
        raise NotFound(
            f"A basin has no table {table[:80]}.", remedy=did_you_mean(table, ROW_OF) or f"It has {', '.join(ROW_OF)}."
        )
    etag = etag_of(version.tables.get(table), wanted.format, wanted.limit, wanted.cursor)
    if wanted.format == "csv":
        return send_file(request, etag, "csv", lambda: table_bytes(table, _load(work, version).tables[table]), name=table)
    if wanted.format == "parquet":
        return send_file(request, etag, "parquet", lambda: _packed(work, version, table), name=table)
    answer_with(etag, request, response)
    frame = _load(work, version).tables[table]
    positions, cursor = part_of(range(len(frame)), wanted)
    items = rows_of(table, frame.iloc[list(positions)])
    return TableAnswer(
        table=table, columns=[_column(c) for c in columns(table)], total=len(frame), items=items, next_cursor=cursor
    )


def _load(work: Work, version: BasinVersion) -> Basin:
    return basin_content.load(work.store, version)


def _packed(work: Work, version: BasinVersion, table: str) -> bytes:
    """As it is kept; a table that came with a later release than the version is empty in it."""
    stored = version.tables.get(table)
    return work.store.get(stored) if stored else parquet_of(_load(work, version), table)


def _geojson(basin: Basin, only: Sequence[TableOnMap]) -> bytes:
    return json.dumps(geojson_of(basin, only), ensure_ascii=False, allow_nan=False).encode()


def _column(column: Column) -> ColumnAnswer:
    return ColumnAnswer(name=column.name, title=column.title, unit=column.unit, unit_title=column.unit, kind=column.kind)
