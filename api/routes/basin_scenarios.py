"""`/v1/basins/{basin_id}/scenarios`: the scenarios of a basin, and how one is made."""

from typing import Annotated

from fastapi import Depends, Query, Response
from starlette.requests import Request

from api.errors import Invalid, NotSupported
from api.http.documented import ONE, WRITES, problems
from api.http.files import MEDIA_TYPES
from api.http.pages import Page, page_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import BasinRow, ScenarioRow
from api.persistence.repositories import scenarios as rows
from api.routes.scenario_answers import in_list, one
from api.schemas.basins import Identifier, PathId
from api.schemas.findings import FindingAnswer
from api.schemas.plain import bounded
from api.schemas.scenarios import NewScenario, ScenarioAnswer, ScenarioCheck, ScenarioInList, ScenarioQuery
from api.services import basins, scenario_checks, scenarios
from api.work import CurrentWork
from planner.scenario.differences import describe
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario, ScenarioError

router = SubjectRouter(prefix="/basins/{basin_id}/scenarios", tags=["Scenarios"], route_class=TransactionRoute)

YAML = MEDIA_TYPES["yaml"]
TAKES_YAML = {
    "requestBody": {
        "required": True,
        "description": "A scenario as YAML, as the command line reads it.",
        "content": {YAML: {"schema": {"type": "string"}}},
    }
}


@router.get("", responses=problems(*ONE))
@quick
def list_scenarios(work: CurrentWork, basin_id: PathId, wanted: Annotated[ScenarioQuery, Query()]) -> Page[ScenarioInList]:
    """The scenarios of a basin, the newest first. `parent_id` and `children` make a tree of them."""
    basin = work.basin(basin_id, "reader")
    query = rows.of_basin(basin.id, parent_id=wanted.parent_id, roots=wanted.roots, archived=wanted.archived, text=wanted.text)
    found, cursor = page_of(work.session, query, ScenarioRow.id, wanted)
    return Page(items=in_list(work, found), next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*ONE, *WRITES))
def make_scenario(work: CurrentWork, basin_id: PathId, body: NewScenario, response: Response) -> ScenarioAnswer:
    """Make a scenario. It is read and applied to the basin first; what stands against it are findings with pointers."""
    basin = work.basin(basin_id, "analyst", "write")
    basins.demand_present(basin)
    row = _drafted(basin, body, work.user_id)
    scenarios.add(work.session, row)
    scenario_checks.demand_sound(work.session, work.store, row)
    response.headers["Location"] = f"/v1/scenarios/{row.id}"
    return one(work, row, response)


@router.post("/check", responses=problems(*ONE, *WRITES))
def check_scenario(work: CurrentWork, basin_id: PathId, body: NewScenario) -> ScenarioCheck:
    """Check a scenario as making it would, and keep nothing."""
    basin = work.basin(basin_id, "reader")
    row = _drafted(basin, body, basin.created_by)
    scenarios.demand_parent(work.session, row, row.parent_id)
    found = scenario_checks.checked(work.session, work.store, row)
    findings = [FindingAnswer.model_validate(finding) for finding in found.findings]
    sentences = [] if found.scenario is None else describe(found.scenario, found.basin)
    return ScenarioCheck(sound=found.sound, sentences=sentences, findings=findings)


async def _body(request: Request) -> bytes:
    return await request.body()


def _scenario(request: Request, body: bytes) -> Scenario:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (YAML, "application/x-yaml", "text/yaml", "text/plain"):
        raise NotSupported("This is not YAML.", remedy=f"Send {YAML} as Content-Type.")
    content = read_text(body)
    try:
        return Scenario.from_dict(bounded(content))
    except ScenarioError:
        raise
    except ValueError as error:
        raise Invalid(str(error)) from None


@router.post("/yaml", status_code=201, responses=problems(*ONE, *WRITES, NotSupported), openapi_extra=TAKES_YAML)
def import_scenario(
    work: CurrentWork,
    basin_id: PathId,
    body: Annotated[bytes, Depends(_body)],
    request: Request,
    response: Response,
    parent_id: Annotated[Identifier | None, Query(description="Scenario that it is to come from.")] = None,
) -> ScenarioAnswer:
    """Make a scenario from YAML."""
    basin = work.basin(basin_id, "analyst", "write")
    basins.demand_present(basin)
    row = scenarios.from_planner(basin, _scenario(request, body), work.user_id)
    row.parent_id = parent_id
    scenarios.add(work.session, row)
    scenario_checks.demand_sound(work.session, work.store, row)
    response.headers["Location"] = f"/v1/scenarios/{row.id}"
    return one(work, row, response)


def _drafted(basin: BasinRow, body: NewScenario, user_id: str) -> ScenarioRow:
    return ScenarioRow(basin_id=basin.id, created_by=user_id, **body.model_dump())
