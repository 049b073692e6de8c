"""What is owed each year on a loan, and what is still owed later."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, positions


def schedule(interest: float, grace_years: int, term_years: int) -> tuple[Floats, Floats]:
    """Of one dollar: what is paid at the end of each year of the term, and the debt before the first and after each payment."""
    repaying = term_years - grace_years
    equal = interest / (1 - (1 + interest) ** -repaying) if interest > 0 else 1 / repaying
    paid = np.where(np.arange(term_years) < grace_years, interest, equal)
    debt = np.ones(term_years + 1)
    for year in range(term_years):
        debt[year + 1] = debt[year] * (1 + interest) - paid[year]
    return paid, debt


def _schedules(basin: Basin, channels: pd.Index) -> Iterator[tuple[int, Floats, Floats]]:
    """Position of each channel with terms, and its schedule."""
    terms = basin.tables["loan_terms"]
    interest, grace, term = (terms[name].to_numpy() for name in ("interest_share_per_year", "grace_years", "term_years"))
    for row, channel in enumerate(positions(terms["channel"], channels)):
        yield int(channel), *schedule(float(interest[row]), int(grace[row]), int(term[row]))


def loan_due(basin: Basin, channels: pd.Index) -> Floats:
    """(F, T borrowed in, T owed in) share of a loan that the dearest year of a stage asks for; 0 of channels without terms.

    A loan is taken at the start of its stage; the first payment is due at the end of that year.
    """
    stages = basin.tables["stages"]
    first, years = stages["first_year"].to_numpy(np.int64), stages["years"].to_numpy(np.int64)
    due = np.zeros((len(channels), len(first), len(first)))
    for channel, paid, _ in _schedules(basin, channels):
        for borrowed in range(len(first)):
            for stage in range(borrowed, len(first)):
                since = first[stage] - first[borrowed]
                due[channel, borrowed, stage] = paid[since : since + years[stage]].max(initial=0.0)
    return due


def outstanding(basin: Basin, channels: pd.Index) -> Floats:
    """(F, T borrowed in) share of a loan that is still owed at the end of the horizon."""
    stages = basin.tables["stages"]
    first = stages["first_year"].to_numpy(np.int64)
    end = int(first[-1] + stages["years"].iloc[-1])
    left = np.zeros((len(channels), len(first)))
    for channel, _, debt in _schedules(basin, channels):
        left[channel] = debt[np.minimum(end - first, len(debt) - 1)]
    return left
