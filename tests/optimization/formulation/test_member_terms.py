"""Each concern says itself what it misses in one member: none is forgotten where the members are weighed."""

from typing import get_args

import numpy as np
import pytest

from optimization.formulation import build
from planner.scenario.policy import Policy
from tests.optimization.formulation.test_administration_licences import licence
from tests.optimization.formulation.test_groundwater import BOREHOLE, DRAWN, aquifer
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.formulation.wastewater_basin import CANAL, THIRSTY_RICE, USED_WATER, bears
from tests.optimization.tiny_basins import resolved

PRICED = {name: "priced" for name, field in Policy.model_fields.items() if "priced" in get_args(field.annotation)}
"""Whatever a policy may hold hard or priced, a concern that comes tomorrow too."""
OF_A_MEMBER = {"stress", "period", "binding", "delivery", "member"}
DRY_IS_STRESS = (
    {"table": "members", "where": {"member": "dry_year"}, "set": {"kind": "stress", "probability": 0.1}},
    {"table": "members", "where": {"member": "normal_year"}, "set": {"probability": 1.0}},
)
BASINS = {
    "tutorial": lambda **policy: resolved(licence(9.0), aquifer(9.0), BOREHOLE, *DRY_IS_STRESS, **policy),
    "wastewater": lambda **policy: resolved(*USED_WATER, *CANAL, THIRSTY_RICE, bears(1.0), *DRY_IS_STRESS, **policy),
}


@pytest.mark.parametrize("basin", BASINS)
def test_whatever_is_missed_in_some_member_says_what_it_is_in_one(basin):
    terms = build(BASINS[basin](**PRICED)).terms["penalty"]
    differing = {name for name, term in terms.items() if OF_A_MEMBER & {one.name for one in term.sets}}
    assert {name for name, term in terms.items() if term.in_member is not None} == differing
    assert {"shortage", "hauling", "taken_beyond_licences", "groundwater_overdrawn", "load_exceeded"} <= differing


@pytest.mark.parametrize("basin", BASINS)
@pytest.mark.parametrize("periods", ["binding", "all"])
@pytest.mark.parametrize(
    ("law", "own", "objective"), [("member_misses", "missed_in", "penalty"), ("member_runs", "runs_in", "cost")]
)
def test_the_mean_of_the_members_is_the_term_itself(basin, periods, law, own, objective):
    scenario = BASINS[basin](**PRICED, periods=periods, risk_attitude={"attitude": "worst"})
    model = build(scenario)
    compiled = model.compile()
    family = compiled.families[law]
    rows = compiled.matrix[family.start : family.start + family.count].toarray()
    rows[:, compiled.variables[own].columns] = 0.0
    horizon = scenario.horizon
    # Energy and chemicals are expected over the design members, misses over all.
    often = horizon.probability if objective == "penalty" else np.where(horizon.design, horizon.probability, 0.0)
    expected = np.zeros(compiled.column_count)
    for name, term in model.terms[objective].items():
        if term.in_member is not None:
            linear = compiled.objectives[objective][name]
            np.add.at(expected, linear.columns, linear.values)
    assert np.abs(expected).max() > 0
    assert often @ rows == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_water_beyond_a_licence_is_of_the_member_in_which_it_is_taken():
    beyond = {"administration_licences": "priced", "administration_licence_price_usd_per_m3": 0.4}
    plan = riverside(licence(DRAWN - 1000.0), **beyond, risk_attitude={"attitude": "worst"})
    assert plan.audit.passed, plan.audit.failures
    without = riverside(risk_attitude={"attitude": "worst"})
    for member in ("normal_year", "dry_year"):
        missed = [one.row("member_costs", member=member)["missed_usd"] for one in (plan, without)]
        # 1000 m³ a year at 0.4 USD, in two stages whose years are worth 1.8 and 1.152.
        assert missed[0] - missed[1] == pytest.approx(1000.0 * 0.4 * (1.8 + 1.152))
    assert plan.values.risk_usd - without.values.risk_usd == pytest.approx(1000.0 * 0.4 * (1.8 + 1.152))
