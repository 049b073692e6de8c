"""Indicators of water and the river."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader
from planner.plan.titles import Titles


def _water_stress(reader: Reader) -> pd.Series:
    """Mean over the stages by sub-basin, where any water is available."""
    told = reader.tables["water_stress"].dropna(subset="stress_percent")
    return (told["stress_percent"] * told["stage"].map(reader.stage_share).astype(float)).groupby(told["sub_basin"]).sum()


def river(reader: Reader) -> Iterator[Indicator]:
    river, unmet = reader.tables["river"], reader.volume_per_year("use_deliveries", "unmet_m3_per_day")
    per_year = "m³/year"
    yield Indicator("environmental_flow_deficit", "What the river lacks of its environmental flow",
                    float(reader.volume_per_year("river", "deficit_m3_per_day").sum()), per_year, "lower",
                    "river")  # fmt: skip
    asked = river[river["required_m3_per_day"] > 0]
    kept = np.minimum(1.0, asked["outflow_m3_per_day"] / asked["required_m3_per_day"])
    yield Indicator("environmental_flow_kept", "Least share of its environmental flow that a reach keeps",
                    float(kept.min()) if len(kept) else 1.0, "share", "higher", "river")  # fmt: skip
    yield Indicator("obligation_shortfall", "What those downstream are owed and miss",
                    float(reader.volume_per_year("obligation_flows", "shortfall_m3_per_day").sum()), per_year, "lower",
                    "river")  # fmt: skip
    if len(reader.tables["groundwater"]):
        overdraft = reader.per_year("groundwater", "overdraft_m3_per_year")
        yield Indicator("groundwater_overdraft", "Groundwater drawn beyond what its aquifers give for good",
                        float(overdraft.sum()), per_year, "lower", "river")  # fmt: skip
    if len(reader.basin.tables["leakage_reductions"]):
        saved = reader.volume_per_year("leakage_saved", "saved_m3_per_day")
        yield Indicator("leakage_saved", "Water that no longer leaks", float(saved.sum()), per_year, "higher", "river")
    if len(reader.tables["licence_use"]):
        exceeded = reader.per_year("licence_use", "exceeded_m3_per_year")
        yield Indicator("licences_exceeded", "Drawn beyond the licences of administrations", float(exceeded.sum()), per_year,
                        "lower", "river")  # fmt: skip
    for sub_basin, percent in _water_stress(reader).items():
        title = Titles(reader.basin).of("sub_basins", str(sub_basin))
        yield Indicator(f"water_stress_{sub_basin}", f"Water stress (SDG 6.4.2) in {title}", float(percent), "percent", "lower",
                        "river")  # fmt: skip
    yield Indicator("other_uses_unmet", "What other uses want and do not get", float(unmet.sum()), per_year, "lower",
                    "river")  # fmt: skip
    if reader.basin.tables["reaches"]["protected"].any():
        taken = float(reader.volume_per_year("protected_abstraction", "abstracted_m3_per_day").sum())
        yield Indicator("protected_abstraction", "What new sources take from protected reaches", taken, per_year, "lower",
                        "river")  # fmt: skip
    price = reader.basin.tables["other_uses"].set_index("use")["value_usd_per_m3"]
    lost = float((unmet * reader.tables["use_deliveries"]["use"].map(price).astype(float)).sum())
    yield Indicator("other_uses_lost", "Value that other uses lose", lost, "USD/year", "lower", "river")
    for column, said in (("shortage", "Piped water done without in stress members"),
                         ("hauled", "Water hauled in stress members")):  # fmt: skip
        volume = reader.volume_per_year("shortage", f"{column}_m3_per_day", kind="stress")
        yield Indicator(f"water_{column}", said, float(volume.sum()), per_year, "lower", "river")
