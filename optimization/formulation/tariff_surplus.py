"""Capital out of tariffs: what people pay beyond running costs and debts may be put aside and build."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """For each channel of kind tariff and each account; no row and no column without such a channel."""
    money, horizon = scenario.money, scenario.horizon
    channel, account = money.savings
    m.index_set("saving", joined(money.channels.take(channel), money.accounts.take(account)), title="Savings out of tariffs")
    owner = np.full((len(money.channels), len(money.accounts)), -1)
    owner[channel, account] = np.arange(len(channel))
    granting, granted = (m.data_arrays[f"grant_{name}"].values.astype(np.int64) for name in ("channel", "account"))
    m.neighbours("grants_saved", m.saving, m.grant, owner=owner[granting, granted])
    m.neighbours("savings_of", m.account, m.saving, owner=account)
    first = np.broadcast_to(np.arange(len(horizon.stages)) == 0, (len(channel), len(horizon.stages)))
    last = np.arange(len(horizon.stages)) == len(horizon.stages) - 1
    m.data("years_of_stage", horizon.years.astype(float), unit="years", title="Years of a stage")
    m.variable("put_aside", m.saving, m.stage, unit="thousand USD/year", title="Tariffs put aside for capital")
    kept = np.where(money.carries_over[channel][:, None] & ~last, np.inf, 0.0)
    m.variable("savings_kept", m.saving, m.stage, upper=kept, unit="thousand USD", title="Savings kept for the next stage")

    @m.law(m.saving, m.stage, where=first, title="Savings in the first stage", unit="thousand USD")
    def savings_at_first(m, k, t):
        """Tariffs pay and keep what is put aside in the years of the stage."""
        return sum(m.fund[e, t] for e in m.grants_saved[k]) + m.savings_kept[k, t] <= m.years_of_stage[t] * m.put_aside[k, t]

    @m.law(m.saving, m.stage, where=~first, title="Savings", unit="thousand USD")
    def savings_later(m, k, t):
        """Tariffs pay and keep what is put aside in the years of the stage and was kept before: nothing of later stages."""
        return (
            sum(m.fund[e, t] for e in m.grants_saved[k]) + m.savings_kept[k, t]
            <= m.years_of_stage[t] * m.put_aside[k, t] + m.savings_kept[k, t - 1]
        )
