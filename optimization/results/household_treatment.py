"""Treatment at home: who gets it, and who keeps using it."""

import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario

_PERSON = 1e-6


def table(scenario: ResolvedScenario, persons: Floats) -> pd.DataFrame:
    """Table of treatment at home by village, stage and mode, from persons by mode (V, G, T, M) as they end up."""
    people, home = scenario.people, scenario.service.household
    using = home.given(persons, people.existing[:, :, None]).sum(axis=1)  # (V, T, J): existing users never lapse
    given = using / home.adherence
    axes = {"village": scenario.network.villages, "stage": scenario.horizon.stages, "mode": people.modes.take(home.mode)}
    figures = {"given_persons": given, "using_persons": using, "lapsed_persons": given - using}
    return in_order("household_treatment", long(axes, figures, given > _PERSON))
