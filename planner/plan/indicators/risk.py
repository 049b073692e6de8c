"""Indicators of risk, in basins that know hazards."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def risk(reader: Reader) -> Iterator[Indicator]:
    if not len(reader.basin.tables["hazards"]):
        return
    told = reader.tables["risk"]
    for stage, title in reader.stages:
        here = told[told["stage"] == stage]
        yield Indicator(f"villages_very_high_risk_{stage}", f"Villages with a hazard of very high risk, {title}",
                        float((here["band"] == "very_high").sum()), "villages", "lower", "risk")  # fmt: skip
        yield Indicator(f"worst_risk_{stage}", f"Points of the worst hazard, mean of villages, {title}",
                        float(here["worst_points"].mean()) if len(here) else 0.0, "points", "lower", "risk")  # fmt: skip
