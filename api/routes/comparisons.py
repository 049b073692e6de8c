"""`/v1/comparisons`: plans side by side."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field
from starlette.requests import Request

from api.errors import Conflict, Invalid, fault
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file
from api.http.preconditions import answer_with, etag_of
from api.http.transaction import TransactionRoute
from api.security.permissions import demand_plan
from api.services import plan_content
from api.work import CurrentWork
from planner.plan.compare import compare
from planner.plan.exports.comparison import comparison_csv
from planner.plan.finite import finite
from planner.reports.summary import summary_html

router = APIRouter(prefix="/comparisons", tags=["Comparison"], route_class=TransactionRoute)

PLANS_AT_MOST = 20
Plans = Annotated[
    list[Annotated[str, Field(max_length=80)]],
    Query(description="2 to 20 plans; the others are measured against the first.", min_length=2, max_length=PLANS_AT_MOST),
]
FORMS: dict[int | str, dict[str, Any]] = {200: {"content": documented_formats("csv", "html")[200]["content"]}}


@router.get("", responses={**FORMS, **problems(*ONE, Conflict)}, response_model=None)
def read_comparison(
    work: CurrentWork, plan: Plans, request: Request, response: Response, format: Literal["json", "csv", "html"] = "json"
) -> dict[str, Any] | Response:
    """Plans compared: what they assume differently, then every indicator with which direction is better, options built in
    some only, and villages that rise or fall. The figures of a plan whose audit failed are no results, so it can't be compared.
    """
    if len(set(plan)) < len(plan):
        raise Invalid("A plan stands twice.", errors=[fault("Name each plan once.", parameter="plan")])
    rows = [demand_plan(work.session, work.identity, identifier)[0] for identifier in plan]
    failed = [row.title for row in rows if not row.passed]
    if failed:
        raise Conflict(f"The audit of {', '.join(failed)} failed: there are no results to compare.", remedy="Leave it out.")
    etag = etag_of(*plan, format)
    if format == "json":
        answer_with(etag, request, response)
        content = compare([plan_content.plan_of(work.store, row) for row in rows]).to_dict()
        for told, row in zip(content["plans"], rows, strict=True):
            told["id"] = row.id
        return finite(content)  # type: ignore[no-any-return]
    made = [plan_content.plan_of(work.store, row) for row in rows]
    if format == "csv":
        return send_file(request, etag, "csv", lambda: comparison_csv(compare(made)), name="comparison")
    return send_file(request, etag, "html", lambda: summary_html(made).encode())
