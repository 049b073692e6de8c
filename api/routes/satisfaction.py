"""What matters to those concerned, and how far plans satisfy it.

What tells of persons takes an account with a role in the basin: the holder of a share link sees none of it.
"""

from collections.abc import Iterable, Sequence

from fastapi import Response
from starlette.requests import Request

from api.errors import Unsound
from api.http.documented import EDITS, ONE, WRITES, problems
from api.http.preconditions import answer_with, etag_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import PlanRow
from api.persistence.repositories import stakeholders as rows
from api.schemas.basins import PathId
from api.schemas.findings import FindingAnswer
from api.schemas.satisfaction import (
    PlansAsked,
    PlanSatisfactionAnswer,
    PreferencesAnswer,
    PreferencesBody,
    SatisfactionAnswer,
    ScaleAnswer,
    StakeholderSatisfaction,
    TrialBody,
)
from api.schemas.stakeholders import AuthorAnswer
from api.security.permissions import demand_plan
from api.services import satisfaction
from api.services.basins import demand_present
from api.services.stakeholders import find_profile
from api.work import CurrentWork, Work
from planner.plan.preferences import Preference, Satisfaction
from planner.plan.query_findings import QueryError

router = SubjectRouter(tags=["Stakeholders"], route_class=TransactionRoute)


@router.get("/basins/{basin_id}/preferences", responses=problems(*ONE))
def read_preferences(work: CurrentWork, basin_id: PathId, request: Request, response: Response) -> PreferencesAnswer:
    """What one has said that matters. Takes a stakeholder of the basin with a profile."""
    work.identity.require_account()
    profile = find_profile(work.session, work.basin(basin_id, "stakeholder"), work.user_id)
    answer_with(etag_of(profile.id, profile.revision), request, response)
    return PreferencesAnswer.model_validate(profile)


@router.put("/basins/{basin_id}/preferences", responses=problems(*EDITS, Unsound))
def set_preferences(work: CurrentWork, basin_id: PathId, body: PreferencesBody, response: Response) -> PreferencesAnswer:
    """Say what matters: weights, floors and aspirations over indicators. Takes If-Match with the ETag of one's profile.

    Indicators are those of the basin's newest plans; as long as it has none, any name is taken.
    """
    work.identity.require_account("write")
    basin = work.basin(basin_id, "stakeholder", "write")
    demand_present(basin)
    profile = satisfaction.own_profile(work.session, basin, work.user_id)
    work.demand_match(profile)
    satisfaction.set_preferences(work.session, profile, body.preferences)
    response.headers["ETag"] = etag_of(profile.id, profile.revision)
    return PreferencesAnswer.model_validate(profile)


@router.get("/plans/{plan_id}/satisfaction", responses=problems(*ONE))
def read_plan_satisfaction(work: CurrentWork, plan_id: PathId) -> list[StakeholderSatisfaction]:
    """How far a plan satisfies each of those concerned who have said what matters to them."""
    work.identity.require_account()
    plan, basin = demand_plan(work.session, work.identity, plan_id)
    return list(_of_everybody(work, basin.id, [plan]))


@router.get("/basins/{basin_id}/satisfaction", responses=problems(*ONE))
def read_satisfaction(work: CurrentWork, basin_id: PathId, plan: PlansAsked) -> list[StakeholderSatisfaction]:
    """How far each of several plans satisfies each of those concerned: one table of people by plans."""
    work.identity.require_account()
    basin = work.basin(basin_id, "reader")
    return list(_of_everybody(work, basin.id, satisfaction.plans_of(work.session, basin, plan, in_body=False)))


@router.post("/basins/{basin_id}/satisfaction", responses=problems(*ONE, *WRITES, Unsound))
def try_preferences(work: CurrentWork, basin_id: PathId, body: TrialBody) -> SatisfactionAnswer:
    """How far plans would satisfy these preferences. Nothing is kept, and anybody's own are left out."""
    work.identity.require_account()
    basin = work.basin(basin_id, "reader")
    plans = satisfaction.plans_of(work.session, basin, body.plans, in_body=True)
    found = satisfaction.demand_judged(plans, body.preferences)
    return SatisfactionAnswer(scales=_scales(found), plans=_judgements(plans, found))


def _of_everybody(work: Work, basin_id: str, plans: Sequence[PlanRow]) -> Iterable[StakeholderSatisfaction]:
    profiles = rows.with_preferences(work.session, basin_id)
    authors = rows.authors(work.session, basin_id, [profile.user_id for profile in profiles])
    for profile in profiles:
        author = AuthorAnswer.model_validate(authors[profile.user_id])
        preferences = [Preference.model_validate(preference) for preference in profile.preferences]
        try:
            found = satisfaction.judged(plans, preferences)
        except QueryError as error:
            findings = [FindingAnswer.model_validate(finding) for finding in error.findings]
            yield StakeholderSatisfaction(author=author, scales=[], plans=[], findings=findings)
        else:
            yield StakeholderSatisfaction(author=author, scales=_scales(found), plans=_judgements(plans, found))


def _scales(found: Satisfaction) -> list[ScaleAnswer]:
    return [ScaleAnswer.model_validate(scale) for scale in found.scales]


def _judgements(plans: Sequence[PlanRow], found: Satisfaction) -> list[PlanSatisfactionAnswer]:
    pairs = zip(plans, found.plans, strict=True)
    return [PlanSatisfactionAnswer.of(judgement, plan_id=plan.id) for plan, judgement in pairs]
