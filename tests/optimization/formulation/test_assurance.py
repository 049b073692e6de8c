"""Required assurance, on the tutorial: in a drought, one year in ten, the intake gives 30 of the 42 m³ Riverside's taps draw.

Days of stress count beside those of the design years: a drought stands for 0.1 of 1.1 years, its dry season of 165 days for
0.1 · 165 / (1.1 · 365) = 4.11 % of all days, its wet season of 200 days for 4.98 %.
"""

import numpy as np
import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.demands import DEMANDS
from optimization.formulation import build
from optimization.frozen import short_deliveries, whole_values
from planner.plan.audit import audit
from planner.scenario.policy import AssuranceFloor
from planner.scenario.scenario import ScenarioError
from tests.optimization.formulation.test_institutions import STRESS, drought
from tests.optimization.formulation.test_water_laws import RIVERSIDE_WISHES, riverside
from tests.optimization.tiny_basins import Impossible, resolved
from tests.planner.plan.altering import change

DRY, WET = 0.1 * 165 / (1.1 * 365), 0.1 * 200 / (1.1 * 365)
YEARS = 1.8 + 1.152
"""What a dollar in every year of both stages is worth."""


def droughts(dry, wet):
    """The intake yields this in the seasons of the drought."""
    wetter = {"table": "source_yields", "set": {"yield_m3_per_day": wet},
              "where": {"source": "river_intake", "season": "wet", "member": "drought"}}  # fmt: skip
    return [*drought(dry), wetter]


def asked(share, **floor):
    return {"assurance_floors": [{"least_share": share, **floor}]}


def assured(plan, stage="stage_1"):
    return plan.row("assurance", village="riverside", stage=stage)


def test_a_village_is_short_on_the_days_of_both_seasons_where_nothing_is_asked():
    plan = riverside(*droughts(30.0, 35.0))
    row = assured(plan)
    assert row["assurance_share"] == pytest.approx(1 - DRY - WET)
    assert (row["required_share"], row["missed_share"]) == (0.0, 0.0)


def test_a_hard_floor_that_the_water_allows_changes_nothing():
    plan = riverside(*droughts(30.0, 35.0), **asked(1 - DRY - WET, hard=True))
    assert plan.audit.passed, plan.audit.failures
    assert assured(plan)["required_share"] == pytest.approx(1 - DRY - WET)
    assert assured(plan)["missed_share"] == 0.0


def test_a_hard_floor_beyond_what_the_water_allows_leaves_the_village_without_pipes():
    just = 1 - DRY - WET + 1e-4
    with pytest.raises(Impossible):
        riverside(*droughts(30.0, 35.0), **asked(just, hard=True))
    # Where taps may be missed at a price they are: who has no pipes lacks no piped water.
    plan = riverside(*droughts(30.0, 35.0), floor=RIVERSIDE_WISHES, **asked(just, hard=True))
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("riverside") == "as_before"
    assert assured(plan)["assurance_share"] == 1.0


def well(seasons=("dry",)):
    """A dear borehole of safe water beside Riverside, which gives 12 m³ a day in these seasons of the drought alone."""
    drawn = [(season, member, 12.0 if member == "drought" and season in seasons else 0.0)
             for season in ("dry", "wet") for member in ("normal_year", "dry_year", "drought")]  # fmt: skip
    return [
        {"table": "sources", "add": {"source": "well", "kind": "borehole", "administration": "lower_district",
                                     "longitude": 107.02, "latitude": 13.71, "elevation_m": 118.0}},
        {"table": "source_yields", "add": [{"source": "well", "season": season, "member": member, "yield_m3_per_day": given}
                                           for season, member, given in drawn]},
        {"table": "source_quality", "add": [{"source": "well", "season": season, "parameter": "turbidity", "value": 1.0}
                                            for season in ("dry", "wet")]},
        {"table": "links", "add": {"link": "well_pipe", "from_node": "well", "to_node": "riverside", "kind": "gravity",
                                   "length_km": 0.5, "lift_m": -5.0, "existing_capacity_m3_per_day": 60.0}},
        {"table": "options", "add": {"option": "well_drilled", "kind": "source_development", "place": "well",
                                     "technology": "borehole", "category": "source", "administration": "lower_district",
                                     "capex_usd": 50_000.0, "life_years": 20}},
    ]  # fmt: skip


def test_a_source_is_built_for_the_days_that_are_asked_for_and_for_no_others():
    short_of_both = riverside(*droughts(30.0, 35.0), *well())
    assert "well_drilled" not in short_of_both.serving()
    # With the well only the wet season is short. A floor that lets it be is met by that, one more day is out of reach.
    plan = riverside(*droughts(30.0, 35.0), *well(), **asked(1 - WET, hard=True))
    assert plan.audit.passed, plan.audit.failures
    assert "well_drilled" in plan.serving()
    assert assured(plan)["assurance_share"] == pytest.approx(1 - WET)
    with pytest.raises(Impossible):
        riverside(*droughts(30.0, 35.0), *well(), **asked(1 - WET + 1e-4, hard=True))
    plan = riverside(*droughts(30.0, 35.0), *well(("dry", "wet")), **asked(1.0, hard=True))
    assert assured(plan)["assurance_share"] == 1.0


def test_a_priced_floor_is_missed_by_the_days_beyond_and_its_price_is_no_cost():
    without = riverside(*droughts(30.0, 35.0))
    plan = riverside(*droughts(30.0, 35.0), **asked(0.95, missed_price_usd_per_person_day=0.01))
    assert plan.audit.passed, plan.audit.failures
    missed = DRY + WET - 0.05
    assert assured(plan)["missed_share"] == pytest.approx(missed)
    # 1000 persons at 0.01 USD on 365 days a year
    assert plan.penalty_usd - without.penalty_usd == pytest.approx(missed * 365 * 1000 * 0.01 * YEARS)
    assert plan.values.cost_usd == pytest.approx(without.values.cost_usd)


def test_a_floor_holds_from_its_stage_on_where_it_is_asked_and_is_not_stated_where_it_always_holds():
    from_second = resolved(*droughts(30.0, 35.0), **asked(0.95, stage="stage_2", administration="lower_district"))
    compiled = build(from_second).compile()
    (floors,) = compiled.families["assurance_is_kept"].sets
    assert floors.names == ("1:riverside:stage_2",)
    assert compiled.families["short_is_counted"].count == 2
    always = build(resolved(*droughts(30.0, 35.0), **asked(1 - DRY - WET))).compile()
    nothing = build(resolved(*droughts(30.0, 35.0))).compile()
    assert (always.row_count, always.column_count) == (nothing.row_count, nothing.column_count)
    assert "short" not in nothing.variables


def test_nothing_is_left_to_decide_where_a_single_season_would_be_too_many_days():
    tight = build(resolved(*droughts(30.0, 35.0), **asked(1 - DRY + 1e-3, hard=True))).compile()
    assert (tight.column_upper[tight.variables["short"].columns] == 0.0).all()
    one = build(resolved(*droughts(30.0, 35.0), **asked(1 - DRY - 1e-3, hard=True))).compile()
    assert set(one.column_upper[one.variables["short"].columns]) == {0.0, 1.0}


def test_compiled_rows_are_those_of_plain_pyomo():
    floors = [{"least_share": 0.95}, {"least_share": 0.98, "group": "poor", "hard": True, "stage": "stage_2"}]
    assert differences_from_plain_pyomo(build(resolved(*droughts(30.0, 35.0), assurance_floors=floors))) == []


def test_what_is_short_is_put_back_into_the_model_with_the_plan():
    plan = riverside(*droughts(30.0, 60.0), **asked(0.92))
    compiled = build(plan.scenario).compile()

    class Told:
        tables = plan.tables

    short = short_deliveries(Told(), plan.scenario, compiled)
    names = [name for name, there in zip(compiled.variables["short"].sets[0].names, short, strict=True) if there]
    assert names == ["riverside:stage_1/dry/drought", "riverside:stage_2/dry/drought"]
    whole = whole_values(Told(), plan.scenario, compiled)
    assert whole[compiled.variables["short"].columns].sum() == 2


def test_what_stands_in_the_way_is_said_in_water():
    said = DEMANDS["short_is_counted"].said(12.0, "riverside:stage_1/dry/drought")
    assert said == "For the assurance asked for, riverside lacks 12 m³/day in stage_1, dry, drought."


def test_floors_that_say_nothing_are_found():
    with pytest.raises(ScenarioError, match="no stress member"):
        resolved(**asked(0.95))
    with pytest.raises(ScenarioError, match="No link leads into"):
        resolved({"table": "links", "remove": True, "where": {"to_node": "farside"}, "with_dependents": True}, STRESS,
                 *drought(30.0)[1:], **asked(0.95, administration="far_district"))  # fmt: skip
    with pytest.raises(ScenarioError, match="no group"):
        resolved(*drought(30.0), **asked(0.95, group="rich"))


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("assurance_share", 0.99, "assurance"),
        ("required_share", 0.9, "assurance_required"),
        ("missed_share", 0.0, "assurance_missed"),
    ],
)
def test_the_audit_sees_falsified_assurance(column, value, code):
    plan = riverside(*droughts(30.0, 35.0), **asked(0.95))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "assurance", column, value, village="riverside")
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {code}


def test_the_audit_holds_a_hard_floor():
    plan = riverside(*droughts(30.0, 35.0), **asked(0.95))
    hard = (AssuranceFloor(least_share=0.95, hard=True),)
    policy = plan.scenario.policy.model_copy(update={"assurance_floors": hard})
    assert {check.code for check in audit(plan.scenario.basin, policy, plan.tables).failures} == {"assurance_hard"}
    assert np.isclose(assured(plan)["missed_share"], DRY + WET - 0.05)
