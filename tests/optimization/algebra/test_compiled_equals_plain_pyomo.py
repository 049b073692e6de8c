"""Compiling changes nothing: for any small network, each kind of law gives the rows that plain Pyomo gives."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimization.algebra import Model
from optimization.algebra.check import differences_from_plain_pyomo

Feature = Callable[[Model, np.random.Generator], None]
FEATURES: dict[str, Feature] = {}


def feature(add: Feature) -> Feature:
    FEATURES[add.__name__] = add
    return add


def network(seed: int, villages: int, links: int, stages: int) -> Model:
    """Villages, links that may lead nowhere, sites, stages; data with zeros, negative values and ties."""
    draw = np.random.default_rng(seed)
    m = Model("network")
    m.index_set("village", villages)
    m.index_set("link", links)
    m.index_set("stage", stages)
    m.variable("flow", m.link, m.stage, upper=draw.integers(1, 9, (links, 1)))
    m.variable("stands", m.link, m.stage, within="binary")
    m.variable("units", m.village, within="integer", upper=9)
    m.variable("balance", m.village, m.stage, within="reals", lower=-5)
    m.variable("worst")
    m.data("loss", draw.choice([0.0, 0.25, 0.5], links))
    m.data("need", draw.integers(-2, 4, (villages, stages)).astype(float))
    m.data("price", draw.normal(size=(links, stages)))
    m.data("earlier", np.maximum(np.arange(stages) - 1, 0))
    m.data("upstream", draw.integers(0, villages, villages))
    m.data("budget", 7.5)
    m.neighbours("links_into", m.village, m.link, owner=draw.integers(-1, villages, links))
    owners, members = draw.integers(0, villages, 2 * links), draw.integers(0, links, 2 * links)
    m.neighbours("served_by", m.village, m.link, pairs=(owners, members))
    return m


@feature
def balance_over_neighbours(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village, m.stage)
    def safe_water(m: Any, v: Any, t: Any) -> Any:
        return sum((1 - m.loss[i]) * m.flow[i, t] for i in m.links_into[v]) + m.balance[v, t] >= m.need[v, t]


@feature
def neighbours_given_twice_count_twice(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village)
    def repeated(m: Any, v: Any) -> Any:
        return sum(m.flow[i, t] for i in m.served_by[v] for t in m.stage) - m.units[v] <= 3


@feature
def rows_where_a_mask_is_true(m: Model, draw: np.random.Generator) -> None:
    shape = (m.index_sets["link"].size, m.index_sets["stage"].size)

    @m.law(m.link, m.stage, where=draw.random(shape) < 0.6)
    def chosen(m: Any, i: Any, t: Any) -> Any:
        return m.flow[i, t] <= m.price[i, t] * m.stands[i, t]


@feature
def what_stands_stays(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.link, m.stage, where=np.arange(m.index_sets["stage"].size) >= 1)
    def monotone(m: Any, i: Any, t: Any) -> Any:
        return m.stands[i, t] >= m.stands[i, t - 1]


@feature
def data_as_an_index(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.link, m.stage)
    def built(m: Any, i: Any, t: Any) -> Any:
        return m.stands[i, t] - m.stands[i, m.earlier[t]] <= abs(m.price[i, m.earlier[m.earlier[t]]])


@feature
def neighbours_of_another_village(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village, m.stage)
    def cascade(m: Any, v: Any, t: Any) -> Any:
        below = sum(m.flow[i, t] * m.price[i, t] for i in m.links_into[m.upstream[v]])
        return below - m.balance[m.upstream[v], t] == m.units[v] / 4


@feature
def nested_sums_and_products(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village)
    def nested(m: Any, v: Any) -> Any:
        inner = sum(m.loss[i] * sum(m.price[i, t] * m.flow[i, t] + 1 for t in m.stage) for i in m.links_into[v])
        return 2 * (inner - 3 * m.units[v]) / (1 + m.need[v, 0] ** 2) <= m.budget - m.worst


@feature
def sum_of_data(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village, m.stage)
    def largest(m: Any, v: Any, t: Any) -> Any:
        most = sum(m.price[i, t] * m.loss[i] for i in m.served_by[v]) + sum(m.need[v, p] for p in m.stage)
        return m.balance[v, t] * most - m.worst <= abs(most) + 1


@feature
def ranges(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village, m.stage)
    def between(m: Any, v: Any, t: Any) -> Any:
        return (m.need[v, t] - 1, m.balance[v, t] + m.need[v, t] - m.worst, m.need[v, t] + 2)

    @m.law(m.village)
    def pyomo_range(m: Any, v: Any) -> Any:
        return pyo.inequality(-np.inf, m.units[v] + m.worst, m.budget)


@feature
def one_row_over_everything(m: Model, draw: np.random.Generator) -> None:
    @m.law()
    def money(m: Any) -> Any:
        return sum(m.price[i, t] * m.stands[i, t] for i in m.link for t in m.stage) <= m.budget + m.worst


@feature
def single_items(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.stage)
    def first_link(m: Any, t: Any) -> Any:
        return m.flow[0, t] + 2 * m.flow[0, 0] - m.worst == m.price[0, t] * t


@feature
def data_dependent_if(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.link, m.stage)
    def lossy(m: Any, i: Any, t: Any) -> Any:
        if m.loss[i] > 0.2:
            return m.flow[i, t] <= 3 * m.stands[i, t]
        return pyo.Constraint.Skip


@feature
def sum_over_a_set_and_a_python_range(m: Model, draw: np.random.Generator) -> None:
    last = m.index_sets["stage"].size

    @m.law(m.village)
    def mixed(m: Any, v: Any) -> Any:
        return m.worst + sum(m.flow[i, t] for i in m.links_into[v] for t in range(last)) <= 3


@feature
def sum_with_a_condition(m: Model, draw: np.random.Generator) -> None:
    @m.law(m.village)
    def tight(m: Any, v: Any) -> Any:
        return m.worst + sum(m.flow[i, 0] for i in m.links_into[v] if m.loss[i] < 0.3) <= 3


@feature
def conditions_kept_in_a_neighbour_set(m: Model, draw: np.random.Generator) -> None:
    owner = draw.integers(-1, m.index_sets["village"].size, m.index_sets["link"].size)
    m.neighbours("tight_links_into", m.village, m.link, owner=owner, where=m.loss.values < 0.3)

    @m.law(m.village)
    def kept(m: Any, v: Any) -> Any:
        return m.worst + sum(m.flow[i, 0] for i in m.tight_links_into[v]) <= 3


@feature
def researcher_s_own_constraint(m: Model, draw: np.random.Generator) -> None:
    def loop(m: Any, v: Any) -> Any:
        total = 0
        for i in m.links_into[v]:
            total = total + m.flow[i, 0]
        return (None, total + m.units[v], 9)

    m.pyomo_constraint("loop", m.village, rule=loop)


@feature
def fixed_variables(m: Model, draw: np.random.Generator) -> None:
    m.fix("units", 2)
    m.bound("balance", upper=draw.random(m.index_sets["stage"].size))


@feature
def objective_terms(m: Model, draw: np.random.Generator) -> None:
    @m.term("cost", m.link, m.stage)
    def capital(m: Any, i: Any, t: Any) -> Any:
        return m.price[i, t] * (m.stands[i, t] - m.stands[i, m.earlier[t]]) + m.loss[i]

    @m.term("shortage", m.village)
    def unserved(m: Any, v: Any) -> Any:
        return m.units[v] + sum(m.flow[i, 0] * m.need[v, 0] for i in m.served_by[v])


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.sets(st.sampled_from(sorted(FEATURES)), min_size=1, max_size=4),
    seed=st.integers(0, 10_000),
    villages=st.integers(1, 4),
    links=st.integers(1, 6),
    stages=st.integers(1, 3),
)
def test_any_mixture_of_laws_compiles_to_plain_pyomo_s_rows(
    names: set[str], seed: int, villages: int, links: int, stages: int
) -> None:
    m = network(seed, villages, links, stages)
    for name in sorted(names):
        FEATURES[name](m, np.random.default_rng(seed))
    assert differences_from_plain_pyomo(m) == []


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_only_rules_that_look_at_data_are_expanded_row_by_row(name: str) -> None:
    m = network(3, villages=4, links=6, stages=3)
    FEATURES[name](m, np.random.default_rng(3))
    assert differences_from_plain_pyomo(m) == []
    expected = {
        "data_dependent_if": {"lossy"},
        "researcher_s_own_constraint": {"loop"},
        "sum_over_a_set_and_a_python_range": {"mixed"},
        "sum_with_a_condition": {"tight"},
    }
    assert set(m.compile().fallback) == expected.get(name, set())


def test_the_comparison_sees_a_wrong_coefficient_bound_and_missing_row() -> None:
    m = network(3, villages=4, links=6, stages=3)
    balance_over_neighbours(m, np.random.default_rng(3))
    m.pyomo.loss.values[:] += 0.1
    compiled = m.compile()
    m.compile = lambda: compiled  # type: ignore[method-assign]
    assert differences_from_plain_pyomo(m) == []
    compiled.matrix.data[0] += 0.5
    compiled.row_lower[-1] -= 1
    found = differences_from_plain_pyomo(m)
    assert len(found) == 2
    assert all("safe_water" in difference for difference in found)
