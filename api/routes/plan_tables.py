"""`/v1/plans/{plan_id}/tables`, `/aggregate`: a plan's tables, asked and put together on the server."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pyarrow as pa
from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from api.errors import Unsound
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.pages import part_of
from api.http.preconditions import answer_with, etag_of, hash_of
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.plans import (
    AggregateAnswer,
    AggregateQuery,
    RowsAnswer,
    RowsQuery,
    TableColumn,
    TableDescription,
)
from api.security.permissions import demand_plan
from api.services import plan_content, plans
from api.work import CurrentWork
from planner.basin.field import Column
from planner.formats.arrow import parquet_bytes
from planner.plan.aggregate import parse_aggregation
from planner.plan.derived import derived_columns
from planner.plan.exports.columnar import arrow_pieces
from planner.plan.exports.text import csv_pieces
from planner.plan.finite import finite
from planner.plan.query_findings import known_table
from planner.plan.tables import ROW_OF, columns

router = APIRouter(prefix="/plans/{plan_id}", tags=["Plans"], route_class=TransactionRoute)

WHOLE = documented_formats("csv", "parquet", "arrow")[200]["content"]
ROWS: dict[int | str, dict[str, Any]] = {200: {"model": RowsAnswer, "content": WHOLE}}
FIGURES: dict[int | str, dict[str, Any]] = {200: {"model": AggregateAnswer, "content": documented_formats("csv")[200]["content"]}}
FILES: dict[str, Callable[[pa.Table], bytes | Iterator[bytes]]] = {
    "csv": csv_pieces,
    "arrow": arrow_pieces,
    "parquet": parquet_bytes,
}


def _column(column: Column) -> TableColumn:
    return TableColumn(name=column.name, title=column.title, unit=column.unit, kind=column.kind, help=column.help)


def _items(table: pa.Table) -> list[dict[str, Any]]:
    return finite(table.to_pylist())  # type: ignore[no-any-return]


@router.get("/tables", responses=problems(*ONE))
def list_tables(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> list[TableDescription]:
    """The tables of a plan: what each column is, its unit, and how many rows there are."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(plan.id, "tables"), request, response)
    return [
        TableDescription(
            table=name,
            help=row.__doc__ or "",
            key=list(row.key),
            rows=plan_content.table_of(work.store, plan, name).num_rows,
            columns=[_column(column) for column in columns(name)],
            also=[_column(column) for column in derived_columns(name)],
        )
        for name, row in ROW_OF.items()
    ]


@router.get("/tables/{table}", responses={**ROWS, **problems(*ONE, Unsound)}, response_model=None)
def read_rows(
    work: CurrentWork, plan_id: PathId, table: str, wanted: Annotated[RowsQuery, Query()], request: Request, response: Response
) -> RowsAnswer | Response:
    """Rows of a table: filtered, some columns, in an order. JSON in pages; CSV, Parquet or Arrow whole.

    Text in CSV is never a formula to a spreadsheet.
    """
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    known_table(table, ROW_OF)
    form = wanted_format(wanted.format, request, ("json", *FILES))
    asked = (wanted.filter, wanted.columns, wanted.sort, wanted.limit, wanted.cursor)
    etag = etag_of(plan.tables[table], form, *(hash_of(part) for part in asked))
    rows = plans.rows_of(work.store, plan, table, wanted.filter, wanted.column_names, wanted.order)
    if form != "json":
        return send_file(request, etag, form, lambda: FILES[form](rows), name=table)
    answer_with(etag, request, response)
    positions, cursor = part_of(range(rows.num_rows), wanted)
    items = _items(rows.slice(positions[0], len(positions)) if len(positions) else rows.slice(0, 0))
    return RowsAnswer(table=table, columns=rows.column_names, total=rows.num_rows, items=items, next_cursor=cursor)


@router.get("/aggregate", responses={**FIGURES, **problems(*ONE, Unsound)}, response_model=None)
def read_aggregate(
    work: CurrentWork, plan_id: PathId, wanted: Annotated[AggregateQuery, Query()], request: Request
) -> AggregateAnswer | Response:
    """Figures of a table put together by administration, group, stage, season, member, …

    Rates a day are summed over the seasons as m³ a year; design members are weighted by their probability; stages by
    their years, but for money, which is summed.
    """
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    given = (wanted.table, wanted.measures, wanted.groups, wanted.function, wanted.filter)
    figures = plans.aggregated(work.store, plan, *given)
    if wanted.format == "csv":
        return send_file(request, etag_of(plan.tables[wanted.table], hash_of(given)), "csv", lambda: csv_pieces(figures))
    results = parse_aggregation(*given).results
    return AggregateAnswer(table=wanted.table, columns=[_column(column) for column in results], items=_items(figures))
