"""Conservation as an aim, on the tutorial: what each part is a share of, and what is done for it."""

import dataclasses
from functools import cache

import pytest
from pydantic import ValidationError

from optimization import Limits, solve
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from planner.scenario.policy import Conservation
from planner.scenario.scenario import ScenarioError
from tests.optimization.formulation.test_groundwater import BOREHOLE, DRAWN, aquifer
from tests.optimization.formulation.test_protected_reaches import PROTECTED
from tests.optimization.formulation.test_water_laws import THIRSTY_RIVER, riverside
from tests.optimization.formulation.wastewater_basin import USED_WATER
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, resolved
from tests.planner.plan.altering import change

AIM = {"objectives": [{"objective": "conservation"}]}
NOTHING = {"environmental_flow": 0.0, "groundwater": 0.0, "protected_reaches": 0.0, "wastewater": 0.0}
NO_RIVER_NEED = {"table": "environmental_flow", "remove": True}
COULD_GIVE = (0.75 * 150 + 0.25 * 120) * 165 + 150 * 200
"""What the intake could give in a year: 142.5 m³ a day in the dry season, 150 in the wet one."""


def only(part):
    return NOTHING | {part: 1.0}


def value_of(plan):
    return float(plan.row("objectives", objective="conservation")["value"])


def test_what_new_sources_take_from_protected_reaches_is_a_share_of_what_they_could_give():
    plan = riverside(PROTECTED, **AIM, conservation=only("protected_reaches"))
    assert plan.audit.passed, plan.audit.failures
    assert value_of(plan) == pytest.approx(DRAWN / COULD_GIVE)
    # The river's need is a second part of the tutorial, which is held hard and lacks nothing: half as much by equal weights.
    assert value_of(riverside(PROTECTED, **AIM)) == pytest.approx(DRAWN / COULD_GIVE / 2)
    weighed = NOTHING | {"protected_reaches": 3.0, "environmental_flow": 1.0}
    assert value_of(riverside(PROTECTED, **AIM, conservation=weighed)) == pytest.approx(0.75 * DRAWN / COULD_GIVE)


def test_what_rivers_lack_is_a_share_of_all_that_they_need():
    plan = riverside(THIRSTY_RIVER, **AIM, conservation=only("environmental_flow"), environmental_flow="priced")
    assert plan.audit.passed, plan.audit.failures
    river = plan.tables["river"]
    days = river["season"].map({"dry": 165, "wet": 200}) * river["member"].map({"normal_year": 0.75, "dry_year": 0.25})
    # 12 m³ a day lack in the dry season of the dry year, once rice takes nothing; both stages are alike.
    needed = float((river["required_m3_per_day"] * days).sum()) / 2
    assert value_of(plan) == pytest.approx(12.0 * 165 * 0.25 / needed)


def test_overdraft_is_a_share_of_all_sustainable_yields():
    plan = riverside(aquifer(DRAWN - 1000.0), BOREHOLE, groundwater="priced", **AIM, conservation=only("groundwater"))
    assert plan.audit.passed, plan.audit.failures
    assert value_of(plan) == pytest.approx(1000.0 / (DRAWN - 1000.0))


def test_wastewater_is_treated_for_the_sake_of_conservation_and_not_at_least_cost():
    policy = {"conservation": only("wastewater"), "load_limits": "priced", "load_price_usd_per_kg": 1e-6}
    cheap = riverside(*USED_WATER, **policy)
    plan = riverside(*USED_WATER, **AIM, **policy)
    assert plan.audit.passed, plan.audit.failures
    assert cheap.tables["wastewater"]["untreated_m3_per_day"].max() > 0
    assert value_of(plan) < 1e-6
    assert plan.tables["wastewater"]["untreated_m3_per_day"].max() == pytest.approx(0.0, abs=1e-4)


def test_cost_decides_among_plans_that_conserve_as_much():
    aims = [{"objective": "conservation"}, {"objective": "cost"}]
    scenario = resolved(NO_FILTERS, RICH, PROTECTED, floors=[RIVERSIDE_TAPS], objectives=aims)
    plan = solve(scenario, Limits(time_seconds=30, relative_gap=1e-6))
    assert plan.audit.passed, plan.audit.failures
    told = plan.tables["objectives"].set_index("objective")
    assert told["order"][["conservation", "cost"]].tolist() == [1, 2]
    assert told.loc["conservation", "value"] == pytest.approx(DRAWN / COULD_GIVE / 2, rel=2e-3)
    assert told.loc["conservation", "unit"] == "share"
    assert told.loc["conservation", "bound"] <= told.loc["conservation", "value"] + 1e-9


def test_no_term_unless_it_is_sought():
    assert "conservation" not in build(resolved(PROTECTED)).compile().objectives
    assert "conservation" not in riverside(PROTECTED).tables["objectives"]["objective"].tolist()


def test_compiled_rows_and_terms_are_those_of_plain_pyomo():
    changes = [NO_FILTERS, RICH, PROTECTED, *USED_WATER, aquifer(9.0), BOREHOLE]
    scenario = resolved(*changes, groundwater="priced", environmental_flow="priced", **AIM)
    assert scenario.conservation.whole.keys() == NOTHING.keys()
    assert differences_from_plain_pyomo(build(scenario)) == []


@cache
def from_a_protected_reach():
    return riverside(PROTECTED, **AIM)


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("objective_conservation", lambda t: change(t, "objectives", "value", 0.0, objective="conservation")),
        ("objective_unit", lambda t: change(t, "objectives", "unit", "persons", objective="conservation")),
        ("objective_order", lambda t: change(t, "objectives", "order", 0, objective="conservation")),
        ("objective_told", lambda t: change(t, "objectives", "objective", "harmony", objective="conservation")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = from_a_protected_reach()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_indicators_tell_every_part_and_their_mean():
    plan = riverside(PROTECTED)
    told = {i.name: i.value for i in indicators(dataclasses.make_dataclass("With", ["basin", "tables"])(
        plan.scenario.basin, plan.tables))}  # fmt: skip
    assert told["conservation_protected_reaches"] == pytest.approx(DRAWN / COULD_GIVE)
    assert told["conservation"] == pytest.approx(DRAWN / COULD_GIVE / 2)
    assert "conservation_wastewater" not in told


def test_conservation_of_nothing_is_refused():
    with pytest.raises(ValidationError):
        Conservation(**NOTHING)
    with pytest.raises(ScenarioError):
        resolved(NO_RIVER_NEED, **AIM)
