"""Riverside's taps with what becomes of their water: ponds that treat it, a canal to the rice scheme."""

from collections.abc import Mapping
from typing import Any

from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Planned, planned, resolved


def adding(table: str, **row: Any) -> dict[str, Any]:
    return {"table": table, "add": row}


def built(name: str, kind: str, place: str, capacity: float, capex: float) -> dict[str, Any]:
    return adding("options", option=name, kind=kind, place=place, technology=name, category="treatment",
                  administration="lower_district", capacity_m3_per_day=capacity, capex_usd=capex, life_years=20)  # fmt: skip


USED_WATER = [
    adding("wastewater_sites", wastewater_site="ponds", administration="lower_district", longitude=107.0, latitude=13.7,
           reach="lower_reach"),
    adding("wastewater_areas", wastewater_area="town", reach="lower_reach", wastewater_site="ponds"),
    adding("wastewater_returns", village="riverside", wastewater_area="town", return_share=0.8),
    adding("loads", load="bod", title="BOD", raw_kg_per_m3=0.3),
    built("small_ponds", "wastewater_treatment", "ponds", 40.0, 3000.0),
    adding("wastewater_removals", option="small_ponds", load="bod", removal_share=0.8),
]  # fmt: skip
"""Riverside's 42 m³ a day leave 33.6 of wastewater with 10.08 kg of BOD; treated, 2.016 kg of it remain."""
CANAL = [
    adding("reuse_links", reuse_link="canal", wastewater_site="ponds", use="rice_scheme", loss_share=0.1),
    built("dug_canal", "reuse", "canal", 50.0, 100.0),
]
THIRSTY_RICE = {"table": "environmental_flow", "where": {"reach": "upper_reach", "season": "dry"},
                "set": {"environmental_flow_m3_per_day": 150.0}}  # fmt: skip
"""A dry year's dry season brings 200 to the upper reach: rice may draw 50 of the 80 that it wants."""


def bears(kg_per_day: float) -> dict[str, Any]:
    return adding("load_limits", reach="lower_reach", load="bod", bearable_kg_per_day=kg_per_day)


def with_taps(*changes: Mapping[str, Any], **policy: Any) -> Planned:
    return planned(resolved(NO_FILTERS, RICH, *USED_WATER, *map(dict, changes), floors=[RIVERSIDE_TAPS], **policy))
