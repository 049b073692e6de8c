"""Loans and their terms."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows


def terms_are_of_loans(basin: Basin) -> Iterator[Finding]:
    channels, terms = basin.tables["channels"], basin.tables["loan_terms"]
    loans = channels["channel"][channels["kind"] == "concessional_loan"]
    yield from at_rows(
        "loan.not_a_loan", "loan_terms", terms, ~among(terms["channel"], loans), "{channel} is no loan.",
        column="channel", allowed="a channel of kind concessional_loan",
    )  # fmt: skip
    unsaid = (channels["kind"] == "concessional_loan").to_numpy() & ~among(channels["channel"], terms["channel"])
    yield from at_rows(
        "loan.without_terms", "channels", channels, unsaid, "{channel} is a loan that nobody has to repay.",
        column="channel", allowed="a row in loan_terms.csv",
    )  # fmt: skip


def grace_ends_before_the_term(basin: Basin) -> Iterator[Finding]:
    terms = basin.tables["loan_terms"]
    yield from at_rows(
        "loan.grace", "loan_terms", terms, terms["grace_years"] >= terms["term_years"],
        "{channel} rests for {grace_years} of {term_years} years.", column="grace_years", allowed="less than the term",
    )  # fmt: skip


CHECKS = (
    Check(terms_are_of_loans, ("channels", "loan_terms")),
    Check(grace_ends_before_the_term, ("loan_terms",)),
)
