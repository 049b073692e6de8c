"""Indicators of loans: what is owed each year, and what is still owed at the end."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader
from planner.scenario.resolved.index import dense
from planner.scenario.resolved.loans import loan_due, outstanding


def loans(reader: Reader) -> Iterator[Indicator]:
    """Nothing where no loan has terms."""
    if reader.basin.tables["loan_terms"].empty:
        return
    channels, stages = pd.Index(reader.basin.tables["channels"]["channel"]), pd.Index([name for name, _ in reader.stages])
    paid = reader.tables["finance"].groupby(["channel", "stage"])["amount_usd"].sum().reset_index()
    borrowed = dense(paid, "amount_usd", ("channel", channels), ("stage", stages))
    due = np.einsum("fu,fut->t", borrowed, loan_due(reader.basin, channels))
    for (stage, title), amount in zip(reader.stages, due, strict=True):
        yield Indicator(f"loans_repaid_{stage}", f"Owed on loans in the dearest year, {title}", float(amount), "USD/year",
                        "lower", "money")  # fmt: skip
    left = float((borrowed * outstanding(reader.basin, channels)).sum())
    yield Indicator("loans_outstanding", "Loans still owed at the end", left, "USD", "lower", "money")
