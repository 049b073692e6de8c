"""`/v1/basins`: basins, whom they belong to, and how they are called."""

from typing import Annotated

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import NotSignedIn, NotSupported
from api.http.documented import EDITS, ONE, WRITES, problems
from api.http.files import documented_formats, send_file
from api.http.pages import Page, page_of
from api.http.preconditions import etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.http.uploads import CHECKS_BASIN, TAKES_BASIN, RestFrom, Uploaded
from api.persistence.models import BasinRow
from api.persistence.models.basins import Role
from api.persistence.repositories import basins as rows
from api.schemas.base import Name, Title
from api.schemas.basins import BasinAnswer, BasinChange, BasinQuery, Identifier, NewBasin, Note, PathId
from api.schemas.findings import CheckAnswer, FindingAnswer
from api.security.permissions import role_in
from api.services import basin_cases, basin_content, basins, organisations
from api.work import CurrentWork, Work
from planner.checks.finding import errors
from planner.formats.document import read_document
from planner.formats.workbook_writing import template_workbook

router = SubjectRouter(prefix="/basins", tags=["Basins"], route_class=TransactionRoute)


def told(work: Work, basin: BasinRow, response: Response, role: Role | None = None) -> BasinAnswer:
    """The answer about one basin, with the ETag that edits of it take."""
    response.headers["ETag"] = etag_of(basin.id, basin.revision)
    response.headers["Cache-Control"] = "private, no-cache"
    return _answer(basin, role or role_in(work.session, work.identity, basin))


def _answer(basin: BasinRow, role: Role | None) -> BasinAnswer:
    return BasinAnswer.of(basin, role=role)


@router.get("", responses=problems(NotSignedIn))
@quick
def list_basins(work: CurrentWork, wanted: Annotated[BasinQuery, Query()]) -> Page[BasinAnswer]:
    """The basins that one may read, the newest first. Without an account: those that are open to the public."""
    link, account = work.identity.share_link, work.identity.account
    user_id = "" if account is None else work.identity.require_account("read").user_id
    if link is not None:
        visible = rows.of_link(link.basin_id if link.plan_id is None else None)
    else:
        visible = rows.of_public() if account is None else rows.readable_by(user_id)
    query = rows.narrowed(visible, organisation_id=wanted.organisation_id, archived=wanted.archived, text=wanted.text)
    found, cursor = page_of(work.session, query, BasinRow.id, wanted)
    roles = rows.roles(work.session, [basin.id for basin in found], user_id)
    return Page(items=[_answer(basin, roles.get(basin.id, "reader")) for basin in found], next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*ONE, *WRITES))
def make_basin(work: CurrentWork, body: NewBasin, response: Response) -> BasinAnswer:
    """Make a basin from a document, or from a bundled case. Takes a member of the organisation, who becomes its owner."""
    account = work.identity.require_account("write")
    organisations.find(work.session, account, body.organisation_id)
    basin, findings = basin_cases.inspect_case(body.case) if body.case is not None else read_document(body.document)
    kept = basin_content.keep(work.store, basins.demand_sound(basin, findings))
    made = basins.make(
        work.session, kept, findings, organisation_id=body.organisation_id, user_id=account.user_id,
        name=body.name, title=body.title, note=body.note,
    )  # fmt: skip
    response.headers["Location"] = f"/v1/basins/{made.id}"
    return told(work, made, response, "owner")


@router.post("/import", status_code=201, responses=problems(*ONE, *WRITES, NotSupported), openapi_extra=TAKES_BASIN)
def import_basin(
    upload: Uploaded,
    work: CurrentWork,
    response: Response,
    organisation_id: Annotated[Identifier, Query()],
    name: Annotated[Name | None, Query()] = None,
    title: Annotated[Title | None, Query()] = None,
    note: Annotated[Note, Query()] = "",
    rest_from: RestFrom = None,
) -> BasinAnswer:
    """Make a basin from a file: a JSON document, a ZIP archive, an XLSX workbook, or GeoJSON with a basin for the rest.

    Findings say where they stand in the file: pointer, file and line, or sheet and cell.
    """
    account = work.identity.require_account("write")
    organisations.find(work.session, account, organisation_id)
    kept = basin_content.keep(work.store, basins.demand_sound(upload.basin, upload.findings))
    made = basins.make(
        work.session, kept, upload.findings, organisation_id=organisation_id, user_id=account.user_id,
        name=name, title=title, note=note,
    )  # fmt: skip
    response.headers["Location"] = f"/v1/basins/{made.id}"
    return told(work, made, response, "owner")


@router.post("/check", responses=problems(*ONE, *WRITES, NotSupported), openapi_extra=CHECKS_BASIN)
def check_basin(upload: Uploaded, work: CurrentWork, rest_from: RestFrom = None) -> CheckAnswer:
    """Check a file as importing it would, and keep nothing."""
    work.identity.require_account("read")
    counts = {} if upload.basin is None else {table: len(frame) for table, frame in upload.basin.tables.items()}
    findings = [FindingAnswer.model_validate(finding) for finding in upload.findings]
    return CheckAnswer(sound=upload.basin is not None and not errors(upload.findings), findings=findings, counts=counts)


@router.get("/template", responses={**documented_formats("xlsx"), **problems()}, response_class=Response)
def read_template(request: Request) -> Response:
    """A workbook to fill in: every table with its columns, units and what is allowed."""
    return send_file(request, etag_of("template", request.app.version), "xlsx", template_workbook, name="basin")


@router.get("/{basin_id}", responses=problems(*ONE))
@quick
def read_basin(work: CurrentWork, basin_id: PathId, response: Response) -> BasinAnswer:
    """A basin that one may read."""
    return told(work, work.basin(basin_id, "reader"), response)


@router.patch("/{basin_id}", responses=problems(*EDITS))
def change_basin(work: CurrentWork, basin_id: PathId, body: BasinChange, response: Response) -> BasinAnswer:
    """Give a basin another name or title, or open it to all accounts or to the public, which takes its owner. Takes If-Match."""
    opens = body.open_to_all is not None or body.open_to_public is not None
    basin = work.basin(basin_id, "owner" if opens else "planner", "write")
    work.demand_match(basin)
    basins.change(basin, body.model_dump(exclude_none=True))
    return told(work, basin, response)


@router.delete("/{basin_id}", status_code=204, responses=problems(*EDITS))
def archive_basin(work: CurrentWork, basin_id: PathId) -> None:
    """Archive a basin: it can still be read, and restored. Takes its owner, and If-Match."""
    basin = work.basin(basin_id, "owner", "write")
    work.demand_match(basin)
    basins.archive(basin)


@router.post("/{basin_id}/restore", responses=problems(*EDITS))
def restore_basin(work: CurrentWork, basin_id: PathId, response: Response) -> BasinAnswer:
    """Take a basin out of the archive. Takes its owner, and If-Match."""
    basin = work.basin(basin_id, "owner", "write")
    work.demand_match(basin)
    basins.restore(basin)
    return told(work, basin, response)
