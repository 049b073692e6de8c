"""Accounts, channels and subsidies as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, positions
from planner.scenario.resolved.loans import loan_due


@dataclass(frozen=True)
class Money:
    """A accounts, C categories, F channels, B subsidies, T stages."""

    accounts: pd.Index
    account_of: pd.Series  # administration → position of its account
    categories: pd.Index
    channels: pd.Index
    raised_by: Integers  # (F,) account, -1 for money from elsewhere
    from_tariffs: Flags  # (F,) of kind tariff: pays only what tariffs bring beyond running costs and debts
    carries_over: Flags
    channel_usd: Floats  # (F, T)
    eligible: Flags  # (F, C, A)
    largest_share: Floats  # (F, C) of the capital of an account in a stage; 1 where nothing is said
    smallest_share: Floats  # (F, C)
    repaid: Flags  # (F,) a loan with terms
    loan_due: Floats  # (F, T borrowed in, T owed in) share of a loan to be paid in the dearest year of a stage
    subsidies: pd.Index
    subsidy_usd_per_year: Floats  # (B, T)
    subsidy_reaches: Flags  # (B, A)

    @property
    def savings(self) -> tuple[Integers, Integers]:
        """Channel and account of everything that tariffs may save for."""
        channel, account = np.nonzero(self.from_tariffs[:, None] & self.eligible.any(axis=1))
        return channel, account

    def account_positions(self, administrations: pd.Series) -> Integers:
        """Position of the account that follows the money of each administration."""
        return np.asarray(self.account_of.loc[administrations].to_numpy(), dtype=np.int64)


def _shares(rule: pd.DataFrame, channels: pd.Index, categories: pd.Index) -> tuple[Floats, Floats]:
    """(F, C) the largest and the smallest share of a channel in the capital of a category."""
    where = positions(rule["channel"], channels), positions(rule["category"], categories)
    largest, smallest = np.ones((len(channels), len(categories))), np.zeros((len(channels), len(categories)))
    largest[where], smallest[where] = rule["largest_share"].to_numpy(float), rule["smallest_share"].to_numpy(float)
    return largest, smallest


def _raised_by(administrations: pd.Series, holder: dict[str, str], accounts: pd.Index) -> Integers:
    """(F,) position of the account that follows the money of whoever raises a channel; -1 where nobody here does."""
    return positions(administrations.map(holder), accounts)


def money_of(basin: Basin) -> Money:
    """Read the money of a basin."""
    tables = basin.tables
    administration = tables["administrations"]
    above = lineages(administration)
    holders = set(administration.loc[administration["account"], "administration"])
    holder = {name: next((up for up in line if up in holders), line[-1]) for name, line in above.items()}
    accounts = pd.Index(list(dict.fromkeys(holder.values())))
    stages = pd.Index(tables["stages"]["stage"])
    channels, categories = pd.Index(tables["channels"]["channel"]), pd.Index(tables["categories"]["category"])
    within = {name: np.array([name in above[account] for account in accounts]) for name in above}
    everywhere = np.ones(len(accounts), bool)
    eligible = np.zeros((len(channels), len(categories), len(accounts)), bool)
    rule = tables["channel_eligibility"]
    for channel, category, place in zip(
        positions(rule["channel"], channels),
        positions(rule["category"], categories),
        rule["administration"],
        strict=True,
    ):
        eligible[channel, category] |= within[place] if isinstance(place, str) else everywhere
    largest, smallest = _shares(tables["channel_shares"], channels, categories)
    subsidy = tables["subsidies"]
    subsidies = pd.Index(subsidy["subsidy"].unique())
    reaches = np.zeros((len(subsidies), len(accounts)), bool)
    for position, place in zip(positions(subsidy["subsidy"], subsidies), subsidy["administration"], strict=True):
        reaches[position] |= within[place] if isinstance(place, str) else everywhere
    return Money(
        accounts=accounts,
        account_of=pd.Series({name: accounts.get_loc(account) for name, account in holder.items()}, dtype="int64"),
        categories=categories,
        channels=channels,
        raised_by=_raised_by(tables["channels"]["raised_by"], holder, accounts),
        from_tariffs=(tables["channels"]["kind"] == "tariff").to_numpy(bool),
        carries_over=tables["channels"]["carry_over"].to_numpy(bool),
        channel_usd=dense(tables["channel_amounts"], "amount_usd", ("channel", channels), ("stage", stages)),
        eligible=eligible,
        largest_share=largest,
        smallest_share=smallest,
        repaid=positions(channels.to_series(), pd.Index(tables["loan_terms"]["channel"])) >= 0,
        loan_due=loan_due(basin, channels),
        subsidies=subsidies,
        subsidy_usd_per_year=dense(subsidy, "amount_usd_per_year", ("subsidy", subsidies), ("stage", stages)),
        subsidy_reaches=reaches,
    )


def account_and_category(money: Money, table: pd.DataFrame) -> tuple[Integers, Integers]:
    """Positions of account and category of the rows of a table that names both."""
    return money.account_positions(table["administration"]), positions(table["category"], money.categories)
