"""Loans: what each account owes, year by year."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense


def repayments(facts: Facts, claims: Claims) -> Numbers:
    """(account, stage) USD that the dearest year of a stage asks for, loan by loan; each is taken at the start of its stage."""
    names, horizon, claimed = facts.names, facts.horizon, claims["finance"]
    shape = (*facts.size("channels", "administrations"), horizon.stages)
    at = tuple(claimed[column].to_numpy() for column in ("channel", "account", "stage"))
    borrowed = dense(shape, at, claimed["amount_usd"])
    owed = np.zeros(shape[1:])
    for term in facts.basin.tables["loan_terms"].to_dict("records"):
        loans = borrowed[names.code("channels", term["channel"])]
        for stage in range(horizon.stages):
            owed += loans[:, stage, None] * _dearest_years(facts, term, stage)
    return owed


def _dearest_years(facts: Facts, term: Mapping[Hashable, Any], taken: int) -> Numbers:
    """(stage,) the largest yearly payment in each stage on a dollar taken in one."""
    horizon, rate = facts.horizon, float(term["interest_share_per_year"])
    grace, years = int(term["grace_years"]), int(term["term_years"])
    # The payment that brings the debt of one dollar to nothing: its growth over the growth of a row of dollars.
    growth = (1 + rate) ** np.arange(years - grace)
    equal = growth[-1] * (1 + rate) / growth.sum()
    dearest = np.zeros(horizon.stages)
    for year in range(int(horizon.first_year[taken]), horizon.end_year):
        since = year - int(horizon.first_year[taken])
        stage = int(np.searchsorted(horizon.first_year, year, side="right")) - 1
        payment = 0.0 if since >= years else rate if since < grace else equal
        dearest[stage] = max(dearest[stage], payment)
    return dearest
