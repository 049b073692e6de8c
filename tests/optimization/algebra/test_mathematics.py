"""The mathematics page is typeset from the rules themselves."""

from typing import Any
from xml.etree import ElementTree

import numpy as np

from optimization.algebra import Model


def test_a_law_is_typeset_with_the_names_of_its_rule(valley: Model) -> None:
    law = valley.mathematics()[0]
    assert (law.kind, law.title, law.rows, law.unit) == ("law", "Safe water balance", 4, "m³/day")
    assert law.doc == "What arrives and what is missing add up to the need."
    assert law.latex == (
        r"\sum_{p \in \mathrm{pipes\ into}_{v}} \left( 1 - \mathrm{loss}_{p} \right) \cdot \mathrm{flow}_{p, d} "
        r"+ \mathrm{missing}_{v, d} = \mathrm{need}_{v, d} "
        r"\qquad \forall v \in \mathrm{village}, d \in \mathrm{season}"
    )


def test_a_term_is_typeset_as_its_sum(valley: Model) -> None:
    capital = next(one for one in valley.mathematics() if one.name == "capital")
    assert (capital.kind, capital.objective, capital.unit) == ("term", "cost", "USD")
    assert capital.latex == (r"\mathrm{capital} = \sum_{p \in \mathrm{pipe}} \mathrm{price\ usd}_{p} \cdot \mathrm{laid}_{p}")


def test_fractions_powers_signs_and_ranges_are_written(valley: Model) -> None:
    @valley.law(valley.village, valley.season, where=np.array([False, True]))
    def wild(m: Any, v: Any, d: Any) -> Any:
        change = (m.need[v, d] - m.need[v, d - 1]) ** 2 / 3 * m.missing[v, 0]
        return (-1, change - 2 * (m.missing[v, d] + abs(m.need[v, d])), 1e-9)

    latex = next(one.latex for one in valley.mathematics() if one.name == "wild")
    assert latex.startswith(r"- 1 \le \frac{")
    assert r"\mathrm{need}_{v, d - 1}" in latex
    assert r"\le 1 \cdot 10^{-9}" in latex
    assert latex.endswith(r"\text{ where it applies}")


def test_mathml_is_well_formed(valley: Model) -> None:
    for one in valley.mathematics():
        root = ElementTree.fromstring(one.mathml)
        assert root.tag == "math"


def test_a_researcher_s_constraint_has_no_formula(valley: Model) -> None:
    valley.pyomo_constraint("own", valley.pipe, rule=lambda m, p: m.laid[p] <= 1, title="Own")
    own = next(one for one in valley.mathematics() if one.name == "own")
    assert (own.latex, own.mathml, own.title, own.rows) == ("", "", "Own", 3)


def test_the_glossary_lists_sets_variables_and_data_with_units(valley: Model) -> None:
    symbols = {symbol.name: symbol for symbol in valley.glossary()}
    assert symbols["village"].shape == (2,)
    assert (symbols["flow"].unit, symbols["flow"].sets) == ("m³/day", ("pipe", "season"))
    assert (symbols["loss"].kind, symbols["loss"].unit, symbols["loss"].shape) == ("data", "share", (3,))
    assert symbols["pipes_into"].sets == ("village", "pipe")
