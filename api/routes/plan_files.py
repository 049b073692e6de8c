"""`/v1/plans/{plan_id}/export`, `/summary`: a plan as a file to keep, or as a page to read."""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from api.errors import Unsound
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file
from api.http.preconditions import etag_of, hash_of
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.security.permissions import demand_plan
from api.services import plan_content
from api.work import CurrentWork
from planner.plan.exports.archive import tables_archive
from planner.plan.exports.geojson import plan_geojson
from planner.plan.exports.workbook import plan_workbook
from planner.reports.summary import summary_html

router = APIRouter(prefix="/plans/{plan_id}", tags=["Plans"], route_class=TransactionRoute)

Form = Annotated[
    Literal["xlsx", "zip", "geojson"],
    Query(description="xlsx: a workbook; zip: every table as CSV; geojson: villages, works and reaches of a stage."),
]


@router.get(
    "/export",
    responses={**documented_formats("xlsx", "zip", "geojson"), **problems(*ONE, Unsound)},
    response_class=Response,
)
def export_plan(
    work: CurrentWork,
    plan_id: PathId,
    request: Request,
    format: Form = "xlsx",
    stage: Annotated[str | None, Query(max_length=100, description="Stage of the map; left out: the last.")] = None,
) -> Response:
    """A whole plan as a file."""
    row, _ = demand_plan(work.session, work.identity, plan_id)

    def make() -> bytes:
        plan = plan_content.plan_of(work.store, row)
        if format == "geojson":
            return json.dumps(plan_geojson(plan, stage), ensure_ascii=False, allow_nan=False).encode()
        return plan_workbook(plan) if format == "xlsx" else tables_archive(plan.tables)

    return send_file(request, etag_of(row.id, format, hash_of(stage)), format, make, name=row.scenario["name"])


@router.get("/summary", responses={**documented_formats("html"), **problems(*ONE)}, response_class=Response)
def read_summary(work: CurrentWork, plan_id: PathId, request: Request) -> Response:
    """A page about a plan that also opens offline: verdict, map, people, works, who pays, the river, assumptions."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    etag = etag_of(row.id, "summary")
    return send_file(request, etag, "html", lambda: summary_html([plan_content.plan_of(work.store, row)]).encode())
