"""`/v1/comparisons`: plans side by side."""

from typing import Annotated, Literal

from fastapi import Query, Response
from pydantic import Field
from starlette.requests import Request

from api.errors import AuditFailed, Invalid, TooLarge, fault
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.languages import PageLanguageQuery, reader_language, wanted_language
from api.http.preconditions import NEVER_CHANGES, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.plans import ComparisonAnswer
from api.security.permissions import demand_plan
from api.services import comparisons, plan_content
from api.work import CurrentWork

router = SubjectRouter(prefix="/comparisons", tags=["Comparison"], route_class=TransactionRoute)

PLANS_AT_MOST = 20
Plans = Annotated[
    list[Annotated[str, Field(max_length=80)]],
    Query(description="2 to 20 plans; the others are measured against the first.", min_length=2, max_length=PLANS_AT_MOST),
]
Form = Annotated[
    Literal["json", "csv", "html"] | None,
    Query(description="csv: one tidy table; html: a page. Left out: as Accept asks, else JSON."),
]


@router.get(
    "",
    response_model=ComparisonAnswer,
    responses={**documented_formats("csv", "html"), **problems(*ONE, AuditFailed, TooLarge)},
)
def read_comparison(
    work: CurrentWork, plan: Plans, request: Request, format: Form = None, language: PageLanguageQuery = None
) -> Response:
    """Plans compared: what they assume differently, then every indicator with which direction is better, options built in
    some only, and villages that rise or fall.

    The figures of a plan whose audit failed are no results: it is named in `left_out`, and the first of the others is
    what they are measured against. Fewer than two others are no comparison. The plans may be of several basins.
    """
    if len(set(plan)) < len(plan):
        raise Invalid("A plan stands twice.", errors=[fault("Name each plan once.", parameter="plan")])
    rows = [demand_plan(work.session, work.identity, identifier)[0] for identifier in plan]
    form = wanted_format(format, request, ("json", "csv", "html"))
    told = wanted_language(language, request)
    if form != "html":
        comparisons.demand_two_results(rows)

    def make() -> bytes:
        comparisons.demand_size(work.store, rows)
        if form == "json":
            return ComparisonAnswer.model_validate(comparisons.told(work.store, rows)).model_dump_json().encode()
        return comparisons.table(work.store, rows) if form == "csv" else comparisons.page(work.store, rows, told.code)

    key = (*plan, form, told.code if form == "html" else reader_language())
    held = lambda: plan_content.file_of(key, make)  # noqa: E731
    name = "comparison" if form == "csv" else None
    return send_file(request, etag_of("comparison", hash_of(key)), form, held, name=name, cache=NEVER_CHANGES)
