"""`/v1/plans/{plan_id}/tables`, `/aggregate`: a plan's tables, asked and put together on the server."""

from collections.abc import Callable, Iterator
from inspect import getdoc
from typing import Annotated, Any

import pyarrow as pa
from fastapi import Path, Query, Response
from starlette.requests import Request

from api.errors import AuditFailed, TooLarge, Unsound
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.pages import part_of
from api.http.preconditions import NEVER_CHANGES, answer_with, etag_of, hash_of
from api.http.subject import SubjectRouter
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
from planner.plan.exports.workbook import table_workbook
from planner.plan.finite import finite
from planner.plan.query import parse_query
from planner.plan.tables import ROW_OF, columns
from planner.plan.titles import readable

router = SubjectRouter(prefix="/plans/{plan_id}", tags=["Plans"], route_class=TransactionRoute)

WHOLE = documented_formats("csv", "parquet", "arrow", "xlsx")[200]["content"]
ROWS: dict[int | str, dict[str, Any]] = {200: {"model": RowsAnswer, "content": WHOLE}}
FIGURES: dict[int | str, dict[str, Any]] = {200: {"model": AggregateAnswer, "content": documented_formats("csv")[200]["content"]}}
FILES: dict[str, Callable[[str, pa.Table], bytes | Iterator[bytes]]] = {
    "csv": lambda _, rows: csv_pieces(rows),
    "arrow": lambda _, rows: arrow_pieces(rows),
    "parquet": lambda _, rows: parquet_bytes(rows),
    "xlsx": table_workbook,
}


def _column(column: Column) -> TableColumn:
    return TableColumn(
        name=column.name, title=column.title, unit=column.unit, unit_title=column.unit, kind=column.kind, help=column.help
    )


def _file(form: str, name: str, rows: pa.Table) -> bytes | Iterator[bytes]:
    if form == "xlsx":
        plans.demand_workbook_size(rows.num_rows)
    return FILES[form](name, rows)


def _items(table: pa.Table) -> list[dict[str, Any]]:
    return finite(table.to_pylist())  # type: ignore[no-any-return]


@router.get("/tables", responses=problems(*ONE))
def list_tables(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> list[TableDescription]:
    """The tables of a plan: what each column is, its unit, and how many rows there are."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(plan.id, "tables"), request, response, cache=NEVER_CHANGES)
    return [
        TableDescription(
            table=name,
            title=readable(name).capitalize(),
            help=" ".join((getdoc(row) or "").split()),
            key=list(row.key),
            rows=plan_content.table_of(work.store, plan, name).num_rows,
            columns=[_column(column) for column in columns(name)],
            also=[_column(column) for column in derived_columns(name)],
        )
        for name, row in ROW_OF.items()
    ]


@router.get("/tables/{table}", responses={**ROWS, **problems(*ONE, AuditFailed, TooLarge, Unsound)}, response_model=None)
def read_rows(
    work: CurrentWork,
    plan_id: PathId,
    table: Annotated[str, Path(max_length=100, description="One of /tables.", examples=["service"])],
    wanted: Annotated[RowsQuery, Query()],
    request: Request,
    response: Response,
) -> Response:
    """Rows of a table: filtered, some columns, in an order. JSON in pages; CSV, Parquet, Arrow and XLSX whole.

    Text in CSV and XLSX is never a formula to a spreadsheet. The tables of a plan whose audit failed take `failed=true`.
    """
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(plan, failed=wanted.failed)
    query = parse_query(table, wanted.filter, wanted.column_names, wanted.order)
    query = plans.with_titles(table, query) if wanted.titles else query
    form = wanted_format(wanted.format, request, ("json", *FILES))
    etag = etag_of(plan.id, table, form, hash_of((query, wanted.limit, wanted.cursor)))
    if form != "json":
        made = lambda: _file(form, table, plans.rows_of(work.store, plan, table, query))  # noqa: E731
        return send_file(request, etag, form, made, name=table, cache=NEVER_CHANGES)
    answer_with(etag, request, response, cache=NEVER_CHANGES)
    answer = plan_content.file_of((plan.id, etag), lambda: _page(plans.rows_of(work.store, plan, table, query), table, wanted))
    return Response(answer, media_type="application/json", headers=response.headers)


def _page(rows: pa.Table, table: str, wanted: RowsQuery) -> bytes:
    positions, cursor = part_of(range(rows.num_rows), wanted)
    items = _items(rows.slice(positions[0], len(positions)) if len(positions) else rows.slice(0, 0))
    answer = RowsAnswer(table=table, columns=rows.column_names, total=rows.num_rows, items=items, next_cursor=cursor)
    return answer.model_dump_json().encode()


@router.get("/aggregate", responses={**FIGURES, **problems(*ONE, AuditFailed, Unsound)}, response_model=None)
def read_aggregate(
    work: CurrentWork, plan_id: PathId, wanted: Annotated[AggregateQuery, Query()], request: Request, response: Response
) -> AggregateAnswer | Response:
    """Figures of a table put together by administration, group, stage, season, member, …

    Rates a day are summed over the seasons as m³ a year; design members are weighted by their probability; stages by
    their years, but for money, which is summed. A plan whose audit failed takes `failed=true`.
    """
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(plan, failed=wanted.failed)
    wish = parse_aggregation(wanted.table, wanted.measures, wanted.groups, wanted.function, wanted.filter)
    form = wanted_format(wanted.format, request, ("json", "csv"))
    etag = etag_of(plan.id, "aggregate", form, hash_of(wish))
    if form == "csv":
        made = lambda: csv_pieces(plans.aggregated(work.store, plan, wish))  # noqa: E731
        return send_file(request, etag, form, made, name=f"{wish.table}-{wish.function}", cache=NEVER_CHANGES)
    answer_with(etag, request, response, cache=NEVER_CHANGES)
    figures = plans.aggregated(work.store, plan, wish)
    return AggregateAnswer(table=wish.table, columns=[_column(column) for column in wish.results], items=_items(figures))
