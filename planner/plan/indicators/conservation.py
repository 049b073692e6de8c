"""Indicators of conservation: what is lost as shares of wholes that no plan changes, and their mean."""

from collections.abc import Iterator

from planner.plan.audit.conservation import wholes
from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader

TITLES = {
    "environmental_flow": "What rivers lack, as a share of all the flow that they need",
    "groundwater": "Overdraft, as a share of all sustainable yields",
    "protected_reaches": "Taken from protected reaches, as a share of what new sources there could give",
    "wastewater": "Untreated wastewater, as a share of what all would return on the mode of most litres",
}


def conservation(reader: Reader) -> Iterator[Indicator]:
    """The mean counts every part alike, so that plans of several policies can be compared."""
    whole = {name: value for name, value in wholes(reader.facts).items() if value > 0}
    lost = {
        "environmental_flow": reader.volume_per_year("river", "deficit_m3_per_day"),
        "groundwater": reader.per_year("groundwater", "overdraft_m3_per_year"),
        "protected_reaches": reader.volume_per_year("protected_abstraction", "abstracted_m3_per_day"),
        "wastewater": reader.volume_per_year("wastewater", "untreated_m3_per_day"),
    }
    shares = {name: float(lost[name].sum()) / value for name, value in whole.items()}
    for name, share in shares.items():
        yield Indicator(f"conservation_{name}", TITLES[name], share, "share", "lower", "conservation")
    if shares:
        yield Indicator("conservation", "Lost to rivers and aquifers: mean of all shares of conservation",
                        sum(shares.values()) / len(shares), "share", "lower", "conservation")  # fmt: skip
