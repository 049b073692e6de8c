"""The compiled rows of every law are those that plain Pyomo makes of it, whatever the basin and the policy."""

import itertools

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyomo.environ import Constraint, Var, value

from datasets.synthetic import make
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from tests.optimization.tiny_basins import resolved, tutorial

FLOORS = [
    {"rung": 3, "share": 0.4, "within": "village"},
    {"rung": 4, "share": 0.5, "within": "account", "stage": "stage_0"},
    {"rung": 3, "share": 0.9, "within": "administration", "group": "poor"},
    {"rung": 5, "share": 0.3, "within": "basin", "hard": True},
]
SOUGHT = [[{"objective": "cost"}], [{"objective": "access"}, {"objective": "environmental_flow_deficit"}],
          [{"objective": "leximin"}, {"objective": "lorenz"}, {"objective": "mean_minus_gini"}]]  # fmt: skip

policies = st.fixed_dictionaries({
    "floors": st.lists(st.sampled_from(FLOORS), unique_by=str),
    "environmental_flow": st.sampled_from(["hard", "priced"]),
    "obligations": st.sampled_from(["hard", "priced"]),
    "periods": st.sampled_from(["binding", "all"]),
    "blending": st.sampled_from(["none", "chemicals"]),
    "objectives": st.sampled_from(SOUGHT),
})  # fmt: skip
basins = st.builds(
    make,
    villages=st.integers(1, 3),
    sites=st.integers(1, 2),
    stages=st.integers(1, 3),
    seasons=st.integers(1, 2),
    members=st.integers(1, 4),  # the fourth is a stress member
    seed=st.integers(0, 10**6),
    network=st.sampled_from(["star", "tree"]),
)


def keys_of(family):
    columns = [axis.tolist() for axis in family.indices]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def rows_that_differ(model, plain, draw):
    """Rows that a random point violates by another amount than Pyomo's own constraint, whichever side it is read from."""
    compiled = model.compile()
    point = draw.uniform(0.0, 2.0, compiled.column_count)
    for variable in plain.component_objects(Var):
        columns = compiled.variables[variable.local_name].columns
        for index in variable:
            variable[index].set_value(point[columns[() if index is None else index]], skip_validation=True)
    lies = compiled.matrix @ point
    violation = np.maximum(compiled.row_lower - lies, lies - compiled.row_upper)
    found = {}
    for constraint in plain.component_data_objects(Constraint):
        body = value(constraint.body)
        sides = [value(side, exception=False) for side in (constraint.lower, constraint.upper)]
        below, above = (-np.inf if side is None else sign * (side - body)
                        for side, sign in zip(sides, (1, -1), strict=True))  # fmt: skip
        found[constraint.parent_component().local_name.removeprefix("law_"), constraint.index()] = max(below, above)
    wrong = []
    for family in compiled.families.values():
        for row, key in zip(range(family.start, family.start + family.count), keys_of(family), strict=True):
            # Rows in which nothing can stand are not made by plain Pyomo at all.
            wanted = found.pop((family.name, key), None)
            if wanted is None:
                same = not compiled.matrix[[row]].nnz and violation[row] <= 0
            else:
                same = np.isclose(violation[row], wanted, rtol=1e-9, atol=1e-9)
            if not same:
                wrong.append(compiled.row_name(row))
    return wrong + list(found)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(basins, policies)
def test_compiled_rows_of_every_law_equal_plain_pyomo(basin, policy):
    model = build(resolved(basin=basin, **policy))
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []
    assert differences_from_plain_pyomo(model) == []


def test_the_comparison_sees_a_changed_coefficient():
    model = build(resolved())
    plain = model.to_pyomo()
    changed = build(resolved({"table": "links", "where": {"link": "raw_main"}, "set": {"loss_share": 0.01}}))
    wrong = rows_that_differ(changed, plain, np.random.default_rng(0))
    assert {name.split("[")[0] for name in wrong} >= {"site_balance", "train_capacity"}


def test_no_law_falls_back_to_rows_one_by_one():
    stressed = make(3, sites=1, stages=2, seasons=2, members=4, network="tree")
    for basin, policy in itertools.product((tutorial(), stressed), ({}, {"floors": [FLOORS[3]]})):
        compiled = build(resolved(basin=basin, **policy)).compile()
        assert compiled.fallback == {}


def test_every_column_and_every_row_of_a_place_knows_where_it_is():
    compiled = build(resolved(basin=make(3, sites=1, stages=2, seasons=2, members=4, network="tree"))).compile()
    place = compiled.column_label("place")
    for name in ("serves", "capacity", "chosen", "pipe_flow", "feed_flow", "safe_shortage"):
        assert (place[compiled.variables[name].columns] >= 0).all(), name
