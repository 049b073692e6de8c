"""No plan that lies about its wastewater passes."""

from collections.abc import Callable
from functools import cache

import pytest

from planner.plan.audit import audit
from tests.optimization.formulation.wastewater_basin import CANAL, THIRSTY_RICE, bears, with_taps
from tests.optimization.tiny_basins import Planned
from tests.planner.plan.altering import Tables, add, change, drop

DRY = {"stage": "stage_1", "season": "dry", "member": "dry_year"}


@cache
def honest() -> Planned:
    plan = with_taps(bears(5.0), THIRSTY_RICE, *CANAL)
    assert plan.audit.passed, plan.audit.failures
    return plan


def _led_elsewhere(t: Tables) -> None:
    change(t, "wastewater", "collected_m3_per_day", lambda v: v - 5, **DRY)
    change(t, "wastewater", "untreated_m3_per_day", lambda v: v + 5, **DRY)


def _nothing_treated(t: Tables) -> None:
    for table in ("wastewater_treated", "reuse_flows"):
        t[table] = t[table].iloc[:0]
    change(t, "wastewater", "collected_m3_per_day", 0.0)


ALTERATIONS: dict[str, tuple[str, Callable[[Tables], None]]] = {
    "wastewater is hidden": ("wastewater_arising", lambda t: change(t, "wastewater", "arising_m3_per_day", 20.0, **DRY)),
    "some is neither treated nor untreated": (
        "wastewater_split",
        lambda t: change(t, "wastewater", "untreated_m3_per_day", lambda v: v + 1, **DRY),
    ),
    "more is treated than is led there": ("wastewater_treated", _led_elsewhere),
    "ponds treat that were never dug": (
        "wastewater_capacity",
        lambda t: change(t, "investments", "serves", False, option="small_ponds"),
    ),
    "a canal waters that was never dug": (
        "reuse_capacity",
        lambda t: change(t, "investments", "serves", False, option="dug_canal"),
    ),
    "more is reused than treated": (
        "reuse_treated",
        lambda t: change(t, "reuse_flows", "flow_m3_per_day", 45.0, **DRY),
    ),
    "the canal carries what no pond has treated": (
        "reuse_site",
        lambda t: change(t, "reuse_flows", "option", "intake_well", **DRY),
    ),
    "reuse arrives and is not counted as delivered": (
        "use_reuse",
        lambda t: change(t, "use_deliveries", "delivered_m3_per_day", 10.0, use="rice_scheme", **DRY),
    ),
    "reuse is hidden and the river seems to give it": ("river_outflow", lambda t: drop(t, "reuse_flows", **DRY)),
    "a load is polished": ("river_load", lambda t: change(t, "river_loads", "load_kg_per_day", 0.1, stage="stage_2")),
    "a reach bears more than it does": (
        "river_load_bearable",
        lambda t: change(t, "river_loads", "bearable_kg_per_day", 50.0, stage="stage_2"),
    ),
    "an excess is told where there is none": (
        "river_load_excess",
        lambda t: change(t, "river_loads", "excess_kg_per_day", 1.0, stage="stage_2"),
    ),
    "a hard limit is passed": ("load_limit", _nothing_treated),
    "a limit in a reach that has none": (
        "river_load_bearable",
        lambda t: add(t, "river_loads", reach="upper_reach", load="bod", load_kg_per_day=0.0, bearable_kg_per_day=1.0,
                      excess_kg_per_day=0.0, **DRY),
    ),
    "an area is left out": ("row_missing", lambda t: drop(t, "wastewater", stage="stage_1")),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_plan_is_rejected(name: str) -> None:
    code, alter = ALTERATIONS[name]
    scenario = honest().scenario
    tables = {table: frame.copy() for table, frame in honest().tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(scenario.basin, scenario.policy, tables).failures}


def test_water_led_from_an_area_without_a_site_is_rejected() -> None:
    changed = {"table": "wastewater_areas", "where": {"wastewater_area": "town"}, "set": {"wastewater_site": None}}
    scenario = with_taps(changed).scenario
    failures = audit(scenario.basin, scenario.policy, honest().tables).failures
    assert "wastewater_led_nowhere" in {check.code for check in failures}
