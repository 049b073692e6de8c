"""A rule's text is understood, or refused at the very place that is wrong, with a way to mend it."""

import pytest

from planner.rules import Rule, RuleError
from planner.rules.checking import checked
from planner.rules.soundness import said
from planner.rules.units import in_words, times, unit_of

SERVES = "investments.serves[option, stage]"


def refused(expression: str, foreach: tuple[str, ...] = ("stage",), where: str = "") -> tuple[Rule, RuleError]:
    rule = Rule(name="r", foreach=foreach, where=where, expression=expression)
    with pytest.raises(RuleError) as caught:
        checked(rule)
    return rule, caught.value


@pytest.mark.parametrize(
    ("expression", "message", "pointed_at", "remedy"),
    [
        (f"sum(optin: {SERVES}) <= 5", "no set 'optin'", "optin", "option"),
        ("sum(option: investments.serve[option, stage]) <= 5", "no figure 'serve'", "investments.serve[option, stage]", "serves"),
        ("sum(option: investment.serves[option, stage]) <= 5", "no table 'investment'", "investment.serves", "investments"),
        (f"{SERVES} <= 1", "no index 'option'", "option", "sum(option"),
        (f"sum(option: {SERVES} * {SERVES}) <= 1", "not linear", f"{SERVES} * {SERVES}", "given figure"),
        (f"1 / sum(option: {SERVES}) <= 1", "divide by what is planned", f"sum(option: {SERVES})", "Multiply"),
        ("1 <= 2", "nothing planned", "1 <= 2", "column of the plan"),
        (f"sum(option: {SERVES}) < 1", "compares two sides", "<", "Write <="),
        (f"0 <= sum(option: {SERVES}) <= 1", "two sides only", "<=", "two rules"),
        (f"sum(option: {SERVES}) <= 1 [USD] + 2 [m3/day]", "Different units are added", "1 [USD] + 2 [m3/day]", "Multiply"),
        (f"sum(option: {SERVES} <= 1", "bracket is open", "<=", ")"),
        (f"sum(option: {SERVES}) <= 1e400", "too large", "1e400", "1e15"),
        (f"sum(option: {SERVES}) ≤ 1", "means nothing", "≤", "<="),
        (f"sum(option: {SERVES}) <= 'a'", "quoted otherwise", "'", "double"),
        (f"sum(village in stage: {SERVES}) <= 1", "Nothing says to which stage", "village in stage", "belongs to"),
        ("sum(link in village: flows.flow_m3_per_day[link, stage, season, member]) <= 1", "index 'village'", "village", "There"),
        ("max(sum(option: " + SERVES + "), 2) >= 1", "bends in what is planned", "max(", "larger side"),
        ("sum(option: investments.serves[option, stage - 1.5]) <= 1", "whole number of steps", "1.5", "stage - 1"),
        ("sum(option, stage: " + SERVES + ") <= 1", "an index stage already", "stage", "other_stage"),
        ("__import__(1) <= 1", "alone is no figure", "__import__", "column"),
        ("(" * 100 + SERVES + ")" * 100 + " <= 1", "too many brackets", "(", "at most"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_place(expression, message, pointed_at, remedy):
    _, error = refused(expression)
    assert message in error.message
    assert expression[error.span.start : error.span.end].startswith(pointed_at)
    assert remedy in error.remedy


@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
def test_a_chain_without_end_is_refused_before_anybody_walks_it(sign):
    _, error = refused(f" {sign} ".join([SERVES, *["1"] * 700]) + " <= 1")
    assert "too many parts" in error.message
    _, error = refused(f"sum(option: {SERVES}) <= 1", where=" or ".join(["stage.years > 1"] * 150))
    assert (error.part, "too many parts" in error.message) == ("where", True)


def test_the_longest_chain_that_is_taken_is_understood():
    longest = " + ".join([SERVES, *["1"] * 100]) + " <= 200"
    assert checked(Rule(name="r", foreach=("option", "stage"), expression=longest)).unit == ""


def test_a_wrong_place_is_told_by_line_and_character_with_a_caret():
    rule, error = refused("sum(option:\n  investments.serves[option, stag]) <= 5")
    message, line = said(rule, error)
    assert "line 2, character 30" in message
    assert line == "  investments.serves[option, stag]) <= 5\n" + " " * 29 + "^^^^"
    assert "Did you mean stage?" in error.remedy


def test_a_condition_is_wrong_in_its_own_text():
    _, error = refused(f"sum(option: {SERVES}) <= 1", where="stage.titel = 1")
    assert (error.part, "no column 'titel'" in error.message) == ("where", True)


def test_a_number_takes_the_unit_of_the_other_side_and_shares_are_pure():
    assert (
        checked(Rule(name="r", foreach=("stage",), expression=f"sum(option: options.capex_usd[option] * {SERVES}) <= 5")).unit
        == "USD"
    )
    share = (
        'sum(village, mode: service.persons[village, "poor", stage, mode]) / sum(village: population.persons[village, "poor"])'
    )
    assert checked(Rule(name="r", foreach=("stage",), expression=f"{share} >= 0.5")).unit == ""


def test_a_bending_cap_becomes_one_rule_for_each_piece_where_that_is_the_same():
    kept = "channel_balances.carried_usd[channel, stage]"
    offered = "channel_amounts.amount_usd[channel, stage]"
    each = ("channel", "stage")
    three = checked(Rule(name="r", foreach=each, expression=f"{kept} <= min({offered}, 100, 2 * {kept})"))
    assert len(three.relations) == 3
    flat = f"{kept} <= piecewise({offered}, (0, 0), (10, 10), (20, 15))"
    flattens = checked(Rule(name="r", foreach=each, expression=flat))
    assert len(flattens.relations) == 2
    _, error = refused(f"{kept} <= piecewise({kept}, (0, 0), (10, 5), (20, 15))", each)
    assert "not linear" in error.message


def test_units_multiply_and_cancel():
    assert in_words(unit_of("USD/year per m³/day")) == "USD days/m³/year"
    assert times(unit_of("m³/day"), unit_of("days")) == unit_of("m³")
    assert unit_of("share of the group") == unit_of("share") == ()
