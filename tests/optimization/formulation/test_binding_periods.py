"""Only some periods bind; the others are run like the one that stands for them, and lose nothing worth telling."""

import pytest

from datasets.synthetic import make
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, planned, resolved

TAPS_FOR_SOME = {"rung": 4, "share": 0.6, "within": "basin", "hard": True}
PLENTY = [{"table": "channel_amounts", "multiply": {"amount_usd": 20.0}},
          {"table": "subsidies", "multiply": {"amount_usd_per_year": 20.0}}]  # fmt: skip


def kept(scenario):
    """(season, member) of the binding periods of the first stage."""
    periods, horizon = scenario.periods, scenario.horizon
    return {(horizon.seasons[s], horizon.members[h])
            for t, s, h in zip(periods.stage, periods.season, periods.member, strict=True) if t == 0}  # fmt: skip


@pytest.mark.parametrize(
    ("seed", "villages", "stages", "members", "network"),
    [(2, 3, 1, 2, "star"), (1, 3, 1, 3, "tree"), (1, 3, 2, 2, "star"), (2, 2, 2, 4, "tree")],
)
def test_binding_periods_give_the_cost_of_all_periods_and_a_plan_that_holds_in_each(seed, villages, stages, members, network):
    basin = make(villages, sites=1, stages=stages, seasons=4 - stages, members=members, seed=seed, network=network)
    binding, every = (
        planned(resolved(NO_FILTERS, *PLENTY, basin=basin, floors=[TAPS_FOR_SOME], periods=periods), gap=1e-4)
        for periods in ("binding", "all")
    )
    assert binding.audit.passed, binding.audit.failures
    assert every.audit.passed, every.audit.failures
    assert binding.scenario.periods.count < every.scenario.periods.count
    assert not binding.tables["flows"].empty
    assert binding.objective == pytest.approx(every.objective, rel=1e-3)


def test_a_dominated_season_is_not_kept():
    # The dry season of the dry year has the least of everything, and people drink the same all year.
    assert kept(resolved()) == {("dry", "dry_year")}


def test_a_wetter_season_in_which_people_drink_more_is_kept():
    thirsty = {"table": "seasons", "where": {"season": "wet"}, "set": {"demand_factor": 1.25}}
    assert ("wet", "dry_year") in kept(resolved(thirsty))


def test_a_season_in_which_one_source_alone_is_lower_is_kept():
    lower = {"table": "source_yields", "where": {"source": "hill_spring", "season": "wet", "member": "normal_year"},
             "set": {"yield_m3_per_day": 5.0}}  # fmt: skip
    assert ("wet", "normal_year") in kept(resolved(lower))


def test_a_wet_season_of_which_nearly_all_is_owed_downstream_is_kept():
    owed = {"table": "obligations", "where": {"season": "wet"}, "set": {"flow_m3_per_day": 1480.0}}
    assert ("wet", "dry_year") in kept(resolved(owed))


def test_a_stress_member_never_stands_for_a_design_member():
    basin = make(3, sites=1, stages=1, seasons=3, members=5, seed=4)
    periods = resolved(basin=basin).periods
    design = resolved(basin=basin).horizon.design
    of_design = design[periods.period_member]
    assert not periods.stress[periods.stands_for[of_design]].any()


def test_days_of_all_periods_are_counted_once():
    thirsty = {"table": "seasons", "where": {"season": "wet"}, "set": {"demand_factor": 1.25}}
    for periods in ("binding", "all"):
        scenario = resolved(NO_FILTERS, RICH, thirsty, floors=[RIVERSIDE_TAPS], periods=periods)
        volume = scenario.periods.days_per_year * scenario.periods.factor
        assert volume[scenario.periods.stage == 0].sum() == pytest.approx(165 + 1.25 * 200)
        # 42 m³ on a mean day, each pumped for 0.01 USD and treated for 0.02.
        costs = planned(scenario).tables["costs"]
        water = costs.loc[costs["category"] == "water", "present_value_usd"].sum()
        assert water == pytest.approx(42 * (165 + 1.25 * 200) * 0.03 * (1.8 + 1.152))
