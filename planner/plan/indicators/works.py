"""Indicators of what is built."""

from collections.abc import Iterator

import pandas as pd

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader
from planner.plan.titles import readable

OTHER_KINDS = (
    "reservoir", "wastewater_treatment", "reuse", "catchment_protection", "operator_training", "leakage_reduction",
    "solar_pumping", "efficient_irrigation", "clear_water_tank",
)  # fmt: skip
"""Kinds of options that are told only where the basin offers one."""


def works(reader: Reader) -> Iterator[Indicator]:
    built = reader.tables["investments"]
    built = built[built["serves"].astype(bool)].drop_duplicates("option")
    kinds = reader.basin.tables["options"].set_index("option")["kind"]
    kind_built = built["option"].map(kinds)
    offered = kinds.unique()
    for kind in ("source_development", "treatment", "conveyance", *(kind for kind in OTHER_KINDS if kind in offered)):
        built_of_kind = float((kind_built == kind).sum())
        yield Indicator(f"built_{kind}", f"Works built: {readable(kind)}", built_of_kind, "works", "neither",
                        "works")  # fmt: skip
    followed = reader.tables["village_plans"]
    changed = followed[followed["service_plan"] != "as_before"].groupby("stage")["village"].nunique()
    reaching = _villages_with_pipes(reader)
    for stage, title in reader.stages:
        yield Indicator(f"villages_changed_{stage}", f"Villages with something new, {title}",
                        float(changed.get(stage, 0)), "villages", "neither", "works")  # fmt: skip
        yield Indicator(f"villages_piped_{stage}", f"Villages that get water through the network, {title}",
                        float(reaching.get(stage, 0)), "villages", "neither", "works")  # fmt: skip


def _villages_with_pipes(reader: Reader) -> pd.Series:
    """How many villages water flows to, stage by stage."""
    links, flows = reader.basin.tables["links"].set_index("link")["to_node"], reader.tables["flows"]
    to = flows["link"].map(links)
    arriving = to.isin(reader.basin.tables["villages"]["village"]) & (flows["flow_m3_per_day"] > 1e-6)
    return to[arriving].groupby(flows["stage"][arriving]).nunique()
