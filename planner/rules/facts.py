"""What a basin says to a rule: members of sets, given figures, and what belongs to what, as arrays."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.basin import Basin
from planner.basin.tables import ROW_OF
from planner.checks.report import did_you_mean
from planner.rules import vocabulary
from planner.rules.errors import RuleError
from planner.rules.names import link_columns
from planner.rules.tree import Index

Floats = NDArray[np.float64]
Kept = TypeVar("Kept")
_UPWARDS = {"administration": "parent", "reach": "downstream"}
"""Sets in which one member belongs to another one: column that names it."""


class Facts:
    """The basin with a scenario's changes, read as rules need it. What was read is kept."""

    def __init__(self, basin: Basin) -> None:
        self.basin = basin
        self._kept: dict[Hashable, Any] = {}

    def members(self, dimension: str) -> pd.Index:
        """Names of a set's members, in the order of their table."""
        return self._once(("members", dimension), lambda: self._members(dimension))

    def position(self, index: Index, dimension: str) -> int:
        """Position of a member that is named in quotes. Raises RuleError."""
        members = self.members(dimension)
        found = int(members.get_indexer(pd.Index([index.name], dtype=object))[0])
        if found < 0:
            near = did_you_mean(index.name, [str(name) for name in members])
            raise RuleError(f"There is no {dimension} {index.name!r}.", index.span, near or f"Name one of the {dimension}s.")
        return found

    def given(self, table: str, column: str) -> Floats:
        """A column of the basin over its indices; NaN where it is blank, 0 where there is no row."""
        return self._once(("given", table, column), lambda: self._given(table, column))

    def attribute(self, dimension: str, column: str) -> NDArray[Any]:
        """A column of a set's own table over its members: numbers, or names (None where blank)."""
        return self._once(("attribute", dimension, column), lambda: self._attribute(dimension, column))

    def belongs(self, dimension: str, owner: str) -> NDArray[np.bool_]:
        """(members, owners) whether a member belongs to an owner, directly or to one that belongs to it."""
        return self._once(("belongs", dimension, owner), lambda: self._belongs(dimension, owner))

    def owners(self, dimension: str, name: str) -> list[str]:
        """Sets that a member may belong to and in which there is a member of this name."""
        reached = dict.fromkeys(one for names in vocabulary.references(dimension).values() for one in names)
        return [one for one in reached if name in self.members(one)]

    def belongs_to_named(self, dimension: str, owner: Index) -> NDArray[np.bool_]:
        """(members,) whether a member belongs to what is named in quotes. Raises RuleError where nothing is called so."""
        named = self.owners(dimension, owner.name)
        if not named:
            message = f"A {dimension} belongs to nothing that is called {owner.name!r}."
            raise RuleError(message, owner.span, "Use a name that the basin has.")
        return np.asarray(np.any([self.belongs(dimension, one)[:, self.position(owner, one)] for one in named], axis=0))

    def _once(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        if key not in self._kept:
            self._kept[key] = make()
        kept: Kept = self._kept[key]
        return kept

    def _rows(self, dimension: str) -> pd.DataFrame:
        frame = self.basin.tables[vocabulary.dimensions()[dimension]]
        return frame[frame["account"].to_numpy(bool)] if dimension == "account" else frame

    def _members(self, dimension: str) -> pd.Index:
        column = "administration" if dimension == "account" else dimension
        names = self._rows(dimension)[column].astype(object).drop_duplicates()
        found: pd.Index = pd.Index(names.tolist(), dtype=object)
        return found

    def _given(self, table: str, column: str) -> Floats:
        frame = self.basin.tables[table]
        keys = ROW_OF[table].key
        shape = tuple(len(self.members(key)) for key in keys)
        where = tuple(self.members(key).get_indexer(pd.Index(frame[key].astype(object))) for key in keys)
        known = np.all([one >= 0 for one in where], axis=0)
        values = np.zeros(shape)
        values[tuple(one[known] for one in where)] = frame[column].to_numpy(float, na_value=np.nan)[known]
        return values

    def _attribute(self, dimension: str, column: str) -> NDArray[Any]:
        values = self._rows(dimension)[column]
        if vocabulary.attributes(dimension)[column].kind in vocabulary.FIGURES:
            return np.asarray(values.to_numpy(float, na_value=np.nan))
        return np.array([value if isinstance(value, str) else None for value in values], dtype=object)

    def _belongs(self, dimension: str, owner: str) -> NDArray[np.bool_]:
        if owner == "account":
            return self._accounts(dimension)
        columns = link_columns(dimension, owner)
        direct = np.zeros((len(self.members(dimension)), len(self.members(owner))), bool)
        for column in columns:
            named = self.members(owner).get_indexer(pd.Index(self.attribute(dimension, column)))
            known = np.flatnonzero(named >= 0)
            direct[known, named[known]] = True
        if owner not in _UPWARDS:
            return direct
        above = self.above(owner)
        return above if dimension == owner else np.asarray(direct.astype(float) @ above.astype(float) > 0)

    def above(self, dimension: str) -> NDArray[np.bool_]:
        """(members, members) whether the second is the first, or reached from it upwards (a parent, what is downstream)."""
        return self._once(("above", dimension), lambda: self._above(dimension))

    def _above(self, dimension: str) -> NDArray[np.bool_]:
        members = self.members(dimension)
        step = members.get_indexer(pd.Index(self.attribute(dimension, _UPWARDS[dimension])))
        reached = np.eye(len(members), dtype=bool)
        at = np.arange(len(members))
        for _ in range(len(members)):
            going = at >= 0
            at = np.where(going, step[np.maximum(at, 0)], -1)
            here = np.flatnonzero(at >= 0)
            if not len(here) or reached[here, at[here]].all():
                break
            reached[here, at[here]] = True
        return reached

    def _accounts(self, dimension: str) -> NDArray[np.bool_]:
        """The nearest administration upwards that has an account."""
        administrations, accounts = self.members("administration"), self.members("account")
        step = administrations.get_indexer(pd.Index(self.attribute("administration", "parent")))
        nearest = accounts.get_indexer(administrations)
        at = np.arange(len(administrations))
        for _ in range(len(administrations)):
            at = np.where((nearest < 0) & (at >= 0), step[np.maximum(at, 0)], at)
            found = np.where((nearest < 0) & (at >= 0), accounts.get_indexer(administrations.take(np.maximum(at, 0))), -1)
            nearest = np.where(nearest < 0, found, nearest)
            if not ((nearest < 0) & (at >= 0)).any():
                break
        own = self._belongs_directly(dimension)
        named = np.where(own >= 0, nearest[np.maximum(own, 0)], -1)
        result = np.zeros((len(own), len(accounts)), bool)
        known = np.flatnonzero(named >= 0)
        result[known, named[known]] = True
        return result

    def _belongs_directly(self, dimension: str) -> NDArray[np.intp]:
        administrations = self.members("administration")
        if dimension in ("administration", "account"):
            return np.asarray(administrations.get_indexer(self.members(dimension)))
        column = link_columns(dimension, "administration")[0]
        return np.asarray(administrations.get_indexer(pd.Index(self.attribute(dimension, column))))
