"""Commands with `--server`: the same work done by a service, and what it found brought here."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from api.cli.answer import CliError
from api.cli.inputs import read_basin, read_scenario
from api.cli.progress import Progress, RunNews
from api.cli.solving import cancelled_by_interrupt
from planner.checks.finding import BasinError, Finding
from planner.plan.conflict import IrreducibleConflict
from planner.plan.outcome import NoPlan, NoPlanStatus
from planner.scenario.scenario import Scenario, ScenarioError
from planner.scenario.way_out import WayOut
from rivershare_client import NoPlan as RunWithoutPlan
from rivershare_client import Problem, Rivershare, Unreachable, operations
from rivershare_client.calls import as_bytes
from rivershare_client.files import sent_as
from rivershare_client.models import BasinAnswer, CaseAnswer, FindingAnswer, OutcomeAnswer, RunLimits, ScenarioAnswer
from rivershare_client.synchronous.runs import Run

if TYPE_CHECKING:
    from optimization.solving.limits import Limits
    from planner.plan.plan import Plan
    from planner.plan.tree import PlanTree

KEY_VARIABLE = "RIVERSHARE_KEY"


@contextmanager
def service(url: str) -> Iterator[Rivershare]:
    """A service, with the key in RIVERSHARE_KEY. What it refuses becomes the error that the same input gives here."""
    try:
        with Rivershare(url, os.environ.get(KEY_VARIABLE)) as client:
            yield client
    except Problem as problem:
        findings = _findings(problem.findings)
        if findings:
            raise (BasinError if any(one.table for one in findings) else ScenarioError)(findings) from None
        hint = f" Set {KEY_VARIABLE} to a key of the service." if problem.status == 401 else ""
        raise CliError(f"{problem}{hint}") from None
    except (Unreachable, LookupError) as error:
        raise CliError(str(error)) from None


def cases(url: str) -> list[CaseAnswer]:
    """The cases that a service has."""
    with service(url) as client:
        return client.send(operations.list_cases())


def check(url: str, basin: str, scenario: str | None) -> list[Finding]:
    """Findings about a basin on disk or of the service, and about a scenario of the latter."""
    with service(url) as client:
        if Path(basin).exists():
            if scenario is not None:
                raise CliError("A service checks a scenario with a basin that it has: name one, or check both here.")
            found = [finding.model_dump() for finding in client.basins.check(basin).findings]
            return _findings(found)
        known = _known_basin(client, basin)
        found = [one.model_dump() for one in client.every(operations.list_findings(known.id, "latest"))]
        if scenario is not None:
            found += [finding.model_dump() for finding in _scenario_findings(client, known, scenario)]
        return _findings(found)


def plan(
    url: str, basin: str, scenario: str | None, limits: "Limits", shown: Progress
) -> "tuple[Plan | PlanTree, list[Finding]]":
    """The plan, or those of all branches, that a service finds, and the findings about its basin. Raises NoPlan.

    A basin on disk is sent first: as the next version of the service's basin of that name, where one may change it.
    """
    with service(url) as client:
        shown.now(f"Sending {basin}" if Path(basin).exists() else f"Looking up {basin}")
        known = _sent_basin(client, basin) if Path(basin).exists() else _known_basin(client, basin)
        row = _scenario(client, known, scenario, basin)
        given = {name: value for name, value in asdict(limits).items() if name in RunLimits.model_fields}
        run = Run(client, client.send(operations.start_run(row.id, limits=given)))
        _wait(run, row.title or row.name, shown)
        try:
            made = run.plan()
        except RunWithoutPlan as outcome:
            raise _no_plan(run, outcome) from None
        shown.now("Fetching the plan")
        version = str(made.answer.basin_version)
        findings = _findings([one.model_dump() for one in client.every(operations.list_findings(known.id, version))])
        if run.answer.branch_plans:
            return _fetched_tree(client, row, run), findings
        return _fetched(client, made.id), findings


def plans(url: str, names: Sequence[str]) -> "list[Plan]":
    """Plans by their identifiers at a service; folders of plans stay what they are here."""
    from planner.plan.plan import Plan

    with service(url) as client:
        return [Plan.read(name) if Path(name).exists() else _fetched(client, name) for name in names]


def _known_basin(client: Rivershare, name: str) -> BasinAnswer:
    """The service's basin of this name or identifier."""
    try:
        return client.basins.named(name)
    except LookupError:
        try:
            return client.basins.get(name)
        except Problem:
            raise CliError(f"{name} is neither a folder or file nor a basin of the service.") from None


def _sent_basin(client: Rivershare, place: str) -> BasinAnswer:
    """The basin that a folder or file is kept as: one's own of that name gets it as its next version, unless it is the same."""
    name = read_basin(place)[0].name
    own = [one for one in client.basins.all(text=name) if one.name == name and one.role in ("planner", "owner")]
    if not own:
        return client.basins.upload(place)
    content, media_type = sent_as(Path(place))
    known = client.basins.get(own[0].id)
    client.send(operations.import_version(known.id, content=content, media_type=media_type, if_match=known.etag))
    return known


def _scenario(client: Rivershare, basin: BasinAnswer, name: str | None, place: str) -> ScenarioAnswer:
    """The scenario that is meant: of the service's basin by its name, or one on disk, which is kept at the service."""
    if name is None or Path(name).exists() or Path(place).exists():
        return _kept_scenario(client, basin, read_scenario(name, place))
    return client.scenarios.named(basin, name)


def _scenario_findings(client: Rivershare, basin: BasinAnswer, name: str) -> Sequence[FindingAnswer]:
    if Path(name).exists():
        return client.send(operations.check_scenario(basin.id, **_content(Scenario.read(name)))).findings
    return client.send(operations.read_resolved(client.scenarios.named(basin, name).id)).findings


def _kept_scenario(client: Rivershare, basin: BasinAnswer, wanted: Scenario) -> ScenarioAnswer:
    """The service's scenario of this content; made where it has none, under a name of its own where the name is taken."""
    content = _content(wanted)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]
    names = [wanted.name, f"{wanted.name[:90]}_{digest}"]
    there = {one.name: one.id for one in client.scenarios.all(basin) if one.name in names}
    for name in names:
        if name not in there:
            return client.send(operations.make_scenario(basin.id, **{**content, "name": name}))
        row = client.scenarios.get(there[name])
        if row.parent_id is None and _content(_read(row)) == {**content, "name": name}:
            return row
    raise CliError(f"The basin has scenarios {' and '.join(names)}, but neither says the same as yours: give it another name.")


def _read(row: ScenarioAnswer) -> Scenario:
    policy = {} if row.policy is None else row.policy.model_dump(mode="json")
    return Scenario.from_dict(
        {"name": row.name, "title": row.title, "description": row.description, "changes": row.changes, "policy": policy}
    )


def _content(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json")


def _wait(run: Run, title: str, shown: Progress) -> None:
    with cancelled_by_interrupt(shown) as cancel:
        asked = False
        for event in run.events():
            if event.kind == "progress":
                shown.news(RunNews.of(event.data))
            else:
                shown.now(f"{title}: {run.refresh().answer.message}" if event.kind in ("queued", "taken_over") else title)
            if cancel.is_set() and not asked:
                asked = True
                run.cancel()
    run.refresh()


def _no_plan(run: Run, outcome: RunWithoutPlan) -> Exception:
    status = "cancelled" if run.answer.outcome is None else run.answer.outcome.status
    findings = _findings(outcome.findings)
    if status in get_args(NoPlanStatus):
        told = run.answer.outcome
        ways = [] if told is None else [WayOut.from_dict(way.model_dump(mode="json")) for way in told.ways_out or ()]
        return NoPlan(
            cast(NoPlanStatus, status), findings, reason=str(outcome) if ways else "", ways_out=ways, conflict=_conflict(told)
        )
    return ScenarioError(findings) if findings else CliError(str(outcome))


def _conflict(told: OutcomeAnswer | None) -> IrreducibleConflict | None:
    if told is None or told.conflict is None:
        return None
    return IrreducibleConflict.from_dict(told.conflict.model_dump(mode="json"))


def _fetched(client: Rivershare, plan_id: str) -> "Plan":
    """A plan of the service with everything in it: its tables, its audit, and the basin with the scenario's changes made."""
    import io

    import pyarrow.parquet

    from planner.formats.arrow import to_frame
    from planner.formats.document import read_document
    from planner.plan.audit.check import Audit
    from planner.plan.plan import Plan
    from planner.plan.tables import ROW_OF, columns
    from planner.scenario.changes import apply

    told = client.plans.get(plan_id).answer
    document = client.send(operations.read_document(told.basin_id, str(told.basin_version)))
    basin, findings = read_document(document)
    if basin is None:
        raise BasinError(findings)
    scenario = Scenario.from_dict(told.scenario)
    tables = {}
    for table in ROW_OF:
        content = client.send(as_bytes(operations.read_rows(told.id, table, format="parquet")))
        tables[table] = to_frame(pyarrow.parquet.read_table(io.BytesIO(content)), columns(table))
    return Plan(
        basin=apply(basin, scenario),
        scenario=scenario,
        status=told.status,
        tables=tables,
        audit=Audit.from_dict(client.send(operations.read_audit(told.id)).model_dump()),
        record=client.send(operations.read_record(told.id)),
        resolved_hash=told.resolved_hash,
    )


def _fetched_tree(client: Rivershare, row: ScenarioAnswer, run: Run) -> "PlanTree":
    """The plans of all branches, and the scenario with all that it takes from those it comes from."""
    from planner.plan.tree import PlanTree

    told = client.send(operations.read_resolved(row.id))
    policy = told.policy.model_dump(mode="json")
    content = {"name": row.name, "title": row.title, "description": row.description, "policy": policy}
    scenario = Scenario.from_dict({**content, "changes": [one.change for one in told.changes]})
    return PlanTree.of_plans(scenario, {one.name: _fetched(client, one.plan_id) for one in run.answer.branch_plans})


def _findings(found: Sequence[dict[str, Any]]) -> list[Finding]:
    names = Finding.__dataclass_fields__
    return [Finding(**{name: value for name, value in one.items() if name in names}) for one in found]
