"""No plan passes that pays what the rules of money forbid: the tutorial's plan, under rules that it breaks."""

import dataclasses
from typing import Any

import pandas as pd

from planner.basin import Basin
from tests.planner.plan.altering import failed
from tests.planner.plan.tutorial_on_tables import least_cost_tables, tutorial


def with_rows(table: str, *rows: dict[str, Any]) -> Basin:
    """The tutorial with rows added to one of its tables."""
    frames = dict(tutorial().tables)
    frames[table] = pd.concat([frames[table], pd.DataFrame(list(rows))], ignore_index=True)
    return dataclasses.replace(tutorial(), tables=frames)


def shares(channel: str, largest: float, smallest: float) -> Basin:
    row = {"channel": channel, "category": "treatment", "largest_share": largest, "smallest_share": smallest}
    return with_rows("channel_shares", row)


def test_a_channel_pays_more_than_its_largest_share() -> None:
    # Aid pays all 5050 USD of the works.
    assert failed(least_cost_tables(), basin=shares("aid", 0.99, 0.0)) == {"channel_largest_share"}
    assert failed(least_cost_tables(), basin=shares("aid", 1.0, 1.0)) == set()


def test_a_channel_pays_less_than_its_smallest_share() -> None:
    assert failed(least_cost_tables(), basin=shares("government_grant", 1.0, 0.01)) == {"channel_smallest_share"}


def test_a_loan_is_repaid_by_nobody() -> None:
    # Aid as a loan over five years: the tariffs cover the running costs and no more.
    terms = {"channel": "aid", "interest_share_per_year": 0.01, "grace_years": 0, "term_years": 5}
    assert failed(least_cost_tables(), basin=with_rows("loan_terms", terms)) == {"running_cost_covered", "account_repaid"}
