"""`/v1/basins/{basin_id}/versions`: the states of a basin, none of which ever changes, and how a new one is made."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import NotSupported
from api.http.documented import EDITS, ONE, problems
from api.http.pages import Page, PageQuery, page_of, part_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.http.uploads import TAKES_BASIN, Uploaded
from api.persistence.models import BasinRow, BasinVersion
from api.persistence.repositories import basins as rows
from api.schemas.basins import (
    BasinEdits,
    EditsAnswer,
    FindingsQuery,
    NewVersion,
    Note,
    PathId,
    VersionAnswer,
    VersionNumber,
)
from api.schemas.findings import BasinDifferenceAnswer, FindingAnswer
from api.services import basin_content, basin_edits, basins
from api.work import CurrentWork, Work
from planner.basin.difference import difference
from planner.checks.finding import Finding
from planner.formats.document import read_document

router = SubjectRouter(prefix="/basins/{basin_id}", tags=["Basin versions"], route_class=TransactionRoute)

Limit = Annotated[int, Query(ge=1, le=10_000, description="Most rows and cells listed for each table.")]


def answer(version: BasinVersion) -> VersionAnswer:
    """A version as it is told."""
    severities = [finding["severity"] for finding in version.findings]
    return VersionAnswer.of(version, warnings=severities.count("warning"), notes=severities.count("note"))


@router.get("/versions", responses=problems(*ONE))
@quick
def list_versions(work: CurrentWork, basin_id: PathId, wanted: PageQuery) -> Page[VersionAnswer]:
    """The versions of a basin, the newest first."""
    basin = work.basin(basin_id, "reader")
    found, cursor = page_of(work.session, rows.versions(basin.id), BasinVersion.id, wanted)
    return Page(items=[answer(version) for version in found], next_cursor=cursor)


@router.get("/versions/{number}", responses=problems(*ONE))
@quick
def read_version(
    work: CurrentWork, basin_id: PathId, number: VersionNumber, request: Request, response: Response
) -> VersionAnswer:
    """A version by its number, or the newest as `latest`."""
    version = basins.find_version(work.session, work.basin(basin_id, "reader"), number)
    answer_with(etag_of(version.id), request, response)
    return answer(version)


@router.get("/versions/{number}/findings", responses=problems(*ONE))
def list_findings(
    work: CurrentWork, basin_id: PathId, number: VersionNumber, wanted: Annotated[FindingsQuery, Query()]
) -> Page[FindingAnswer]:
    """What the checks have to say about a version: warnings and notes. One with errors is never kept."""
    version = basins.find_version(work.session, work.basin(basin_id, "reader"), number)
    chosen = [finding for finding in version.findings if wanted.severity in (None, finding["severity"])]
    found, cursor = part_of(chosen, wanted)
    return Page(items=[FindingAnswer.model_validate(finding) for finding in found], next_cursor=cursor)


@router.get("/versions/{number}/difference", responses=problems(*ONE))
def read_version_difference(
    work: CurrentWork,
    basin_id: PathId,
    number: VersionNumber,
    request: Request,
    response: Response,
    other: Annotated[
        str, Query(alias="from", pattern=r"^(latest|[1-9][0-9]{0,8})$", description="Number of the version before.")
    ],
    limit: Limit = 500,
) -> BasinDifferenceAnswer:
    """What changed from one version to another: settings, rows by their key, cells before and after."""
    basin = work.basin(basin_id, "reader")
    before, after = (basins.find_version(work.session, basin, one) for one in (other, number))
    answer_with(etag_of(before.digest, after.digest, limit), request, response)
    found = difference(basin_content.load(work.store, before), basin_content.load(work.store, after))
    return BasinDifferenceAnswer.model_validate(basin_edits.shortened(found, limit))


@router.post("/versions", status_code=201, responses=problems(*EDITS))
def make_version(work: CurrentWork, basin_id: PathId, body: NewVersion, response: Response) -> VersionAnswer:
    """Keep a whole basin as the next version. Takes If-Match with the basin's ETag.

    Where it says what the newest version says, that one is answered with 200.
    """
    basin = _to_edit(work, basin_id)
    new, findings = read_document(body.document)
    kept = basin_content.keep(work.store, basins.demand_sound(new, findings))
    return _added(work, basin, kept, findings, body.note, response)


@router.post("/import", status_code=201, responses=problems(*EDITS, NotSupported), openapi_extra=TAKES_BASIN)
def import_version(
    upload: Uploaded, work: CurrentWork, basin_id: PathId, response: Response, note: Annotated[Note, Query()] = ""
) -> VersionAnswer:
    """Keep a file as the next version: a JSON document, a ZIP archive, an XLSX workbook or GeoJSON. Takes If-Match as above.

    Of GeoJSON the tables that it has features of are replaced, the others stay.
    """
    basin = _to_edit(work, basin_id)
    kept = basin_content.keep(work.store, basins.demand_sound(upload.basin, upload.findings))
    return _added(work, basin, kept, upload.findings, note, response)


@router.post("/changes", status_code=201, responses=problems(*EDITS))
def change_content(
    work: CurrentWork,
    basin_id: PathId,
    body: BasinEdits,
    response: Response,
    dry_run: Annotated[bool, Query(description="Only say what it would do; answers with 200.")] = False,
    limit: Limit = 500,
) -> EditsAnswer:
    """Change a part of a basin, which makes a new version: all changes in order, or none. Takes If-Match.

    Each change has one verb (`set`, `multiply`, `add`, `remove`, `settings`), as in a scenario. Where nothing would be
    different, no version is made and the newest one is answered with 200.
    """
    basin = _to_edit(work, basin_id)
    before = basin_content.load(work.store, basins.find_version(work.session, basin, "latest"))
    edited = basin_edits.edit(before, body.changes)
    version = None
    if dry_run:
        response.status_code = 200
    else:
        kept = basin_content.keep(work.store, basins.demand_sound(edited.basin, edited.findings))
        version = _added(work, basin, kept, edited.findings, body.note, response)
    found = None if edited.difference is None else basin_edits.shortened(edited.difference, limit)
    return EditsAnswer.model_validate(
        {"version": version, "sound": edited.basin is not None, "findings": edited.findings, "difference": found}
    )


def _to_edit(work: Work, basin_id: str) -> BasinRow:
    basin = work.basin(basin_id, "planner", "write")
    work.demand_match(basin)
    basins.demand_present(basin)
    return basin


def _added(
    work: Work, basin: BasinRow, kept: basin_content.KeptBasin, findings: Sequence[Finding], note: str, response: Response
) -> VersionAnswer:
    version, is_new = basins.add_version(work.session, basin, kept, findings, note=note, user_id=work.user_id)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/basins/{basin.id}/versions/{version.number}"
    response.headers["ETag"] = etag_of(basin.id, basin.revision)
    return answer(version)
