"""Hours spent on fetching water, and the share of days on which pipes bring all that is needed."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import done_without, hauled
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.assurance import assurance_asked, required_share
from planner.scenario.resolved.index import positions

DAYS_PER_YEAR = 365
_SMALL = 1e-6
_NOISE = 1e-9


def collection_time(scenario: ResolvedScenario, persons: Floats) -> pd.DataFrame:
    """Table of hours by village, group and stage. persons: (V, G, T, M) by mode."""
    people, horizon = scenario.people, scenario.horizon
    modes = scenario.basin.tables["modes"]
    minutes = modes["collection_minutes"].to_numpy(float)[positions(people.modes.to_series(), pd.Index(modes["mode"]))]
    trips = people.litres_per_person_per_day / scenario.basin.settings.litres_per_collection_trip
    hours = minutes * trips * DAYS_PER_YEAR / 60
    before = np.stack([people.baseline(stage) for stage in range(len(horizon.stages))], axis=2)
    spent, without = persons @ hours, before @ hours
    figures = {
        "hours_per_year": spent,
        "hours_per_year_if_nothing_is_built": without,
        "hours_saved_per_year": without - spent,
    }
    axes = {"village": scenario.network.villages, "group": people.groups, "stage": horizon.stages}
    return in_order("collection_time", long(axes, figures))


def assurance(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of assurance by village and stage."""
    horizon = scenario.horizon
    missing = sum(done_without(scenario, decisions, grade) + hauled(scenario, decisions, grade) for grade in ("raw", "safe"))
    weight = horizon.days[:, None] * horizon.probability
    short = np.einsum("vtsh,sh->vt", missing > _SMALL, weight / weight.sum())
    met = np.clip(1 - short, 0.0, 1.0)
    asked = assurance_asked(scenario.basin, scenario.policy, horizon, scenario.people)
    required = required_share(asked, len(scenario.network.villages), len(horizon.stages))
    missed = np.where(required - met > _NOISE, required - met, 0.0)
    axes = {"village": scenario.network.villages, "stage": horizon.stages}
    figures = {"assurance_share": met, "required_share": required, "missed_share": missed}
    return in_order("assurance", long(axes, figures))
