"""Used water: what of Riverside's 42 m³ a day the river gets back, in what state."""

import numpy as np
import pytest

from optimization.formulation import build
from tests.optimization.formulation.test_compiled_formulation import rows_that_differ
from tests.optimization.formulation.wastewater_basin import CANAL, THIRSTY_RICE, USED_WATER, bears, built, with_taps
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Impossible, planned, resolved

DRY = {"stage": "stage_1", "season": "dry", "member": "dry_year"}


def test_wastewater_that_nobody_minds_runs_into_the_river_untreated():
    before = planned(resolved(NO_FILTERS, RICH, floors=[RIVERSIDE_TAPS]))
    plan = with_taps()
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("wastewater", wastewater_area="town", **DRY)
    assert row["arising_m3_per_day"] == pytest.approx(0.8 * 42.0)
    assert row["untreated_m3_per_day"] == pytest.approx(33.6)
    outflow = [each.row("river", reach="lower_reach", **DRY)["outflow_m3_per_day"] for each in (before, plan)]
    assert outflow[1] - outflow[0] == pytest.approx(33.6)
    assert plan.values.cost_usd == pytest.approx(before.values.cost_usd)


def test_a_reach_that_bears_less_has_the_wastewater_treated():
    # Untreated 33.6 × 0.3 = 10.08 kg; each m³ treated takes out 0.24 kg, so at least (10.08 − 5) / 0.24 = 21.17 m³.
    plan = with_taps(bears(5.0))
    assert plan.audit.passed, plan.audit.failures
    assert "small_ponds" in plan.serving()
    assert plan.row("wastewater", wastewater_area="town", **DRY)["collected_m3_per_day"] >= 5.08 / 0.24 - 1e-6
    load = plan.row("river_loads", reach="lower_reach", **DRY)
    assert load["load_kg_per_day"] <= 5.0 + 1e-6
    assert load["excess_kg_per_day"] == 0.0


def test_what_treatment_leaves_counts_too():
    # All of it treated, 33.6 × 0.06 = 2.016 kg a day remain.
    assert with_taps(bears(2.017)).audit.passed
    with pytest.raises(Impossible):
        with_taps(bears(2.015))


def test_treatment_takes_in_no_more_than_its_capacity():
    small = {"table": "options", "where": {"option": "small_ponds"}}
    assert with_taps(bears(5.0), {**small, "set": {"capacity_m3_per_day": 21.2}}).audit.passed
    with pytest.raises(Impossible):
        with_taps(bears(5.0), {**small, "set": {"capacity_m3_per_day": 21.1}})


def test_a_priced_load_is_borne_where_that_is_cheaper():
    plan = with_taps(bears(5.0), load_limits="priced", load_price_usd_per_kg=0.01)
    assert plan.audit.passed, plan.audit.failures
    assert "small_ponds" not in plan.serving()
    load = plan.row("river_loads", reach="lower_reach", **DRY)
    assert load["excess_kg_per_day"] == pytest.approx(5.08)


def test_reuse_fills_a_use_that_the_river_leaves_thirsty():
    assert with_taps(bears(5.0), THIRSTY_RICE).row("use_deliveries", use="rice_scheme", **DRY)["unmet_m3_per_day"] > 0
    plan = with_taps(bears(5.0), THIRSTY_RICE, *CANAL)
    assert plan.audit.passed, plan.audit.failures
    assert {"small_ponds", "dug_canal"} <= plan.serving()
    # 30 are missing, 30 / 0.9 enter the canal: that is less than the 33.6 that arise.
    assert plan.row("reuse_flows", reuse_link="canal", **DRY)["flow_m3_per_day"] == pytest.approx(30 / 0.9)
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(80.0)
    # 300 come down; rice draws 50, Riverside 42; a quarter of rice's 80 returns, and 33.6 − 30 / 0.9 of the town's.
    outflow = plan.row("river", reach="lower_reach", **DRY)["outflow_m3_per_day"]
    assert outflow == pytest.approx(300 - 50 - 42 + 20 + 33.6 - 30 / 0.9)


def test_only_treated_water_is_reused():
    plan = with_taps(THIRSTY_RICE, *CANAL, {"table": "options", "where": {"option": "small_ponds"}, "set": {"capex_usd": 1e5}})
    assert plan.audit.passed, plan.audit.failures
    assert not plan.serving() & {"small_ponds", "dug_canal"}
    assert not len(plan.tables["reuse_flows"])


def test_two_treatments_at_a_site_share_the_water():
    more = [built("more_ponds", "wastewater_treatment", "ponds", 12.0, 500.0),
            {"table": "wastewater_removals", "add": {"option": "more_ponds", "load": "bod", "removal_share": 0.8}}]  # fmt: skip
    plan = with_taps(
        bears(5.0), {"table": "options", "where": {"option": "small_ponds"}, "set": {"capacity_m3_per_day": 12.0}}, *more
    )
    assert plan.audit.passed, plan.audit.failures
    assert {"small_ponds", "more_ponds"} <= plan.serving()


STRESS = [
    {"table": "members", "where": {"member": "normal_year"}, "set": {"probability": 1.0}},
    {"table": "members", "where": {"member": "dry_year"}, "set": {"kind": "stress", "probability": 0.05}},
    {"table": "source_yields", "where": {"source": "river_intake", "season": "dry", "member": "dry_year"},
     "set": {"yield_m3_per_day": 30.0}},
]  # fmt: skip


def test_water_that_is_missing_under_stress_is_not_returned():
    plan = with_taps(*STRESS)
    assert plan.audit.passed, plan.audit.failures
    missing = plan.rows("shortage", village="riverside", **DRY)
    assert (missing["shortage_m3_per_day"] + missing["hauled_m3_per_day"]).sum() == pytest.approx(12.0)
    assert plan.row("wastewater", wastewater_area="town", **DRY)["arising_m3_per_day"] == pytest.approx(0.8 * 30)


def test_without_wastewater_the_model_has_no_column_or_row_for_it():
    compiled = build(resolved()).compile()
    for name in ("wastewater", "collected", "treated", "reused", "load_excess"):
        assert not compiled.variables[name].columns.size, name
    for name in ("wastewater_arises", "collected_is_treated", "reach_bears", "use_is_not_overfilled"):
        assert name not in compiled.families or not compiled.families[name].count, name


@pytest.mark.parametrize("periods", ["binding", "all"])
@pytest.mark.parametrize("load_limits", ["hard", "priced"])
def test_compiled_rows_of_wastewater_equal_plain_pyomo(periods, load_limits):
    changes = (NO_FILTERS, RICH, *USED_WATER, *CANAL, bears(5.0), THIRSTY_RICE, *STRESS)
    model = build(resolved(*changes, periods=periods, load_limits=load_limits))
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []
    assert model.compile().fallback == {}
