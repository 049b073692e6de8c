"""A model as it is stated: ordinary Pyomo rules over index sets, variables and data with names, titles and units."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike

from optimization.algebra import sets as relations
from optimization.algebra.data import Data, DataItem
from optimization.algebra.declarations import (
    DOMAIN_BOUNDS,
    Domain,
    Law,
    Term,
    Variable,
    chosen_positions,
)
from optimization.algebra.errors import ModelError
from optimization.algebra.families import Place

if TYPE_CHECKING:
    from optimization.algebra.compiled import CompiledModel
    from optimization.algebra.mathematics import FamilyMathematics, Symbol

Rule = TypeVar("Rule", bound=Callable[..., Any])
PYOMO_DOMAINS = {
    "nonnegative": pyo.NonNegativeReals,
    "binary": pyo.Binary,
    "reals": pyo.Reals,
    "integer": pyo.NonNegativeIntegers,
}


class Model:
    """Declarations on a Pyomo ConcreteModel (`pyomo`); whatever is declared is reachable as `model.<name>`.

    Rules are called with that ConcreteModel and their index values. They must reach everything through that first
    argument, for `to_pyomo` calls them with another model.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.pyomo: Any = pyo.ConcreteModel(name=name)
        self.index_sets: dict[str, relations.IndexSet] = {}
        self.variables: dict[str, Variable] = {}
        self.data_arrays: dict[str, Data] = {}
        self.neighbour_sets: dict[str, relations.NeighbourSet] = {}
        self.laws: dict[str, Law] = {}
        self.terms: dict[str, dict[str, Term]] = {}

    def __getattr__(self, name: str) -> Any:
        if name == "pyomo":
            raise AttributeError(name)
        try:
            return getattr(self.pyomo, name)
        except AttributeError:
            raise AttributeError(f"model {self.name!r} declares no {name!r}") from None

    def index_set(
        self,
        name: str,
        members: int | Sequence[str],
        title: str = "",
        labels: Mapping[str, ArrayLike] | None = None,
    ) -> Any:
        """Declares the set 0 … n - 1 and returns it; `labels` say for each member which village, site … it is at."""
        self.index_sets[self._free(name)] = relations.index_set(name, members, title, labels)
        return self._attach(name, pyo.RangeSet(0, self.index_sets[name].size - 1))

    def variable(
        self,
        name: str,
        *sets: Any,
        within: Domain = "nonnegative",
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
        unit: str = "",
        title: str = "",
        place: Place = None,
    ) -> Any:
        """Declares a variable over the product of sets and returns the Pyomo Var.

        Bounds broadcast to the shape. Without them: nonnegative and integer (whole numbers) from 0 up, binary 0 to 1,
        reals free.
        """
        if within not in DOMAIN_BOUNDS:
            raise ModelError(f"variable {name!r}: within must be one of {', '.join(DOMAIN_BOUNDS)}, not {within!r}")
        least, most = (np.asarray(bound) for bound in DOMAIN_BOUNDS[within])
        start = sum(one.size for one in self.variables.values())
        variable = Variable(name, self._sets(sets), within, least, most, unit, title or name, place, start)
        variable.set_bounds(lower, upper)
        self.variables[self._free(name)] = variable
        variable.component = self._attach(name, pyomo_variable(variable, sets, dense=False))
        return variable.component

    def data(self, name: str, values: ArrayLike, unit: str = "", title: str = "") -> Any:
        """Declares an array of numbers and returns it; without indices it is itself a number in a rule."""
        data = Data(self._free(name), values, unit, title)
        self.data_arrays[name] = data
        return self._attach(name, data if data.values.ndim else DataItem((), data))

    def neighbours(
        self,
        name: str,
        owners: Any,
        members: Any,
        owner: ArrayLike | None = None,
        pairs: tuple[ArrayLike, ArrayLike] | None = None,
        where: ArrayLike | None = None,
    ) -> Any:
        """Declares for each owner the members that belong to it, for sums in rules: see `sets.neighbours`."""
        (owner_set, member_set) = self._sets((owners, members))
        relation = relations.neighbours(owner_set.size, owner, pairs, where)
        most = relation.members.max(initial=-1)
        if (
            most >= member_set.size
            or relation.members.min(initial=0) < 0
            or (owner is not None and len(np.asarray(owner)) != member_set.size)
        ):
            raise ModelError(f"neighbours {name!r} do not fit the {member_set.size} members of {member_set.name!r}")
        found = relations.NeighbourSet(self._free(name), owner_set.name, member_set.name, relation)
        self.neighbour_sets[name] = found
        return self._attach(name, found)

    def law(
        self,
        *sets: Any,
        where: ArrayLike | None = None,
        title: str = "",
        unit: str = "",
        place: Place = None,
        name: str | None = None,
    ) -> Callable[[Rule], Rule]:
        """Decorator: the rule is a family of constraints, a row for each place where `where` is True."""

        def declared(rule: Rule) -> Rule:
            self._add_law(rule, sets, name or rule.__name__, where, title, unit, place, plain=False)
            return rule

        return declared

    def pyomo_constraint(self, name: str, *sets: Any, rule: Callable[..., Any], title: str = "", unit: str = "") -> None:
        """Adds an ordinary Pyomo constraint; its rule may do anything (Skip, `if` on data) and is expanded plainly."""
        self._add_law(rule, sets, name, None, title, unit, None, plain=True)

    def term(
        self,
        objective: str,
        *sets: Any,
        name: str | None = None,
        where: ArrayLike | None = None,
        title: str = "",
        unit: str = "",
        in_member: Callable[..., Any] | None = None,
    ) -> Callable[[Rule], Rule]:
        """Decorator: the rule's sum over the index sets is a named term of the objective.

        A term that differs from member to member says with `in_member`, a rule of the model and a member, what the whole
        term would be if every year were like that member; the term itself is then the sum of that over the members, each by
        how often it comes. A term without it is the same in every member.
        """

        def declared(rule: Rule) -> Rule:
            label = name or rule.__name__
            terms = self.terms.setdefault(objective, {})
            if label in terms:
                raise ModelError(f"objective {objective!r} already has a term {label!r}")
            terms[label] = Term(
                **self._statement(rule, sets, label, where, title, unit), objective=objective, in_member=in_member
            )
            return rule

        return declared

    def fix(self, name: str, values: ArrayLike) -> None:
        """Fixes a variable: both bounds are set to the values."""
        self.bound(name, lower=values, upper=values)

    def bound(self, name: str, lower: ArrayLike | None = None, upper: ArrayLike | None = None) -> None:
        """Replaces a variable's bounds; what is not given stays."""
        if name not in self.variables:
            raise ModelError(f"there is no variable {name!r} to bound")
        self.variables[name].set_bounds(lower, upper)

    def compile(self) -> "CompiledModel":
        """The model as arrays. Raises ModelError naming the family whose rule or data are wrong."""
        from optimization.algebra.compile import compiled

        return compiled(self)

    def to_pyomo(self, weights: Mapping[str, float] | None = None) -> Any:
        """The whole model as an ordinary ConcreteModel, expanded plainly: see `plain.to_pyomo`."""
        from optimization.algebra.plain import to_pyomo

        return to_pyomo(self, weights)

    def mathematics(self) -> "list[FamilyMathematics]":
        """Every law, then every objective term, typeset from its own rule."""
        from optimization.algebra.mathematics import mathematics

        return mathematics(self)

    def glossary(self) -> "list[Symbol]":
        """Sets with their sizes, variables and data with their units, as the formulas use them."""
        from optimization.algebra.mathematics import glossary

        return glossary(self)

    def _add_law(
        self,
        rule: Callable[..., Any],
        sets: Sequence[Any],
        name: str,
        where: ArrayLike | None,
        title: str,
        unit: str,
        place: Place,
        plain: bool,
    ) -> None:
        if name in self.laws:
            raise ModelError(f"there already is a law {name!r}")
        self.laws[name] = Law(**self._statement(rule, sets, name, where, title, unit), place=place, plain=plain)

    def _statement(
        self,
        rule: Callable[..., Any],
        sets: Sequence[Any],
        name: str,
        where: ArrayLike | None,
        title: str,
        unit: str,
    ) -> dict[str, Any]:
        own = self._sets(sets)
        return {
            "name": name,
            "rule": rule,
            "sets": own,
            "components": tuple(sets),
            "positions": chosen_positions(where, tuple(one.size for one in own), name),
            "title": title or name.replace("_", " "),
            "unit": unit,
            "doc": rule.__doc__ or "",
        }

    def _free(self, name: str) -> str:
        if not name.isidentifier() or name in self.__dict__ or hasattr(type(self), name) or hasattr(self.pyomo, name):
            raise ModelError(f"{name!r} cannot be declared: the name is taken, or not a name")
        return name

    def _attach(self, name: str, declared: Any) -> Any:
        setattr(self.pyomo, name, declared)
        return declared

    def _sets(self, components: Sequence[Any]) -> tuple[relations.IndexSet, ...]:
        # Only what is no set of Pyomo's is asked for its text, which Pyomo takes long to make.
        names = [component.local_name if hasattr(component, "local_name") else str(component) for component in components]
        unknown = [name for name in names if name not in self.index_sets]
        if unknown:
            raise ModelError(f"model {self.name!r} has no index set {', '.join(map(repr, unknown))}")
        return tuple(self.index_sets[name] for name in names)


def pyomo_variable(variable: Variable, sets: Sequence[Any], dense: bool) -> Any:
    """The Pyomo Var of a declared variable; its bounds are read when an item is touched."""

    def bounds(_: Any, *index: int) -> tuple[float | None, float | None]:
        place = index if variable.sets else ()
        lower, upper = (float(np.broadcast_to(array, variable.shape)[place]) for array in (variable.lower, variable.upper))
        return (lower if np.isfinite(lower) else None, upper if np.isfinite(upper) else None)

    return pyo.Var(*sets, domain=PYOMO_DOMAINS[variable.within], bounds=bounds, dense=dense or not sets)
