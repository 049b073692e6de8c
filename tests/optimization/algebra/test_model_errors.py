"""A model that is stated wrongly says what is wrong and where."""

from typing import Any

import numpy as np
import pytest

from optimization.algebra import Model, ModelError


def test_a_loss_that_is_not_a_number_is_named_with_its_rows(valley: Model) -> None:
    valley.pyomo.loss.values[1] = np.nan
    with pytest.raises(ModelError, match=r"safe_water.*coefficient.*Veun Sai.*not finite: loss"):
        valley.compile()


def test_a_division_by_zero_is_named(valley: Model) -> None:
    @valley.law(valley.pipe)
    def per_metre(m: Any, p: Any) -> Any:
        return m.laid[p] / (m.loss[p] - 0.1) <= 1

    with pytest.raises(ModelError, match=r"per_metre.*per_metre\[0\].*division by zero"):
        valley.compile()


def test_a_need_that_is_not_a_number_is_a_wrong_bound(valley: Model) -> None:
    valley.pyomo.need.values[0, 1] = np.nan
    with pytest.raises(ModelError, match=r"bound is not finite.*Lumphat,wet"):
        valley.compile()


def test_an_infinite_price_is_named_in_its_term(valley: Model) -> None:
    @valley.term("cost", valley.pipe)
    def dear(m: Any, p: Any) -> Any:
        return m.laid[p] / (m.price_usd[p] - 50)

    with pytest.raises(ModelError, match=r"dear.*laid\[2\]"):
        valley.compile()


def test_the_season_before_the_first_does_not_wrap_around(valley: Model) -> None:
    @valley.law(valley.pipe, valley.season)
    def carried_over(m: Any, p: Any, d: Any) -> Any:
        return m.flow[p, d] >= m.flow[p, d - 1]

    with pytest.raises(ModelError, match=r"carried_over.*flow.*-1.*where="):
        valley.compile()


def test_a_product_of_two_decisions_is_refused(valley: Model) -> None:
    @valley.law(valley.pipe)
    def blending(m: Any, p: Any) -> Any:
        return m.flow[p, 0] * m.flow[p, 1] <= 1

    with pytest.raises(ModelError, match=r"blending\[0\] is not linear"):
        valley.compile()


def test_a_callback_that_fails_ends_in_no_traceback(valley: Model) -> None:
    def broken(m: Any, v: Any) -> Any:
        return m.rainfall[v] <= 1

    valley.pyomo_constraint("broken", valley.village, rule=broken)
    with pytest.raises(ModelError, match=r"broken\[Lumphat\].*rainfall"):
        valley.compile()


def test_a_row_without_variables_that_cannot_hold_is_named_when_expanded_plainly(valley: Model) -> None:
    @valley.law(valley.village)
    def wells(m: Any, v: Any) -> Any:
        return sum(m.flow[p, 0] for p in m.pipes_into[v] if m.loss[p] > 0.9) >= 1

    with pytest.raises(ModelError, match=r"wells\[Lumphat\] can never hold"):
        valley.compile()


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda m: m.variable("flow", m.pipe), "taken"),
        (lambda m: m.variable("compile"), "taken"),
        (lambda m: m.variable("not a name"), "not a name"),
        (lambda m: m.variable("other", m.pipe, within="whole"), "within"),
        (lambda m: m.variable("other", m.pipe, upper=[1, 2]), "shape"),
        (lambda m: m.variable("other", m.pipe, lower=2, upper=1), "above"),
        (lambda m: m.variable("other", m.pipe, within="binary", upper=2), "binary"),
        (lambda m: m.variable("other", m.pipe, upper=np.nan), "not a number"),
        (lambda m: m.variable("other", "rain"), "rain"),
        (lambda m: m.bound("rain", upper=1), "rain"),
        (lambda m: m.index_set("reach", 2, labels={"village": [1]}), "label"),
        (lambda m: m.data("names", ["a"]), "numbers"),
        (lambda m: m.neighbours("near", m.village, m.pipe, owner=[0, 1]), "near"),
        (lambda m: m.neighbours("near", m.village, m.pipe, owner=[0, 1, 2]), "owners"),
        (lambda m: m.neighbours("near", m.village, m.pipe, pairs=([0], [3])), "near"),
        (lambda m: m.neighbours("near", m.village, m.pipe), "either"),
        (lambda m: m.law(m.pipe, where=[True])(lambda m, p: m.laid[p] <= 1), None),
        (lambda m: m.law(m.pipe, where=[True, False])(lambda m, p: m.laid[p] <= 1), "where"),
        (lambda m: m.law(m.pipe, where=[1, 0, 1])(lambda m, p: m.laid[p] <= 1), "booleans"),
        (lambda m: m.law(name="budget")(lambda m: m.laid[0] <= 1), "budget"),
        (lambda m: m.term("cost", name="capital")(lambda m: m.laid[0]), "capital"),
    ],
)
def test_a_wrong_declaration_says_why(valley: Model, declare: Any, message: str | None) -> None:
    if message is None:
        declare(valley)
        return
    with pytest.raises(ModelError, match=message):
        declare(valley)
