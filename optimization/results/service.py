"""Who is served how: service plans, persons by mode, floors."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.plan.tables import columns
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.floors import coupled_floors
from planner.scenario.resolved.service import RUNGS
from planner.scenario.resolved.village_floors import floors_of_villages, missed_persons

_PERSON = 1e-6


def village_plans(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of the service plans that villages follow."""
    names = scenario.service.plan_names.to_numpy()[scenario.service.plan[decisions.chosen]]
    axes = {"village": scenario.network.villages, "stage": scenario.horizon.stages}
    return in_order("village_plans", long(axes, {"service_plan": names}))


def persons_by_mode(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(V, G, T, M)."""
    stages = np.arange(decisions.chosen.shape[1])
    return np.asarray(scenario.service.persons[decisions.chosen, stages].transpose(0, 2, 1, 3))


def service(scenario: ResolvedScenario, persons: Floats) -> pd.DataFrame:
    """Table of persons by mode; modes that nobody uses are left out."""
    people = scenario.people
    axes = {
        "village": scenario.network.villages, "group": people.groups, "stage": scenario.horizon.stages, "mode": people.modes
    }  # fmt: skip
    return in_order("service", long(axes, {"rung": people.rung, "persons": persons}, persons > _PERSON))


def below_rungs(scenario: ResolvedScenario, persons: Floats) -> Floats:
    """(5,) weighted persons below rungs 1 to 5, averaged over the horizon."""
    people = scenario.people
    below = (people.rung[:, None] < np.arange(1, 6)).astype(float)
    return np.asarray(np.einsum("vgtm,mr,g,t->r", persons, below, people.weight, scenario.horizon.stage_weight))


def floors(scenario: ResolvedScenario, persons: Floats) -> pd.DataFrame:
    """Table of floors: all that couple villages, and those of villages that are missed."""
    rows = [*_coupled(scenario, persons), *_missed_in_villages(scenario, persons)]
    names = [column.name for column in columns("floors")]
    return in_order("floors", pd.DataFrame(rows, columns=names).astype({"group": "str", "place": "str", "stage": "str"}))


def _coupled(scenario: ResolvedScenario, persons: Floats) -> Iterator[dict[str, object]]:
    people, horizon = scenario.people, scenario.horizon
    for floor in coupled_floors(scenario.basin, scenario.policy, horizon, people):
        on_rung = persons[floor.villages][:, floor.groups][:, :, floor.stage, people.rung >= floor.rung]
        served = float(on_rung.sum())
        missed = floor.required_persons - served
        yield {
            "floor": floor.number,
            "place": floor.place,
            "group": floor.group,
            "stage": horizon.stages[floor.stage],
            "rung": floor.rung,
            "required_persons": floor.required_persons,
            "served_persons": served,
            "missed_persons": missed if missed > _PERSON * max(1.0, floor.required_persons) else 0.0,
        }


def _missed_in_villages(scenario: ResolvedScenario, persons: Floats) -> Iterator[dict[str, object]]:
    people, horizon = scenario.people, scenario.horizon
    on_rungs = np.einsum("vgtm,mr->vtgr", persons, (people.rung[:, None] >= RUNGS).astype(float))
    for entry in floors_of_villages(scenario.basin, scenario.policy, horizon, people):
        missed = missed_persons(entry, people, on_rungs)
        for village, stage, group in zip(*np.nonzero(missed), strict=True):
            at, who = stage + entry.first_stage, entry.groups[group]
            yield {
                "floor": entry.number,
                "place": scenario.network.villages[village],
                "group": people.groups[who],
                "stage": horizon.stages[at],
                "rung": entry.floor.rung,
                "required_persons": entry.floor.share * people.persons[village, who, at],
                "served_persons": on_rungs[village, at, who, entry.floor.rung - 1],
                "missed_persons": missed[village, stage, group],
            }
