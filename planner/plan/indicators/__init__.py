"""The figures by which plans are compared: each says its unit and which direction is better."""

from collections.abc import Callable, Iterator

from planner.plan.indicators.conservation import conservation
from planner.plan.indicators.energy import energy
from planner.plan.indicators.fairness import fairness
from planner.plan.indicators.gaps import gaps
from planner.plan.indicators.hydropower import hydropower
from planner.plan.indicators.indicator import Better, Indicator
from planner.plan.indicators.institutions import institutions
from planner.plan.indicators.loans import loans
from planner.plan.indicators.money import money
from planner.plan.indicators.people import groups, people
from planner.plan.indicators.reader import PlanTables, Reader
from planner.plan.indicators.risk import risk
from planner.plan.indicators.river import river
from planner.plan.indicators.time import time, time_of_groups
from planner.plan.indicators.wastewater import wastewater
from planner.plan.indicators.works import works

__all__ = ["Better", "Indicator", "PlanTables", "indicators"]

SUBJECTS: tuple[Callable[[Reader], Iterator[Indicator]], ...] = (
    people, time, institutions, groups, time_of_groups, fairness, gaps,
    money, loans, river, hydropower, wastewater, conservation, risk, works, energy,
)  # fmt: skip


def indicators(plan: PlanTables) -> list[Indicator]:
    """All indicators of a plan, subject by subject, from its tables and its basin alone.

    Flows are expected over the design members, shortage over the stress members; figures without a stage in their name
    are means over the stages weighted by their years.
    """
    reader = Reader(plan)
    return [indicator for subject in SUBJECTS for indicator in subject(reader)]
