"""`/v1/basins/{basin_id}/profile` and `/stakeholders`: whom people speak for in a basin.

What tells of persons takes an account with a role in the basin: the holder of a share link sees none of it.
"""

from fastapi import Response
from starlette.requests import Request

from api.http.documented import EDITS, ONE, problems
from api.http.pages import Page, PageQuery, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import StakeholderProfile
from api.persistence.repositories import stakeholders as rows
from api.persistence.repositories.stakeholders import Author
from api.schemas.basins import PathId
from api.schemas.stakeholders import AuthorAnswer, ProfileAnswer, ProfileBody
from api.services import stakeholders
from api.services.basins import demand_present
from api.work import CurrentWork, Work

router = SubjectRouter(prefix="/basins/{basin_id}", tags=["Stakeholders"], route_class=TransactionRoute)


def _answer(profile: StakeholderProfile, author: Author) -> ProfileAnswer:
    return ProfileAnswer.of(profile, author=AuthorAnswer.model_validate(author))


def _told(work: Work, profile: StakeholderProfile) -> ProfileAnswer:
    return _answer(profile, rows.authors(work.session, profile.basin_id, [profile.user_id])[profile.user_id])


@router.get("/stakeholders", responses=problems(*ONE))
@quick
def list_stakeholders(work: CurrentWork, basin_id: PathId, wanted: PageQuery) -> Page[ProfileAnswer]:
    """Everybody who has said whom they speak for in a basin. Takes an account."""
    work.identity.require_account()
    basin = work.basin(basin_id, "reader")
    found, cursor = page_of(work.session, rows.profiles(basin.id), StakeholderProfile.id, wanted)
    authors = rows.authors(work.session, basin.id, [profile.user_id for profile in found])
    return Page(items=[_answer(profile, authors[profile.user_id]) for profile in found], next_cursor=cursor)


@router.get("/profile", responses=problems(*ONE))
@quick
def read_profile(work: CurrentWork, basin_id: PathId, request: Request, response: Response) -> ProfileAnswer:
    """Whom one speaks for oneself. Takes a stakeholder of the basin."""
    work.identity.require_account()
    profile = stakeholders.find_profile(work.session, work.basin(basin_id, "stakeholder"), work.user_id)
    answer_with(etag_of(profile.id, profile.revision), request, response)
    return _told(work, profile)


@router.put("/profile", responses=problems(*EDITS))
def set_profile(work: CurrentWork, basin_id: PathId, body: ProfileBody, response: Response) -> ProfileAnswer:
    """Say whom one speaks for. Takes a stakeholder of the basin, and If-Match where one has said so before."""
    work.identity.require_account("write")
    basin = work.basin(basin_id, "stakeholder", "write")
    demand_present(basin)
    stakeholders.demand_places(work.session, work.store, basin, body.administration, body.village)
    profile = rows.profile(work.session, basin.id, work.user_id)
    if profile is None:
        profile = StakeholderProfile(basin_id=basin.id, user_id=work.user_id, preferences=[], **body.model_dump())
        work.session.add(profile)
    else:
        work.demand_match(profile)
        for name, value in body.model_dump().items():
            setattr(profile, name, value)
        profile.revise()
    work.session.flush()
    response.headers["ETag"] = etag_of(profile.id, profile.revision)
    return _told(work, profile)


@router.delete("/profile", status_code=204, responses=problems(*EDITS))
def remove_profile(work: CurrentWork, basin_id: PathId) -> None:
    """Speak for nobody any more; one's preferences go as well. Takes If-Match."""
    work.identity.require_account("write")
    profile = stakeholders.find_profile(work.session, work.basin(basin_id, "stakeholder", "write"), work.user_id)
    work.demand_match(profile)
    work.session.delete(profile)
