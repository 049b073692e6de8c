"""The plan's figures that rules speak of, as linear forms in the model's columns."""

from optimization.algebra import Model
from optimization.rules.figures import energy, money, people, uses, water, works
from optimization.rules.forms import Forms, Maker, Quantity
from planner.rules.vocabulary import VARIABLES
from planner.scenario.resolved import ResolvedScenario

MAKERS: dict[tuple[str, str], Maker] = {
    **works.MAKERS, **people.MAKERS, **water.MAKERS, **uses.MAKERS, **energy.MAKERS, **money.MAKERS
}  # fmt: skip
assert MAKERS.keys() == VARIABLES.keys(), "every figure that rules may speak of is a linear form"


class Quantities(Forms):
    """Every planned figure of a model; each is made when it is first asked for."""

    def __init__(self, model: Model, scenario: ResolvedScenario) -> None:
        super().__init__(model, scenario)
        self._kept: dict[tuple[str, str], Quantity] = {}

    def of(self, table: str, column: str) -> Quantity:
        """One column of the plan's tables."""
        if (table, column) not in self._kept:
            self._kept[table, column] = MAKERS[table, column](self)
        return self._kept[table, column]
