"""The plan's figures that rules speak of, as linear forms in the model's columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.algebra import Model
from planner.rules.vocabulary import VARIABLES
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import positions

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Quantity:
    """Figures of a shape: figure i, counted through, is matrix[i] · x + constant[i]."""

    shape: tuple[int, ...]
    matrix: sp.csr_array
    constant: Floats


class Quantities:
    """Every planned figure of a model; each is made when it is first asked for."""

    def __init__(self, model: Model, scenario: ResolvedScenario) -> None:
        self.model, self.scenario = model, scenario
        self._kept: dict[tuple[str, str], Quantity] = {}

    def of(self, table: str, column: str) -> Quantity:
        """One column of the plan's tables."""
        if (table, column) not in self._kept:
            self._kept[table, column] = MAKERS[table, column](self)
        return self._kept[table, column]

    @property
    def columns(self) -> int:
        """How many columns the model has so far."""
        return sum(one.size for one in self.model.variables.values())

    def column(self, variable: str) -> Integers:
        """Columns of a variable, in its shape."""
        found = self.model.variables[variable]
        return found.start + np.arange(found.size).reshape(found.shape)

    def form(
        self,
        shape: tuple[int, ...],
        cell: NDArray[Any],
        column: NDArray[Any],
        factor: NDArray[Any] | float,
        constant: Floats | float = 0.0,
    ) -> Quantity:
        """Figures of a shape from entries at cells, which are counted through."""
        cell, column, factor = (np.ravel(one) for one in np.broadcast_arrays(cell, column, np.asarray(factor, dtype=float)))
        size = int(np.prod(shape))
        matrix = sp.csr_array(sp.coo_array((factor, (cell, column)), shape=(size, self.columns)))
        return Quantity(shape, matrix, np.broadcast_to(np.asarray(constant, dtype=float), (size,)))


def _cells(shape: tuple[int, ...], *where: NDArray[Any]) -> Integers:
    return np.asarray(np.ravel_multi_index(tuple(np.broadcast_arrays(*where)), shape))


def _serves(q: Quantities) -> Quantity:
    columns = q.column("serves")
    return q.form(columns.shape, np.arange(columns.size).reshape(columns.shape), columns, 1.0)


def _capacity(q: Quantities) -> Quantity:
    works, columns = q.scenario.works, q.column("serves")
    shape = columns.shape
    cells = np.arange(columns.size).reshape(shape)
    treatment = np.flatnonzero(works.site >= 0)
    chosen = treatment[works.capacity_is_chosen[treatment]]
    fixed = np.setdiff1d(np.flatnonzero((works.source < 0) & np.isfinite(works.capacity_m3_per_day)), chosen)
    free = q.column("capacity")[np.searchsorted(treatment, chosen)]
    return q.form(
        shape,
        np.concatenate([cells[fixed].ravel(), cells[chosen].ravel()]),
        np.concatenate([columns[fixed].ravel(), free.ravel()]),
        np.concatenate([np.repeat(works.capacity_m3_per_day[fixed], shape[1]), np.ones(free.size)]),
    )


def _units(q: Quantities) -> Quantity:
    service, columns = q.scenario.service, q.column("units")
    village = np.asarray(q.model.index_sets["village_asset"].label("village"))
    asset = q.model.data_arrays["asset_of"].values.astype(int)
    shape = (len(q.scenario.network.villages), len(service.assets), columns.shape[1])
    return q.form(shape, _cells(shape, village[:, None], asset[:, None], np.arange(shape[2])), columns, 1.0)


def _persons(q: Quantities) -> Quantity:
    service, people = q.scenario.service, q.scenario.people
    candidate, stage, group, mode = np.nonzero(service.persons)
    shape = (len(q.scenario.network.villages), len(people.groups), service.persons.shape[1], len(people.modes))
    cells = _cells(shape, service.village[candidate], group, stage, mode)
    return q.form(shape, cells, q.column("chosen")[candidate, stage], service.persons[candidate, stage, group, mode])


def _period_shape(q: Quantities) -> tuple[int, int, int]:
    horizon = q.scenario.horizon
    return len(horizon.stages), len(horizon.seasons), len(horizon.members)


def _flow(q: Quantities) -> Quantity:
    network, works, periods = q.scenario.network, q.scenario.works, q.scenario.periods
    times = int(np.prod(_period_shape(q)))
    by_link = (len(network.links), times)
    every = np.arange(times)
    feeds = q.column("feed_flow")[:, periods.stands_for]
    factor = q.scenario.horizon.demand_factor[periods.period_season]
    pipes = q.column("pipe_flow")[:, periods.delivery[periods.stands_for]]
    return q.form(
        (len(network.links), *_period_shape(q)),
        np.concatenate(
            [_cells(by_link, works.feed_link[:, None], every).ravel(), _cells(by_link, network.pipes[:, None], every).ravel()]
        ),
        np.concatenate([feeds.ravel(), pipes.ravel()]),
        np.concatenate([np.broadcast_to(periods.scale, feeds.shape).ravel(), np.broadcast_to(factor, pipes.shape).ravel()]),
    )


def _outflow(q: Quantities) -> Quantity:
    periods, columns = q.scenario.periods, q.column("net_withdrawal")
    natural = q.scenario.river.natural_m3_per_day[:, periods.period_season, periods.period_member]
    cells = np.arange(columns.size).reshape(columns.shape)
    return q.form((len(columns), *_period_shape(q)), cells, columns, -1.0, natural.ravel())


def _delivered(q: Quantities) -> Quantity:
    """What is drawn from the river, and what of reuse arrives."""
    columns, reused = q.column("drawn"), q.column("reused")
    cells = np.arange(columns.size).reshape(columns.shape)
    use, arrives = (q.model.data_arrays[name].values for name in ("use_of_reuse", "reuse_arrives"))
    return q.form(
        (len(columns), *_period_shape(q)),
        np.concatenate([cells.ravel(), cells[use.astype(int)].ravel()]),
        np.concatenate([columns.ravel(), reused.ravel()]),
        np.concatenate([np.ones(columns.size), np.broadcast_to(arrives[:, None], reused.shape).ravel()]),
    )


def _fund(q: Quantities) -> Quantity:
    money, columns = q.scenario.money, q.column("fund")
    names = [name.split(":") for name in q.model.index_sets["grant"].names or ()]
    channel, category, account = ([name[part] for name in names] for part in range(3))
    shape = (len(money.channels), len(money.categories), len(money.accounts), columns.shape[1])
    where = positions(channel, money.channels), positions(category, money.categories), positions(account, money.accounts)
    cells = _cells(shape, *(one[:, None] for one in where), np.arange(shape[3]))
    return q.form(shape, cells, columns, 1000.0)


def _thousands(variable: str) -> Callable[[Quantities], Quantity]:
    def make(q: Quantities) -> Quantity:
        columns = q.column(variable)
        return q.form(columns.shape, np.arange(columns.size).reshape(columns.shape), columns, 1000.0)

    return make


def _supported(q: Quantities) -> Quantity:
    money, columns = q.scenario.money, q.column("supported")
    subsidy, account = np.nonzero(money.subsidy_reaches)
    shape = (len(money.subsidies), len(money.accounts), columns.shape[1])
    cells = _cells(shape, subsidy[:, None], account[:, None], np.arange(shape[2]))
    return q.form(shape, cells, columns, 1000.0)


MAKERS: dict[tuple[str, str], Callable[[Quantities], Quantity]] = {
    ("investments", "serves"): _serves,
    ("investments", "capacity_m3_per_day"): _capacity,
    ("village_assets", "units"): _units,
    ("service", "persons"): _persons,
    ("flows", "flow_m3_per_day"): _flow,
    ("river", "outflow_m3_per_day"): _outflow,
    ("use_deliveries", "delivered_m3_per_day"): _delivered,
    ("finance", "amount_usd"): _fund,
    ("channel_balances", "carried_usd"): _thousands("carried"),
    ("running_costs", "tariffs_usd_per_year"): _thousands("tariffs"),
    ("subsidies_paid", "amount_usd_per_year"): _supported,
}
assert MAKERS.keys() == VARIABLES.keys(), "every figure that rules may speak of is a linear form"
