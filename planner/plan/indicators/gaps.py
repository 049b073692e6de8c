"""Indicators of gaps that the policy caps."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def gaps(reader: Reader) -> Iterator[Indicator]:
    """The gap under each cap in each stage."""
    titles = dict(reader.stages)
    table = reader.tables["gaps"]
    for cap, stage, rung, gap in zip(table["cap"], table["stage"], table["rung"], table["gap_share"], strict=True):
        yield Indicator(f"gap_of_cap_{cap}_{stage}", f"Gap under cap {cap} in the share at rung {rung} or above, {titles[stage]}",
                        float(gap), "share", "lower", "fairness")  # fmt: skip
