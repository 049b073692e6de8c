"""Numbers as people read them."""

import math

import pytest

from planner.plan.words import count, listed, number, percent, percent_at_least, percent_at_most, quantity


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234567.8, "1,234,568"), (12.345, "12.3"), (0.04561, "0.0456"), (-7, "−7"), (0, "0"), (-1e-15, "0"),
        (1e11, "100,000,000,000"), (99.999, "100"), (3.0, "3"),
        (None, "not known"), (math.nan, "not known"), (math.inf, "not known"),
    ],
)  # fmt: skip
def test_a_number_has_no_exponent(value, words) -> None:
    assert number(value) == words


def test_a_sign_is_written_where_it_is_asked_for() -> None:
    assert number(5, signed=True) == "+5"
    assert number(0, signed=True) == "0"
    assert percent(-0.125, signed=True) == "−12.5 %"


def test_a_tiny_share_is_not_called_zero() -> None:
    assert percent(0.00001) == "under 0.1 %"
    assert percent(0.0) == "0 %"


def test_money_names_the_year_of_its_prices() -> None:
    assert quantity(1500, "USD of the base year", 2026) == "1,500 USD of 2026"
    assert quantity(1500, "USD", 2026) == "1,500 USD of 2026"
    assert quantity(12, "m³/day", 2026) == "12 m³/day"
    assert quantity(0.25, "share") == "25 %"


def test_things_are_counted_and_listed() -> None:
    assert count(1, "village") == "1 village"
    assert count(2, "main or pipe", "mains and pipes") == "2 mains and pipes"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_tiny_share_that_is_a_limit_is_rounded_to_its_side() -> None:
    assert [percent_at_most(share) for share in (0.00001, -0.00001, 0.0, 0.043)] == ["0.1 %", "0 %", "0 %", "4.3 %"]
    assert [percent_at_least(share) for share in (0.00001, -0.00001, 0.0, 0.043)] == ["0 %", "−0.1 %", "0 %", "4.3 %"]
    assert percent_at_most(None) == "not known"
