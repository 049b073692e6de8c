"""Runs: started on a scenario, looked at, cancelled and repeated."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Invalid, NotFound, Unsound, fault
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow, Run, ScenarioRow
from api.persistence.models.basins import Role
from api.persistence.repositories import basins, organisations, plans, runs
from api.security.identity import Identity, Scope
from api.security.permissions import demand
from api.services import run_states, scenario_checks
from api.services.basins import demand_present as demand_basin
from api.services.scenarios import demand_present as demand_scenario
from api.services.scenarios import lineage_of
from api.settings import Settings
from optimization.solving.record import versions
from planner.checks.finding import errors
from planner.scenario.scenario import Scenario


def find(session: Session, identity: Identity, run_id: str, role: Role, scope: Scope = "read") -> tuple[Run, BasinRow]:
    """A run and its basin, if who is asking has at least this role in it.

    Raises what `api.security.permissions.demand` raises; NotFound names the run alone.
    """
    run = session.get(Run, run_id)
    try:
        basin = demand(session, identity, run.basin_id if run is not None else "", role, scope)
    except NotFound:
        run = None
    if run is None:
        raise NotFound(f"There is no run {run_id[:80]}.")
    return run, basin


def start(
    session: Session,
    store: ContentStore,
    scenario: ScenarioRow,
    basin: BasinRow,
    user_id: str,
    *,
    limits: dict[str, Any],
    priority: int,
    fresh: bool,
    from_nothing: bool = False,
) -> tuple[Run, bool]:
    """A new run of a scenario and True; or, unless `fresh`, the one of the same input that is there and False.

    It starts from the newest plan of the scenario, else of the nearest that it comes from, unless `from_nothing`.

    Raises Unsound with findings where the scenario does not fit the basin, Conflict where either is archived.
    """
    demand_basin(basin)
    demand_scenario(scenario)
    found = scenario_checks.checked(session, store, scenario)
    if found.scenario is None or not found.sound:
        raise Unsound(f"The scenario cannot be planned: {len(errors(found.findings))} errors.", found.findings)
    key = input_key(found.version.digest, found.scenario, limits)
    same = None if fresh else runs.same_input(session, basin.id, key, from_nothing)
    if same is not None:
        return same, False
    run = Run(
        basin_id=basin.id,
        scenario_id=scenario.id,
        organisation_id=_organisation(session, basin, user_id),
        user_id=user_id,
        basin_version=found.version.number,
        scenario=found.scenario.model_dump(mode="json"),
        lineage=lineage_of(found.line),
        limits=limits,
        start_plan_id=None if from_nothing else start_plan_id(session, found.line),
        input_key=key,
        priority=priority,
    )
    run_states.enqueue(session, run)
    return run, True


def rerun(session: Session, run: Run, basin: BasinRow, user_id: str) -> Run:
    """A new run of exactly what an earlier one was of, from where it started, whatever the scenario has become since."""
    demand_basin(basin)
    version = basins.version(session, run.basin_id, run.basin_version)
    if version is None:
        raise NotFound(f"The basin has no version {run.basin_version} any more.")
    again = Run(
        basin_id=run.basin_id,
        scenario_id=run.scenario_id,
        organisation_id=_organisation(session, basin, user_id),
        user_id=user_id,
        rerun_of=run.id,
        basin_version=run.basin_version,
        scenario=run.scenario,
        lineage=run.lineage,
        limits=run.limits,
        start_plan_id=run.start_plan_id,
        input_key=input_key(version.digest, Scenario.from_dict(run.scenario), run.limits),
        priority=min(run.priority, 0),
    )
    run_states.enqueue(session, again)
    return again


def limits_within(settings: Settings, asked: dict[str, Any]) -> dict[str, Any]:
    """The limits of a run, memory filled in. Raises Invalid where they pass what the service allows."""
    faults = []
    if asked["time_seconds"] > settings.run_seconds_at_most:
        faults.append(fault(f"At most {settings.run_seconds_at_most:g} seconds.", pointer="/limits/time_seconds"))
    if (asked["memory_bytes"] or 0) > settings.run_bytes_at_most:
        faults.append(fault(f"At most {settings.run_bytes_at_most} bytes.", pointer="/limits/memory_bytes"))
    if faults:
        raise Invalid("The limits pass what this service allows.", errors=faults)
    return {**asked, "memory_bytes": asked["memory_bytes"] or settings.run_bytes_at_most}


def start_plan_id(session: Session, line: Sequence[ScenarioRow]) -> str | None:
    """The plan to start from: the newest of the last scenario of a line (the root first), else of the nearest above it."""
    return next((found for row in reversed(line) if (found := plans.newest_passed(session, row.id)) is not None), None)


def input_key(basin_digest: str, scenario: Scenario, limits: dict[str, Any]) -> str:
    """What two runs have in common that ask the same: content, changes, policy, limits and software. Not where they start."""
    told = scenario.model_dump(mode="json", include={"changes", "policy"})
    content = json.dumps([basin_digest, told, limits, versions()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _organisation(session: Session, basin: BasinRow, user_id: str) -> str:
    """Whose share of the workers a run takes: the basin's organisation if one is in it, else one's own first."""
    if organisations.membership(session, basin.organisation_id, user_id) is not None:
        return basin.organisation_id
    own = session.scalars(organisations.of_user(user_id)).first()
    return own.id if own is not None else basin.organisation_id
