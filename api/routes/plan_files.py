"""`/v1/plans/{plan_id}/export`, `/summary`: a plan as a file to keep, or as a page to read."""

import json
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import AuditFailed, Invalid, TooLarge, Unsound
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file
from api.http.languages import PageLanguageQuery, say_language, wanted_language
from api.http.preconditions import NEVER_CHANGES, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import PlanRow
from api.schemas.basins import PathId
from api.schemas.plans import Failed
from api.security.permissions import demand_plan
from api.services import plan_content, plans
from api.services.letters import letters_within
from api.work import CurrentWork, Work
from planner.plan.exports.archive import plan_archive, tables_archive
from planner.plan.exports.geojson import plan_geojson
from planner.plan.exports.workbook import plan_workbook
from planner.plan.plan import Plan
from planner.reports.summary import summary_html

router = SubjectRouter(prefix="/plans/{plan_id}", tags=["Plans"], route_class=TransactionRoute)

Form = Annotated[
    Literal["xlsx", "zip", "tables", "geojson"],
    Query(
        description="xlsx: a workbook; zip: the plan's folder, which every command opens; tables: every table as CSV for "
        "spreadsheets, in a ZIP archive; geojson: villages, works and reaches of a stage."
    ),
]
WRITERS: dict[str, tuple[str, Callable[[Plan], bytes]]] = {
    "xlsx": ("xlsx", plan_workbook),
    "zip": ("zip", plan_archive),
    "tables": ("zip", lambda plan: tables_archive(plan.tables)),
}


@router.get(
    "/export",
    responses={**documented_formats("xlsx", "zip", "geojson"), **problems(*ONE, AuditFailed, TooLarge, Unsound)},
    response_class=Response,
)
def export_plan(
    work: CurrentWork,
    plan_id: PathId,
    request: Request,
    format: Form = "xlsx",
    stage: Annotated[str | None, Query(max_length=100, description="Stage of the map; left out: the last.")] = None,
    failed: Failed = False,
) -> Response:
    """A whole plan as a file."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(row, failed=failed)
    if format == "xlsx":
        plans.demand_workbook_size(plan_content.rows_in(work.store, row))
    ending, write = WRITERS.get(format, ("geojson", lambda plan: _map(plan, stage)))
    made = lambda: _file(work, row, (format, stage), write)  # noqa: E731
    etag = etag_of(row.id, format, hash_of(stage))
    return send_file(request, etag, ending, made, name=row.scenario["name"], cache=NEVER_CHANGES)


@router.get("/summary", responses={**documented_formats("html"), **problems(*ONE, Invalid)}, response_class=Response)
def read_summary(work: CurrentWork, plan_id: PathId, request: Request, language: PageLanguageQuery = None) -> Response:
    """A page about a plan that also opens offline: verdict, map, people, works, who pays, the river, assumptions.

    Of a plan whose audit failed it shows what failed, and no figures. It is told in the language, and brings its letters.
    """
    row, _ = demand_plan(work.session, work.identity, plan_id)
    told = wanted_language(language, request)

    def write(plan: Plan) -> bytes:
        return summary_html([plan], told.code, letters_within).encode()

    etag = etag_of(row.id, "summary", told.code)
    response = send_file(request, etag, "html", lambda: _file(work, row, ("summary", told.code), write))
    say_language(response, told)
    return response


def _file(work: Work, row: PlanRow, form: tuple[object, ...], write: Callable[[Plan], bytes]) -> bytes:
    return plan_content.file_of((row.id, *form), lambda: write(plan_content.plan_of(work.store, row)))


def _map(plan: Plan, stage: str | None) -> bytes:
    return json.dumps(plan_geojson(plan, stage), ensure_ascii=False, allow_nan=False).encode()
