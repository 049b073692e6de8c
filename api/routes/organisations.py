"""`/v1/organisations`: authorities, agencies and companies, and who is in them."""

from fastapi import Response
from starlette.requests import Request

from api.http.documented import EDITS, ONE, SIGNED_IN, WRITES, problems
from api.http.pages import Page, PageQuery, page_of
from api.http.preconditions import answer_with, demand_match, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import Organisation
from api.persistence.repositories import organisations as rows
from api.schemas.organisations import MemberAnswer, MemberBody, NewOrganisation, OrganisationAnswer, OrganisationChange
from api.services import organisations
from api.work import CurrentWork

router = SubjectRouter(prefix="/organisations", tags=["Organisations"], route_class=TransactionRoute)


@router.get("", responses=problems(*SIGNED_IN))
@quick
def list_organisations(work: CurrentWork, wanted: PageQuery) -> Page[OrganisationAnswer]:
    """The organisations that one is in."""
    found, cursor = page_of(work.session, rows.of_user(work.user_id), Organisation.id, wanted)
    return Page(items=[OrganisationAnswer.model_validate(row) for row in found], next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*SIGNED_IN, *WRITES))
def make_organisation(work: CurrentWork, body: NewOrganisation, response: Response) -> OrganisationAnswer:
    """Make an organisation. Takes an administrator of the service, who becomes its first administrator."""
    account = work.identity.require_administrator()
    made = organisations.make(work.session, body.name, body.title, account.user_id)
    response.headers["Location"] = f"/v1/organisations/{made.id}"
    response.headers["ETag"] = etag_of(made.id, made.revision)
    return OrganisationAnswer.model_validate(made)


@router.get("/{organisation_id}", responses=problems(*ONE))
@quick
def read_organisation(work: CurrentWork, organisation_id: str, request: Request, response: Response) -> OrganisationAnswer:
    """An organisation that one is in."""
    found = organisations.find(work.session, work.identity.require_account(), organisation_id)
    answer_with(etag_of(found.id, found.revision), request, response)
    return OrganisationAnswer.model_validate(found)


@router.patch("/{organisation_id}", responses=problems(*EDITS))
def change_organisation(
    work: CurrentWork, organisation_id: str, body: OrganisationChange, request: Request, response: Response
) -> OrganisationAnswer:
    """Give an organisation another name or title. Takes an administrator of it, and If-Match."""
    found = organisations.find(work.session, work.identity.require_account("administer"), organisation_id, administer=True)
    demand_match(etag_of(found.id, found.revision), request)
    organisations.change(work.session, found, body.model_dump(exclude_none=True))
    response.headers["ETag"] = etag_of(found.id, found.revision)
    return OrganisationAnswer.model_validate(found)


@router.get("/{organisation_id}/members", responses=problems(*ONE))
@quick
def list_members(work: CurrentWork, organisation_id: str) -> list[MemberAnswer]:
    """Everybody in an organisation that one is in."""
    found = organisations.find(work.session, work.identity.require_account(), organisation_id)
    return [
        MemberAnswer(user_id=user.id, name=user.name, email=user.email, role=member.role)
        for member, user in rows.members(work.session, found.id)
    ]


@router.put("/{organisation_id}/members/{user_id}", responses=problems(*ONE, *WRITES))
def set_member(work: CurrentWork, organisation_id: str, user_id: str, body: MemberBody) -> MemberAnswer:
    """Take somebody into an organisation, or give them another role. Takes an administrator of it."""
    found = organisations.find(work.session, work.identity.require_account("administer"), organisation_id, administer=True)
    member, user = organisations.set_member(work.session, found, user_id, body.role)
    return MemberAnswer(user_id=user.id, name=user.name, email=user.email, role=member.role)


@router.delete("/{organisation_id}/members/{user_id}", status_code=204, responses=problems(*ONE, *WRITES))
def remove_member(work: CurrentWork, organisation_id: str, user_id: str) -> None:
    """Let somebody go from an organisation. Takes an administrator of it."""
    found = organisations.find(work.session, work.identity.require_account("administer"), organisation_id, administer=True)
    organisations.remove_member(work.session, found, user_id)
