"""What a policy says of fairness and bounds is checked against the basin before anything is solved."""

import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.scenario import references
from planner.scenario.policy import Bound, Fairness, Objective, Policy
from planner.scenario.references import policy_findings


@pytest.fixture(scope="module")
def basin():
    return Basin.read(find("tutorial"))


def test_a_stage_that_is_not_there_is_named(basin):
    (found,) = policy_findings(basin, Policy(fairness=Fairness(stage="stage_9")))
    assert (found.code, found.value) == ("scenario.reference", "stage_9")


def test_too_many_parties_for_all_pairs_are_refused(basin, monkeypatch):
    policy = Policy(objectives=(Objective(objective="mean_minus_gini"),))
    assert list(policy_findings(basin, policy)) == []
    monkeypatch.setattr(references, "PARTIES_IN_PAIRS_AT_MOST", 5)
    (found,) = policy_findings(basin, policy)
    assert "8 parties" in found.message  # four accounts, two groups


def test_an_objective_is_bounded_once(basin):
    twice = tuple(Bound(objective="cost", at_most=most) for most in (1.0, 2.0))
    (found,) = policy_findings(basin, Policy(bounds=twice))
    assert found.code == "scenario.key_twice"


def test_weights_that_rise_are_refused():
    with pytest.raises(ValueError, match="never rise"):
        Fairness(weights=(1.0, 2.0))
