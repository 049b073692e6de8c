"""`/v1/scenarios/{scenario_id}`: one scenario, what it stands for, and how it differs from others."""

from typing import Annotated, Literal, cast

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import Unsound
from api.http.documented import EDITS, ONE, WRITES, problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.preconditions import etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import ScenarioRow
from api.persistence.repositories import scenarios as rows
from api.routes.scenario_answers import change, one
from api.schemas.basins import Identifier, PathId
from api.schemas.findings import BasinDifferenceAnswer, FindingAnswer
from api.schemas.scenarios import (
    Ancestor,
    DifferingSubject,
    NewBranch,
    PolicyLine,
    ResolvedAnswer,
    ResolvedDifference,
    ScenarioAnswer,
    ScenarioChange,
    ScenarioDifference,
)
from api.services import basin_edits, basins, scenario_checks, scenario_differences, scenarios
from api.services.scenario_checks import CheckedScenario
from api.work import CurrentWork
from planner.plan.aims import NOTHING, aims_in_words
from planner.plan.titles import Titles
from planner.scenario.resolved import content_hash, resolve
from planner.scenario.scenario import Scenario

router = SubjectRouter(prefix="/scenarios/{scenario_id}", tags=["Scenarios"], route_class=TransactionRoute)

CHECKED_FIELDS = {"changes", "policy", "parent_id", "basin_version"}
CELLS_AT_MOST = 500


@router.get("", responses=problems(*ONE))
@quick
def read_scenario(work: CurrentWork, scenario_id: PathId, response: Response) -> ScenarioAnswer:
    """A scenario with its own changes and policy, its plans, and which of them are stale and why."""
    row, _ = scenarios.find(work.session, work.identity, scenario_id, "reader")
    return one(work, row, response)


@router.patch("", responses=problems(*EDITS))
def change_scenario(work: CurrentWork, scenario_id: PathId, body: ScenarioChange, response: Response) -> ScenarioAnswer:
    """Change a scenario, rename it, or move it under another parent. Takes If-Match.

    Changes and policy are read and applied to the basin first; what stands against them are findings with pointers.
    """
    row, basin = scenarios.find(work.session, work.identity, scenario_id, "analyst", "write")
    work.demand_match(row)
    basins.demand_present(basin)
    values = body.model_dump(exclude_unset=True)
    scenarios.change(work.session, row, values)
    if CHECKED_FIELDS & values.keys():
        scenario_checks.demand_sound(work.session, work.store, row)
    return one(work, row, response)


@router.delete("", status_code=204, responses=problems(*EDITS))
def archive_scenario(work: CurrentWork, scenario_id: PathId) -> None:
    """Archive a scenario: it can still be read, and restored. Takes a planner, and If-Match."""
    row, _ = scenarios.find(work.session, work.identity, scenario_id, "planner", "write")
    work.demand_match(row)
    scenarios.archive(row)


@router.post("/restore", responses=problems(*EDITS))
def restore_scenario(work: CurrentWork, scenario_id: PathId, response: Response) -> ScenarioAnswer:
    """Take a scenario out of the archive. Takes a planner, and If-Match."""
    row, _ = scenarios.find(work.session, work.identity, scenario_id, "planner", "write")
    work.demand_match(row)
    scenarios.restore(row)
    return one(work, row, response)


@router.post("/branch", status_code=201, responses=problems(*ONE, *WRITES))
def branch_scenario(work: CurrentWork, scenario_id: PathId, body: NewBranch, response: Response) -> ScenarioAnswer:
    """Make a scenario that comes from this one and changes nothing yet."""
    parent, basin = scenarios.find(work.session, work.identity, scenario_id, "analyst", "write")
    basins.demand_present(basin)
    row = ScenarioRow(
        basin_id=basin.id, parent_id=parent.id, basin_version=parent.basin_version, changes=[], policy=None,
        created_by=work.user_id, **body.model_dump(),
    )  # fmt: skip
    scenarios.add(work.session, row)
    response.headers["Location"] = f"/v1/scenarios/{row.id}"
    return one(work, row, response)


@router.get("/resolved", responses=problems(*ONE))
def read_resolved(work: CurrentWork, scenario_id: PathId) -> ResolvedAnswer:
    """What a scenario stands for now: all changes from the root on, the policy that holds, the basin's version.

    A scenario that no longer fits the basin is answered too, with its findings and `sound` false.
    """
    row, _ = scenarios.find(work.session, work.identity, scenario_id, "reader")
    found = scenario_checks.checked(work.session, work.store, row)
    policy, policy_from = scenario_differences.policy_of(found.line)
    words = aims_in_words(policy, Titles(found.changed or found.basin))
    return ResolvedAnswer(
        scenario_id=row.id,
        basin_version=found.version.number,
        follows_newest=row.basin_version is None,
        lineage=[Ancestor.model_validate(ancestor) for ancestor in found.line],
        changes=[change(told) for told in scenario_differences.told_changes(found.line, found.basin)],
        policy=policy,
        policy_from=policy_from,
        policy_words=[PolicyLine(subject=subject, words=told, silent=told in NOTHING) for subject, told in words.items()],
        base_year=(found.changed or found.basin).settings.base_year,
        content_hash=None if found.changed is None else content_hash(found.changed, policy),
        sound=found.sound,
        findings=[FindingAnswer.model_validate(finding) for finding in found.findings],
    )


@router.get("/difference", responses=problems(*ONE))
def read_scenario_difference(
    work: CurrentWork,
    scenario_id: PathId,
    other: Annotated[Identifier, Query(description="The scenario to compare with; one of the same basin or of another.")],
    resolved: Annotated[bool, Query(description="Also compare the basins that the two come to.")] = False,
) -> ScenarioDifference:
    """What differs between this scenario and another: changes and policy, and the basins that they come to."""
    here, there = (
        scenario_checks.checked(work.session, work.store, scenarios.find(work.session, work.identity, one_id, "reader")[0])
        for one_id in (scenario_id, other)
    )
    one_told, other_told = (scenario_differences.told_changes(found.line, found.basin) for found in (here, there))
    return ScenarioDifference(
        policy=[DifferingSubject.model_validate(line) for line in scenario_differences.policy_lines(here, there)],
        changes_here=[change(told) for told in scenario_differences.only_in(one_told, other_told)],
        changes_there=[change(told) for told in scenario_differences.only_in(other_told, one_told)],
        resolved=_resolved(here, there) if resolved else None,
    )


def _resolved(here: CheckedScenario, there: CheckedScenario) -> ResolvedDifference | None:
    found = scenario_differences.resolved(here, there)
    if found is None:
        return None
    words, cells = found
    return ResolvedDifference(
        words=[DifferingSubject.model_validate(line) for line in words],
        basin=BasinDifferenceAnswer.model_validate(basin_edits.shortened(cells, CELLS_AT_MOST)),
    )


@router.get("/scenario.yaml", responses={**documented_formats("yaml"), **problems(*ONE)}, response_class=Response)
def read_yaml(work: CurrentWork, scenario_id: PathId, request: Request) -> Response:
    """The scenario as YAML that stands for itself: all changes from the root on, and the policy that holds."""
    row, _ = scenarios.find(work.session, work.identity, scenario_id, "reader")
    line = rows.lineage(work.session, row)
    text = Scenario.from_dict(scenarios.document_of(line)).to_yaml()
    etag = etag_of(*(f"{ancestor.id}.{ancestor.revision}" for ancestor in line))
    return send_file(request, etag, "yaml", text.encode, name=row.name)


@router.get("/mathematics", responses={**documented_formats("html", "latex"), **problems(*ONE, Unsound)}, response_class=Response)
def read_mathematics(
    work: CurrentWork,
    scenario_id: PathId,
    request: Request,
    form: Annotated[
        Literal["html", "latex"] | None, Query(alias="format", description="Left out: what Accept names, else html.")
    ] = None,
) -> Response:
    """The model that is solved for a scenario: sets, data, variables, and every equation from its own rule."""
    from optimization.stated import mathematics_of

    row, _ = scenarios.find(work.session, work.identity, scenario_id, "reader")
    found = scenario_checks.checked(work.session, work.store, row)
    if found.scenario is None or found.changed is None or not found.sound:
        raise Unsound("The scenario does not fit the basin, so that there is no model of it.", found.findings)
    wanted = cast(Literal["html", "latex"], wanted_format(form, request, ("html", "latex")))
    resolved = resolve(found.basin, found.scenario)
    return send_file(request, etag_of(resolved.hash, wanted), wanted, lambda: mathematics_of(resolved, wanted).encode())
