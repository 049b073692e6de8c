"""Figures of a plan as linear forms in the model's columns, and what many of them are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Part = tuple[NDArray[Any], NDArray[Any], NDArray[Any] | float]
"""Cells, which are counted through; columns; factors. They are broadcast to one another."""


@dataclass(frozen=True)
class Quantity:
    """Figures of a shape: figure i, counted through, is matrix[i] · x + constant[i]."""

    shape: tuple[int, ...]
    matrix: sp.csr_array
    constant: Floats


class Forms:
    """A model's columns by name, and forms over them."""

    def __init__(self, model: Model, scenario: ResolvedScenario) -> None:
        self.model, self.scenario = model, scenario

    @property
    def columns(self) -> int:
        """How many columns the model has so far."""
        return sum(one.size for one in self.model.variables.values())

    def column(self, variable: str) -> Integers:
        """Columns of a variable, in its shape."""
        found = self.model.variables[variable]
        return found.start + np.arange(found.size).reshape(found.shape)

    def values(self, data: str) -> NDArray[Any]:
        """An array of the model's data."""
        return np.asarray(self.model.data_arrays[data].values)

    def form(self, shape: tuple[int, ...], *parts: Part, constant: Floats | float = 0.0) -> Quantity:
        """Figures of a shape, each the sum of the entries at its cell."""
        size = int(np.prod(shape))
        cells, columns, factors = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
        for part in parts:
            cell, column, factor = (np.ravel(one) for one in np.broadcast_arrays(*part))
            entries = np.flatnonzero(factor)
            cells.append(cell[entries])
            columns.append(column[entries])
            factors.append(factor[entries].astype(float))
        entries_at = np.concatenate(cells), np.concatenate(columns)
        matrix = sp.csr_array(sp.coo_array((np.concatenate(factors), entries_at), shape=(size, self.columns)))
        return Quantity(shape, matrix, np.broadcast_to(np.asarray(constant, dtype=float), shape).ravel())

    def scaled(self, quantity: Quantity, factor: NDArray[Any] | float) -> Quantity:
        """Every figure times its own factor, which is broadcast to the figures' shape."""
        by = np.broadcast_to(np.asarray(factor, dtype=float), quantity.shape).ravel()
        return Quantity(quantity.shape, sp.csr_array(sp.diags_array(by) @ quantity.matrix), quantity.constant * by)

    def difference(self, left: Quantity, right: Quantity) -> Quantity:
        """Figures of one shape, less those of another one."""
        return Quantity(left.shape, sp.csr_array(left.matrix - right.matrix), left.constant - right.constant)

    def owned(self, inner: Quantity, owner: Integers, size: int) -> Quantity:
        """Sums of figures along their first axis, by owner; -1 is nobody's."""
        rest = int(np.prod(inner.shape[1:]))
        member = np.flatnonzero(owner >= 0)
        row = (owner[member][:, None] * rest + np.arange(rest)).ravel()
        column = (member[:, None] * rest + np.arange(rest)).ravel()
        gather = sp.csr_array(sp.coo_array((np.ones(len(row)), (row, column)), shape=(size * rest, int(np.prod(inner.shape)))))
        return Quantity((size, *inner.shape[1:]), sp.csr_array(gather @ inner.matrix), gather @ inner.constant)

    @property
    def period_shape(self) -> tuple[int, int, int]:
        """Stages, seasons, members."""
        horizon = self.scenario.horizon
        return len(horizon.stages), len(horizon.seasons), len(horizon.members)

    @property
    def period_count(self) -> int:
        """Operating periods."""
        return int(np.prod(self.period_shape))

    def by_period(self, columns: Integers, factor: NDArray[Any] | float = 1.0) -> Quantity:
        """(n, T, S, H) of columns (n, T·S·H)."""
        shape = (len(columns), *self.period_shape)
        return self.form(shape, (np.arange(columns.size).reshape(columns.shape), columns, factor))

    def feeds(self) -> Quantity:
        """(F, T, S, H) flow of each feed, m³/day."""
        periods = self.scenario.periods
        return self.by_period(self.column("feed_flow")[:, periods.stands_for], periods.scale)

    def pipes(self) -> Quantity:
        """(L', T, S, H) what enters each link into a village, m³/day."""
        periods = self.scenario.periods
        factor = self.scenario.horizon.demand_factor[periods.period_season]
        return self.by_period(self.column("pipe_flow")[:, periods.delivery[periods.stands_for]], factor)

    def feeds_in_year(self) -> Quantity:
        """(F, T, H) of each feed in a year that is like each member, m³."""
        return self._in_year("feed_flow", np.arange(self.scenario.periods.count), 1.0)

    def pipes_in_year(self) -> Quantity:
        """(L', T, H) of each link into a village in a year that is like each member, m³."""
        periods = self.scenario.periods
        return self._in_year("pipe_flow", periods.delivery, periods.factor[:, None])

    def _in_year(self, variable: str, at: Integers, factor: NDArray[Any] | float) -> Quantity:
        columns, periods, horizon = self.column(variable), self.scenario.periods, self.scenario.horizon
        shape = (len(columns), len(horizon.stages), len(horizon.members))
        days = self.values("days_of_member") * 1000 * factor
        where = cells(
            shape, np.arange(len(columns))[:, None, None], periods.stage[None, :, None], np.arange(shape[2])[None, None, :]
        )
        return self.form(shape, (where, columns[:, at][:, :, None], days[None]))

    def feeds_expected(self, column: str = "feed_flow") -> Quantity:
        """(n, T) of columns (n, B) in the expected year, m³."""
        periods = self.scenario.periods
        return self._expected(column, periods.stage, periods.days_per_year)

    def pipes_expected(self, column: str = "pipe_flow") -> Quantity:
        """(n, T) of columns (n, D) in the expected year, m³."""
        periods = self.scenario.periods
        return self._expected(column, periods.delivery_stage, periods.delivery_days_per_year)

    def _expected(self, variable: str, stage: Integers, days: Floats) -> Quantity:
        columns = self.column(variable)
        shape = (len(columns), len(self.scenario.horizon.stages))
        return self.form(shape, (cells(shape, np.arange(len(columns))[:, None], stage[None]), columns, days[None]))

    def of_plans(self, size: int, owner: Integers, figure: NDArray[Any]) -> Quantity:
        """(size, T, …) of what each candidate (C, T, …) means for its owner, -1 for none, by the plan that is followed."""
        chosen, known = self.column("chosen"), np.flatnonzero(owner >= 0)
        shape = (size, *figure.shape[1:])
        rest = int(np.prod(figure.shape[2:]))
        where = (owner[known, None, None] * figure.shape[1] + np.arange(figure.shape[1])[None, :, None]) * rest + np.arange(rest)
        return self.form(shape, (where, chosen[known][:, :, None], figure[known].reshape(len(known), figure.shape[1], rest)))

    def count(self) -> Quantity:
        """(O, T) how many of each option stand."""
        serves, further, modular = self.column("serves"), self.column("further"), self.scenario.works.modular
        at = np.arange(serves.size).reshape(serves.shape)
        return self.form(serves.shape, (at, serves, 1.0), (at[modular], further, 1.0))

    def capacity(self) -> Quantity:
        """(O, T) capacity of each treatment train that may stand, 0 for other options, m³/day."""
        works, columns = self.scenario.works, self.column("capacity")
        shape = (len(works.options), columns.shape[1])
        treatment = np.flatnonzero(works.site >= 0)
        return self.form(shape, (cells(shape, treatment[:, None], np.arange(shape[1])), columns, 1.0))

    def units(self) -> Quantity:
        """(V, Q, T) units of each asset in each village."""
        service, columns = self.scenario.service, self.column("units")
        village = np.asarray(self.model.index_sets["village_asset"].label("village"))
        asset = self.values("asset_of").astype(int)
        shape = (len(self.scenario.network.villages), len(service.assets), columns.shape[1])
        return self.form(shape, (cells(shape, village[:, None], asset[:, None], np.arange(shape[2])), columns, 1.0))

    def added(self, *quantities: Quantity) -> Quantity:
        """The sum of figures of one shape."""
        matrix = sum((one.matrix for one in quantities[1:]), quantities[0].matrix)
        return Quantity(quantities[0].shape, sp.csr_array(matrix), np.sum([one.constant for one in quantities], axis=0))

    def constant(self, values: Floats) -> Quantity:
        """Figures without anything planned."""
        return self.form(values.shape, constant=values)


def cells(shape: tuple[int, ...], *where: NDArray[Any]) -> Integers:
    """Positions of figures, counted through, from their positions along each axis."""
    return np.asarray(np.ravel_multi_index(tuple(np.broadcast_arrays(*where)), shape))


Maker = Callable[[Forms], Quantity]
"""Makes the form of one column of the plan's tables."""
