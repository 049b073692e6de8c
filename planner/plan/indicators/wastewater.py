"""Indicators of used water, in basins that know what becomes of it."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def wastewater(reader: Reader) -> Iterator[Indicator]:
    if not len(reader.basin.tables["wastewater_areas"]):
        return
    volumes = {name: float(reader.volume_per_year("wastewater", f"{name}_m3_per_day").sum()) for name in ("arising", "untreated")}
    yield Indicator("wastewater_untreated", "Wastewater that runs untreated into the river", volumes["untreated"], "m³/year",
                    "lower", "river")  # fmt: skip
    share = volumes["untreated"] / volumes["arising"] if volumes["arising"] > 0 else 0.0
    yield Indicator("wastewater_untreated_share", "Share of wastewater that is not treated", share, "share", "lower",
                    "river")  # fmt: skip
    reused = float(reader.volume_per_year("reuse_flows", "flow_m3_per_day").sum())
    yield Indicator("wastewater_reused", "Treated wastewater that is reused", reused, "m³/year", "higher", "river")
    loads = reader.basin.tables["loads"]
    for load, title, raw in zip(loads["load"], loads["title"], loads["raw_kg_per_m3"], strict=True):
        yield Indicator(f"untreated_load_{load}", f"{title or load} in untreated wastewater",
                        volumes["untreated"] * float(raw), "kg/year", "lower", "river")  # fmt: skip
