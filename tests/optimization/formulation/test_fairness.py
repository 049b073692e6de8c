"""Aims of fairness: as brute force finds them, without levelling down, and nothing in the model unless asked for."""

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from optimization.algebra import Model
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.fair_aims import fair_aims
from optimization.formulation import build, fairness
from optimization.solving.problem import plain_problem
from planner.scenario.policy import FAIRNESS_AIMS, Fairness, Objective, Policy
from planner.scenario.resolved.parties import parties_of
from tests.optimization.tiny_basins import optimum, planned, resolved

CASES = 200
HALF_THE_MONEY = {"table": "channel_amounts", "multiply": {"amount_usd": 0.5}}
BY_DISTRICT = {"between": "administration_groups", "stage": "stage_1"}


def drawn_case(seed):
    """Two to four villages, three plans each, one of which keeps the baseline and costs nothing; money for some only."""
    draw = np.random.default_rng(seed)
    villages = int(draw.integers(2, 5))
    persons = draw.integers(20, 400, villages).astype(float)
    share = np.sort(draw.integers(0, 11, (villages, 3)) / 10, axis=1)
    cost = np.sort(draw.integers(1, 20, (villages, 3)), axis=1).astype(float)
    cost[:, 0] = 0.0
    return persons, share, cost, float(draw.uniform(0.2, 0.8) * cost[:, 2].sum())


def scenario_of(persons, share, aims):
    """As much of a scenario as fairness reads: one stage, one group."""
    villages = len(persons)
    village = np.repeat(np.arange(villages), 3)
    at_or_above = (persons[village] * share.ravel())[:, None, None, None] * (np.arange(1, 6) <= 4)
    names = pd.Series([f"v{v}" for v in range(villages)], dtype=object)
    return SimpleNamespace(
        basin=SimpleNamespace(tables={"villages": pd.DataFrame({"village": names, "administration": "here"})}),
        policy=Policy.model_construct(  # all aims at once: more than a policy may have
            objectives=tuple(Objective(objective=aim) for aim in aims), fairness=Fairness(between="villages", worst_count=2)
        ),
        horizon=SimpleNamespace(stage_weight=np.ones(1), stages=pd.Index(["now"])),
        people=SimpleNamespace(groups=pd.Index(["all"]), persons=persons[:, None, None]),
        money=SimpleNamespace(accounts=pd.Index(["here"]), account_positions=lambda home: np.zeros(len(home), int)),
        service=SimpleNamespace(village=village, at_or_above=at_or_above),
    )


def model_of(scenario, cost, money):
    model = Model("fair")
    villages = len(cost)
    model.index_set("village", villages)
    model.index_set("stage", 1)
    model.index_set("candidate", 3 * villages)
    model.neighbours("candidates_of", model.village, model.candidate, owner=scenario.service.village)
    model.variable("chosen", model.candidate, model.stage, within="binary")
    model.data("price", cost.ravel())
    model.data("money", money)

    @model.law(model.village, model.stage)
    def one_plan(m, v, t):
        return sum(m.chosen[c, t] for c in m.candidates_of[v]) == 1

    @model.law(model.stage)
    def enough_money(m, t):
        return sum(m.price[c] * m.chosen[c, t] for c in m.candidate) <= m.money

    fairness.add(model, scenario)
    return model


def least(compiled, names):
    """The least values of objectives, one after the other, each held before the next."""
    held, found = [], []
    for name in names:
        coefficients, _ = compiled.objective_vector({name: 1.0})
        rows = sp.vstack([compiled.matrix, *(sp.csr_array(row[None]) for row, _ in held)])
        problem = plain_problem(
            sp.csc_array(rows),
            (np.append(compiled.row_lower, np.full(len(held), -np.inf)),
             np.append(compiled.row_upper, [most for _, most in held])),
            (compiled.column_lower, compiled.column_upper), compiled.integer, coefficients,
        )  # fmt: skip
        _, value = optimum(problem)
        found.append(value)
        held.append((coefficients, value + 1e-7))
    return found


def by_brute_force(persons, share, cost, money):
    """Of all that the money allows: the least value of each aim from its plain definition."""
    w = persons / persons.sum()
    omega = np.array([3, 2, 1])[: len(persons)]
    lacks = np.array([
        1 - share[np.arange(len(persons)), picked] for picked in itertools.product(range(3), repeat=len(persons))
        if cost[np.arange(len(persons)), picked].sum() <= money
    ])  # fmt: skip
    worst = -np.sort(-lacks, axis=1)
    sums = np.cumsum(worst, axis=1) / np.arange(1, len(persons) + 1)
    pairs = np.abs(lacks[:, :, None] - lacks[:, None, :]) @ w @ w / 2
    order = np.argsort(-lacks, axis=1)
    shares = w[order]
    before = np.cumsum(shares, axis=1) - shares
    tenths = [(np.clip(b / 10 - before, 0, shares) * worst).sum(axis=1) for b in range(1, 11)]
    return {
        "max_min": worst[:, 0].min(),
        "worst_sum": sums[:, 1].min(),
        "owa": (worst[:, : len(omega)] @ omega / omega.sum()).min(),
        "leximin": np.array(min(map(tuple, np.round(worst, 9)))),
        "lorenz": np.mean(tenths, axis=0).min(),
        "mean_minus_gini": (lacks @ w + pairs / 2).min(),
    }


def case(seed, aims):
    """A drawn case with these aims: the least values of each aim's objectives, and by brute force."""
    persons, share, cost, money = drawn_case(seed)
    scenario = scenario_of(persons, share, aims)
    compiled = model_of(scenario, cost, money).compile()
    objectives = fair_aims(scenario.policy, len(persons)).objectives
    found = {aim: least(compiled, [one.name for one in objectives if one.name.startswith(aim)]) for aim in aims}
    return found, by_brute_force(persons, share, cost, money)


def test_leximin_equals_brute_force_on_random_cases():
    for seed in range(CASES):
        found, true = case(seed, ["leximin"])
        # The values are means of the k worst; times k, one after the other, they give back who lacks what.
        sums = np.array(found["leximin"]) * np.arange(1, len(found["leximin"]) + 1)
        assert np.diff(sums, prepend=0.0) == pytest.approx(true["leximin"], abs=1e-5), seed


def test_the_other_aims_equal_brute_force_on_random_cases():
    others = [aim for aim in FAIRNESS_AIMS if aim != "leximin"]
    for seed in range(CASES, CASES + 20):
        found, true = case(seed, others)
        for aim in others:
            assert found[aim] == pytest.approx([true[aim]], abs=1e-6), (seed, aim)


@pytest.mark.parametrize("aims", [FAIRNESS_AIMS[:3], FAIRNESS_AIMS[3:]])
def test_compiled_rows_of_fairness_equal_plain_pyomo(aims):
    scenario = resolved(objectives=[{"objective": aim} for aim in aims], fairness={"between": "account_groups"})
    assert differences_from_plain_pyomo(build(scenario)) == []


def test_without_an_aim_of_fairness_the_model_knows_of_none():
    plain = build(resolved()).compile()
    other = build(resolved(fairness={"between": "villages", "rung": 3})).compile()
    assert "lack" not in plain.variables
    assert (plain.row_count, plain.column_count) == (other.row_count, other.column_count)


@pytest.mark.parametrize("aim", FAIRNESS_AIMS)
def test_a_fair_plan_never_gives_anyone_less_than_the_baseline(aim):
    scenario = resolved(HALF_THE_MONEY, objectives=[{"objective": aim}], fairness=BY_DISTRICT)
    plan = planned(scenario)
    assert plan.audit.passed, plan.audit.failures
    people = scenario.people
    for stage, name in enumerate(scenario.horizon.stages):
        table = plan.rows("service", stage=name)
        for rung in range(1, 6):
            now = table[table["rung"] >= rung].groupby(["village", "group"])["persons"].sum()
            before = people.baseline(stage)[:, :, people.rung >= rung].sum(axis=2)
            for v, village in enumerate(scenario.network.villages):
                for g, group in enumerate(people.groups):
                    assert now.get((village, group), 0.0) >= before[v, g] - 1e-6


def test_parties_count_persons_over_the_years_of_all_stages():
    scenario = resolved()
    names = {}
    for between in ("villages", "administrations", "administration_groups", "accounts", "account_groups", "groups"):
        parties = parties_of(scenario.basin, Fairness(between=between), scenario.horizon, scenario.people, scenario.money)
        names[between] = list(parties.names)
        assert parties.persons.sum() == pytest.approx(float((scenario.people.persons @ scenario.horizon.stage_weight).sum()))
        assert parties.shares.sum() == pytest.approx(1.0)
    assert names["villages"] == ["hilltop", "riverside", "farside"]
    assert names["groups"] == ["poor", "other"]
    assert names["account_groups"][:3] == ["upper_district:poor", "upper_district:other", "lower_district:poor"]
