"""The mathematics of a scenario over its basin: the very model that is solved, as a document."""

from optimization.algebra.mathematics_page import Form, document
from optimization.formulation import build
from planner.scenario.resolved import ResolvedScenario


def mathematics_of(scenario: ResolvedScenario, form: Form = "html") -> str:
    """The model of a resolved scenario as an HTML page that needs no network, or as a LaTeX document."""
    model = build(scenario)
    columns = sum(variable.size for variable in model.variables.values())
    rows = sum(law.count for law in model.laws.values())
    about = (
        f"The model that is solved, typeset from the rules that state it: {rows:,} rows and {columns:,} variables. "
        f"Content of the scenario: {scenario.hash}."
    )
    return document(model, f"{scenario.basin.name}: {scenario.scenario.label}", about, form)
