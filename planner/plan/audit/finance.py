"""Capital: every dollar has a channel that may pay it and has it."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.spending import Spending
from planner.plan.audit.tolerances import MONEY


def check_finance(facts: Facts, claims: Claims, spending: Spending) -> list[AuditCheck]:
    """Who pays what, and what each channel has left."""
    names, claimed, stages = facts.names, claims["finance"], facts.horizon.stages
    channel, category, account, stage = (claimed[c].to_numpy() for c in ("channel", "category", "account", "stage"))
    amount = claimed["amount_usd"].to_numpy(float)
    shape = (*facts.size("categories", "administrations"), stages)
    paid = dense(shape, (category, account, stage), amount)
    spent = dense((*facts.size("channels"), stages), (channel, stage), amount)
    refused = ~_eligible(facts)[channel, category, account]
    return [
        judge("capital_paid", "Every dollar of capital is paid, and no other", np.abs(paid - spending.capital), MONEY,
              names.grid("categories", "administrations", "stages"), spending.capital),
        judge("channel_eligible", "A channel pays only what it may pay, where it may pay it", amount * refused, MONEY,
              names.rows(channels=channel, categories=category, administrations=account, stages=stage)),
        *_shares(facts, dense((*facts.size("channels"), *shape), (channel, category, account, stage), amount), paid),
        *_balances(facts, claims, spent),
    ]  # fmt: skip


def _eligible(facts: Facts) -> np.ndarray:
    """(channel, category, account)."""
    table, names = facts.basin.tables["channel_eligibility"], facts.names
    eligible = np.zeros(facts.size("channels", "categories", "administrations"), dtype=bool)
    every_account = np.arange(facts.size("administrations")[0])
    area = names.codes("administrations", table["administration"])
    rule = names.codes("channels", table["channel"]), names.codes("categories", table["category"])
    np.logical_or.at(eligible, rule, facts.administrations.within(every_account, area).T)
    return eligible


def _shares(facts: Facts, by_channel: Numbers, paid: Numbers) -> list[AuditCheck]:
    """Axes of `by_channel`: channel, category, account, stage; `paid` without the first. Where a channel may not pay, it
    owes no smallest share."""
    rule, names = facts.basin.tables["channel_shares"], facts.names
    channel, category = names.codes("channels", rule["channel"]), names.codes("categories", rule["category"])
    part, whole = by_channel[channel, category], paid[category]
    may = _eligible(facts)[channel, category][..., None]
    largest, smallest = (rule[column].to_numpy(float)[:, None, None] for column in ("largest_share", "smallest_share"))

    def place(row: int, account: int, stage: int) -> str:
        return ", ".join([names.label("channels", int(channel[row])), names.label("categories", int(category[row])),
                          names.label("administrations", account), names.label("stages", stage)])  # fmt: skip

    return [
        judge("channel_largest_share", "A channel pays no more than its largest share", part - largest * whole, MONEY,
              place, whole),
        judge("channel_smallest_share", "A channel pays no less than its smallest share", (smallest * whole - part) * may,
              MONEY, place, whole),
    ]  # fmt: skip


def _balances(facts: Facts, claims: Claims, spent: Numbers) -> list[AuditCheck]:
    tables, names, claimed = facts.basin.tables, facts.names, claims["channel_balances"]
    offers = tables["channel_amounts"]
    codes = names.codes("channels", offers["channel"]), names.codes("stages", offers["stage"])
    offered = dense(spent.shape, codes, offers["amount_usd"])
    at = claimed["channel"].to_numpy(), claimed["stage"].to_numpy()
    carried = dense(spent.shape, at, claimed["carried_usd"])
    may_carry = tables["channels"]["carry_over"].to_numpy(bool)[:, None]
    available = offered + np.concatenate([np.zeros_like(carried[:, :1]), carried[:, :-1]], axis=1)
    grid, row = names.grid("channels", "stages"), names.rows(channels=at[0], stages=at[1])
    return [
        judge("channel_offered", "What a channel offers is the basin's",
              np.abs(claimed["offered_usd"].to_numpy(float) - offered[at]), MONEY, row, offered[at]),
        judge("channel_spent", "What a channel spends is what it pays",
              np.abs(claimed["spent_usd"].to_numpy(float) - spent[at]), MONEY, row, spent[at]),
        judge("channel_overspent", "A channel spends and keeps no more than it has", spent + carried - available, MONEY,
              grid, available),
        judge("channel_carry_over", "Only channels that may keep money keep it", carried * ~may_carry, MONEY, grid),
    ]  # fmt: skip
