"""Figures of rules: on plans that random prices call for, every form is what the plan's table tells."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.whole_tutorial import CHANGES
from optimization.aims import levels_of
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.results import tables_of
from optimization.rules.quantities import Quantities
from planner.rules import vocabulary
from planner.rules.facts import Facts
from tests.optimization.tiny_basins import optimum, resolved

FLOOR = {"rung": 3, "share": 0.9, "hard": True}


def told(frame, table, column, facts):
    """A column of the plan's table over the sets of its indices; what is told of one more thing is summed."""
    sets = vocabulary.VARIABLES[table, column]
    where = [facts.members(name).get_indexer(pd.Index(frame[name].astype(object))) for name in sets]
    found = np.zeros([len(facts.members(name)) for name in sets])
    np.add.at(found, tuple(where), frame[column].to_numpy(float))
    return found


@pytest.fixture(scope="module", params=[1, 2, 3])
def a_plan(request):
    """A plan that is best under random prices, with what its model says of each figure."""
    scenario = resolved(*CHANGES, floors=[FLOOR], water_stress="hard")
    model = build(scenario)
    quantities = Quantities(model, scenario)
    compiled = model.compile()
    chance = np.random.default_rng(request.param)
    price = chance.random(compiled.column_count)
    bounded = np.isfinite(compiled.column_upper) & np.isfinite(compiled.column_lower)
    price[bounded] *= chance.choice([-1.0, 1.0], size=int(bounded.sum()))
    price[~np.isfinite(compiled.column_lower)] = 0.0
    level = levels_of(scenario.policy, scenario, compiled)[0]
    asked = replace(problem_of(scenario, compiled, level, [], None), objective=price, objective_constant=0.0)
    solution, _ = optimum(asked, gap=0.05)
    return scenario, quantities, solution, tables_of(scenario, compiled, solution)[0]


@pytest.mark.parametrize("table", dict.fromkeys(table for table, _ in vocabulary.VARIABLES))
def test_forms_are_what_tables_tell(a_plan, table):
    scenario, quantities, solution, tables = a_plan
    facts = Facts(scenario.basin)
    for _, column in (one for one in vocabulary.VARIABLES if one[0] == table):
        quantity = quantities.of(table, column)
        stated = (quantity.matrix @ solution + quantity.constant).reshape(quantity.shape)
        counted = told(tables[table], table, column, facts)
        assert stated.shape == counted.shape, column
        assert np.abs(stated - counted).max() <= 1e-4 * (1 + np.abs(counted).max()), column


def test_somewhere_each_figure_is_more_than_nothing(a_plan):
    _, quantities, _, _ = a_plan
    assert [key for key in vocabulary.VARIABLES if not quantities.of(*key).matrix.nnz] == []
