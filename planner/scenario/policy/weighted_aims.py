"""Aims that are sought together, as one weighted sum."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from planner.basin.field import Positive
from planner.scenario.policy.part import Part


class WeightedAim(Part):
    """One aim of a weighted sum: how far it is on the way from its best to its worst value, times its weight."""

    objective: Literal[
        "cost",
        "below_rung_1",
        "below_rung_2",
        "below_rung_3",
        "below_rung_4",
        "below_rung_5",
        "environmental_flow_deficit",
        "conservation",
        "max_min",
        "worst_sum",
        "owa",
        "lorenz",
        "mean_minus_gini",
    ] = Field(
        title="Aim",
        description="cost with what is missed at its price, persons below a rung, or another aim; all are the better the "
        "lower they are, in the unit in which a plan tells them.",
    )
    weight: Positive = Field(
        title="Weight", default=1.0, description="How much the whole way counts; brought to a sum of 1 over all aims."
    )
    best: float | None = Field(
        title="Best value",
        default=None,
        description="What counts as 0. Left out, with the worst: the value where this aim alone is sought.",
    )
    worst: float | None = Field(
        title="Worst value",
        default=None,
        description="What counts as 1. Left out, with the best: the worst value where each of the other aims alone is sought.",
    )

    @model_validator(mode="after")
    def _on_a_way(self) -> "WeightedAim":
        if (self.best is None) != (self.worst is None):
            raise ValueError("best and worst value together, or neither")
        if self.best is not None and self.worst is not None and self.worst <= self.best:
            raise ValueError("a worst value above the best one")
        return self


def shares_of(aims: Sequence[WeightedAim]) -> list[float]:
    """The weights, brought to a sum of 1."""
    total = sum(aim.weight for aim in aims)
    return [aim.weight / total for aim in aims]
