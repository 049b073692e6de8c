"""Mixing at a train: the river has too much arsenic for Riverside's works, and a clean spring makes up for it."""

import numpy as np
import pytest
from scipy.optimize import linprog

from datasets.synthetic import make
from optimization.formulation import build
from planner.plan.audit import audit
from planner.scenario.policy import Policy
from tests.optimization.formulation.test_compiled_formulation import rows_that_differ
from tests.optimization.tiny_basins import NO_FILTERS, NO_MEMBRANES, RICH, RIVERSIDE_TAPS, Impossible, planned, resolved

DRY = {"stage": "stage_1", "season": "dry", "member": "dry_year"}
WET = {**DRY, "season": "wet"}
ARSENIC = {"table": "parameters", "add": {"parameter": "arsenic", "unit": "µg/L", "guideline_value": 10.0}}
SPRING_MAIN = [
    {"table": "links", "add": {"link": "spring_main", "from_node": "hill_spring", "to_node": "works", "kind": "gravity",
                               "length_km": 9.0, "lift_m": -200.0}},
    {"table": "options", "add": {
        "option": "spring_main_dn63", "kind": "conveyance", "place": "spring_main", "technology": "pipe_dn63",
        "category": "conveyance", "administration": "lower_district", "capacity_m3_per_day": 60.0, "capex_usd": 500.0,
        "life_years": 20}},
    {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": 40.0}},
]  # fmt: skip


def arsenic(river_dry, river_wet, spring=0.0):
    rows = [("river_intake", "dry", river_dry), ("river_intake", "wet", river_wet), ("hill_spring", "dry", spring),
            ("hill_spring", "wet", spring)]  # fmt: skip
    return [ARSENIC, {"table": "source_quality", "add": [
        {"source": source, "season": season, "parameter": "arsenic", "value": value} for source, season, value in rows
    ]}]  # fmt: skip


def riverside(*changes, **policy):
    every = (NO_FILTERS, NO_MEMBRANES, RICH, *SPRING_MAIN, *changes)
    return planned(resolved(*every, floors=[RIVERSIDE_TAPS], **policy))


def fed(plan, link, where):
    found = plan.rows("flows", link=link, **where)["flow_m3_per_day"]
    return float(found.sum())


def test_a_source_with_too_much_may_not_be_used_on_its_own_nor_mixed_unless_the_policy_allows_it():
    with pytest.raises(Impossible):  # the spring's 40 are less than the 42 that Riverside takes
        riverside(*arsenic(30.0, 30.0))


def test_the_mix_holds_just_the_guideline_value():
    # 42 m³/day, of which x from the river at 30 µg/L and 42 − x from the spring at 5 µg/L; no train removes arsenic:
    # 30 x + 5 (42 − x) ≤ 10 · 42, so x ≤ 210 / 25 = 8.4. With 33.6 of spring water, so long as the spring gives that.
    spring = {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": 33.6}}
    plan = riverside(spring, *arsenic(30.0, 30.0, spring=5.0), blending="chemicals")
    assert plan.audit.passed, plan.audit.failures
    assert fed(plan, "raw_main", DRY) == pytest.approx(8.4)
    assert fed(plan, "spring_main", DRY) == pytest.approx(33.6)
    row = plan.row("quality", parameter="arsenic", site="works", **DRY)
    assert (row["raw_value"], row["treated_value"]) == (pytest.approx(10.0), pytest.approx(10.0))
    with pytest.raises(Impossible):
        short = {**spring, "set": {"yield_m3_per_day": 33.5}}
        riverside(short, *arsenic(30.0, 30.0, spring=5.0), blending="chemicals")


def test_what_a_train_removes_lets_more_of_the_river_in():
    # Half of the arsenic goes: 15 x + 2.5 (42 − x) ≤ 420, so x ≤ 25.2; 16.8 from the spring are enough.
    removal = {"table": "train_removals", "add": {"train": "slow_sand_chlorine", "parameter": "arsenic", "removal_share": 0.5}}
    spring = {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": 16.8}}
    plan = riverside(removal, spring, *arsenic(30.0, 30.0, spring=5.0), blending="chemicals")
    assert plan.audit.passed, plan.audit.failures
    assert fed(plan, "raw_main", DRY) == pytest.approx(25.2)
    assert plan.row("quality", parameter="arsenic", site="works", **DRY)["raw_value"] == pytest.approx(20.0)


def test_losses_on_the_way_count_before_the_mix():
    # A fifth of the river water is lost on its way: 8.4 arrive of 10.5.
    lossy = {"table": "links", "where": {"link": "raw_main"}, "set": {"loss_share": 0.2}}
    spring = {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": 33.6}}
    plan = riverside(lossy, spring, *arsenic(30.0, 30.0, spring=5.0), blending="chemicals")
    assert plan.audit.passed, plan.audit.failures
    assert fed(plan, "raw_main", DRY) == pytest.approx(10.5)


def test_a_season_with_worse_water_is_a_period_of_its_own():
    """The wet season has more water and no more demand, but other water: the dry one no longer stands for it."""
    alike = resolved(*SPRING_MAIN, *arsenic(30.0, 20.0), blending="chemicals")
    worse = resolved(*SPRING_MAIN, *arsenic(20.0, 30.0), blending="chemicals")
    plain = resolved(*SPRING_MAIN, *arsenic(20.0, 30.0))
    assert alike.periods.count == plain.periods.count < worse.periods.count


@pytest.mark.parametrize("periods", ["binding", "all"])
def test_each_season_is_mixed_for_itself(periods):
    # Dry: the river is good enough. Wet: 100 µg/L, x ≤ 10 · 42 / 100 = 4.2, so 37.8 come from the spring.
    plan = riverside(*arsenic(8.0, 100.0), blending="chemicals", periods=periods)
    assert plan.audit.passed, plan.audit.failures
    assert fed(plan, "spring_main", WET) >= 37.8 - 1e-6
    assert plan.rows("quality", parameter="arsenic")["treated_value"].max() <= 10.0 + 1e-6


def test_pathogens_are_not_diluted():
    asked = {"table": "sources", "where": {"source": "river_intake"}, "set": {"required_log_removal_protozoa": 3.0}}
    with pytest.raises(Impossible):
        riverside(asked, *arsenic(5.0, 5.0), blending="chemicals")


def test_a_source_that_nothing_dilutes_is_not_in_the_model():
    scenario = resolved(*arsenic(30.0, 30.0), blending="chemicals")
    assert len(scenario.works.feed_link) == 0
    assert len(resolved(*arsenic(30.0, 8.0), blending="chemicals").works.feed_link) == 2  # in the wet season both trains


def test_where_every_source_is_safe_alone_blending_changes_no_row():
    with_it, without = (build(resolved(blending=blending)).compile() for blending in ("chemicals", "none"))
    assert (with_it.row_count, with_it.column_count) == (without.row_count, without.column_count)


def test_rows_equal_plain_pyomo():
    model = build(resolved(*SPRING_MAIN, *arsenic(20.0, 30.0), blending="chemicals"))
    assert model.compile().families["mixed_quality"].count > 0
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []


def test_the_audit_mixes_for_itself():
    plan = riverside(*arsenic(8.0, 100.0), blending="chemicals")
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    flows = tables["flows"]
    wet = flows["season"] == "wet"
    flows.loc[wet & (flows["link"] == "raw_main"), "flow_m3_per_day"] += 5.0
    flows.loc[wet & (flows["link"] == "spring_main"), "flow_m3_per_day"] -= 5.0
    failed = {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
    assert {"mixed_guideline", "mixed_raw"} <= failed
    alone = {check.code for check in audit(plan.scenario.basin, Policy(floors=plan.scenario.policy.floors), plan.tables).failures}
    assert "feed_unsafe" in alone


@pytest.mark.parametrize("seed", range(3))
def test_the_least_spring_water_in_a_mix_is_what_a_linear_programme_of_its_own_says(seed):
    """Three parameters at random: 42 m³/day can be mixed with the least that a small linear programme finds, not with less."""
    draw = np.random.default_rng(seed)
    raw = np.stack([draw.uniform(5, 40, 3), draw.uniform(0, 9, 3)])  # river, spring
    names = ["arsenic", "nitrate", "iron"]
    parameters = [{"parameter": name, "unit": "mg/L", "guideline_value": 10.0} for name in names]
    values = [{"source": source, "season": season, "parameter": name, "value": float(raw[row, column])}
              for row, source in enumerate(("river_intake", "hill_spring"))
              for column, name in enumerate(names) for season in ("dry", "wet")]  # fmt: skip
    least = linprog([0, 1], A_ub=(raw - 10.0).T, b_ub=np.zeros(3), A_eq=[[1, 1]], b_eq=[42.0]).x[1]
    changes = ({"table": "parameters", "add": parameters}, {"table": "source_quality", "add": values})

    def with_spring(gives):
        spring = {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": gives}}
        return riverside(*changes, spring, blending="chemicals")

    plan = with_spring(float(least) + 1e-4)
    assert plan.audit.passed, plan.audit.failures
    assert fed(plan, "spring_main", DRY) == pytest.approx(least, abs=1e-3)
    with pytest.raises(Impossible):
        with_spring(float(least) - 1e-2)


def test_synthetic_basins_are_planned_and_audited_with_blending():
    basin = make(2, sites=2, stages=1, seasons=2, members=2, seed=1, network="star")
    plan = planned(resolved(basin=basin, blending="chemicals", floors=[{"rung": 4, "share": 0.5, "within": "basin"}]), gap=0.01)
    assert plan.audit.passed, plan.audit.failures


def test_a_basin_without_parameters_has_no_blend_and_an_empty_table():
    nothing = [
        {"table": table, "remove": True, "where": {"parameter": "turbidity"}}
        for table in ("train_removals", "source_quality", "parameters")
    ]
    plan = planned(resolved(NO_FILTERS, RICH, *nothing, floors=[RIVERSIDE_TAPS], blending="chemicals"))
    assert plan.audit.passed, plan.audit.failures
    assert len(plan.tables["quality"]) == len(plan.scenario.blends.option) == 0
