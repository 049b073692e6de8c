"""Every combination of what may be built, tried one after the other, finds no better plan than `solve`."""

import itertools

import numpy as np
import pandas as pd
import pytest

from optimization import Limits, solve
from tests.optimization.tiny_basins import NO_FILTERS, ONE_STAGE, RICH, Impossible, compiled_problem, optimum, resolved

LOGIC = (
    "pipe_needs_train", "pipe_needs_pipe", "train_needs_main", "main_needs_source", "safe_taps_need_pipe",
    "raw_taps_need_pipe",
)  # fmt: skip
SERVED = {"rung": 4, "share": 0.5, "within": "account", "missed_price_usd_per_person_year": 40.0}


def drawn_costs(seed):
    """The tutorial's options at other prices."""
    draw = np.random.default_rng(seed)
    options = ["spring_box", "spring_pipe_dn63", "intake_well", "raw_main_dn110", "works_slow_sand", "works_membrane",
               "riverside_pipe_dn63", "riverside_pipe_dn110", "farside_pipe_dn63"]  # fmt: skip
    return [{"table": "options", "where": {"option": option}, "multiply": {"capex_usd": float(factor)}}
            for option, factor in zip(options, draw.uniform(0.1, 2.0, len(options)), strict=True)]  # fmt: skip


def combinations(scenario):
    """(combinations, options) flags: all that no exclusive group rules out."""
    works = scenario.works
    of_group = pd.Series(np.arange(len(works.options))).groupby(works.exclusive_group)
    choices = []
    for group, members in of_group:
        if group < 0:
            choices.extend([[()], [(option,)]] for option in members)
        else:
            choices.append([[()], *([(option,)] for option in members)])
    picks = [[choice[0] for choice in group] for group in choices]
    built = np.zeros((int(np.prod([len(group) for group in picks])), len(works.options)), bool)
    for row, combination in enumerate(itertools.product(*picks)):
        built[row, list(itertools.chain(*combination))] = True
    return built


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_combination_of_works_is_better_than_the_plan_and_no_row_of_logic_cuts_one_off(seed):
    scenario = resolved(*ONE_STAGE, RICH, NO_FILTERS, *drawn_costs(seed), floors=[SERVED])
    compiled, problem = compiled_problem(scenario)
    logic = np.concatenate([np.arange(compiled.families[name].start,
                                      compiled.families[name].start + compiled.families[name].count)
                            for name in LOGIC if name in compiled.families])  # fmt: skip
    assert len(logic)
    problem.row_lower[logic], problem.row_upper[logic] = -np.inf, np.inf
    serves = compiled.variables["serves"].columns[:, 0]
    best, best_built = np.inf, ()
    for built in combinations(scenario):
        problem.column_lower[serves] = problem.column_upper[serves] = built
        try:
            _, objective = optimum(problem)
        except Impossible:
            continue
        if objective < best:
            best, best_built = objective, frozenset(scenario.works.options[built])
    plan = solve(scenario, Limits(time_seconds=30, relative_gap=0.0))
    assert plan.passed, plan.audit.failures
    assert plan.record["levels"][0]["value"] / 1000 == pytest.approx(best, rel=1e-6)
    told = plan.tables["investments"]
    assert frozenset(told.loc[told["serves"], "option"]) == best_built
