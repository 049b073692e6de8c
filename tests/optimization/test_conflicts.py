"""Where no plan exists, the answer says what lacks, where, and how much."""

import pytest

from datasets.infeasible import infeasible
from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve

NAMED = {
    "budget_too_small": "conflict.channel",
    "money_too_late": "conflict.channel",
    "no_channel_eligible": "conflict.eligibility",
    "running_costs_uncovered": "conflict.running_costs",
    "sources_too_small": "conflict.source",
    "licence_too_small": "conflict.licence",
    "river_keeps_everything": "conflict.environmental_flow",
    "all_owed_downstream": "conflict.obligation",
    "lead_time_too_long": "conflict.floor",
}


def why_not(basin, scenario):
    with pytest.raises(NoPlan) as outcome:
        solve(resolve(basin, scenario), Limits(time_seconds=30, relative_gap=0.9))
    assert outcome.value.status == "infeasible"
    return outcome.value.findings


@pytest.mark.parametrize(("cause", "code"), NAMED.items())
def test_the_demand_that_lacks_most_is_named_first_with_a_remedy(cause, code):
    case = infeasible(cause)
    first, *_ = why_not(case.basin, case.scenario)
    assert first.code == code
    assert first.remedy


def test_money_that_comes_too_late_is_told_in_dollars_of_its_stage():
    case = infeasible("money_too_late")
    (lacks,) = why_not(case.basin, case.scenario)
    assert lacks.message.endswith("USD in stage_0.")


def test_what_is_told_to_be_lacking_is_at_least_lacking():
    case = infeasible("money_too_late")
    (lacks,) = why_not(case.basin, case.scenario)
    told = float(lacks.message.split("lacks ")[1].split(" USD")[0].replace(",", ""))
    tables = dict(case.basin.tables)
    amounts = tables["channel_amounts"].copy()
    here = (amounts["channel"] == lacks.message.split()[2]) & (amounts["stage"] == "stage_0")
    amounts.loc[here, "amount_usd"] = 0.9 * told
    tables["channel_amounts"] = amounts
    (still,) = why_not(type(case.basin)(case.basin.settings, tables), case.scenario)
    assert still.code == "conflict.channel"
