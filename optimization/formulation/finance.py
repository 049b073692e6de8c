"""Who pays the capital: every dollar has a channel that may pay it."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from optimization.formulation.present_value import steps
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Capital by category, account and stage is paid by eligible channels out of what they offer and have kept."""
    money, service, works = scenario.money, scenario.service, scenario.works
    treatment = np.flatnonzero(works.site >= 0)
    accounts = len(money.accounts)
    village_asset_village = np.asarray(m.index_sets["village_asset"].label("village"))
    asset = m.data_arrays["asset_of"].values
    by_option = works.category * accounts + works.account
    by_asset = service.asset_category[asset] * accounts + service.village_account[village_asset_village]
    purposes = np.unique(np.concatenate([by_option, by_asset]))
    category, account = np.divmod(purposes, accounts)
    names = joined(money.categories.take(category), money.accounts.take(account))
    m.index_set("purpose", names, title="Categories of spending by account")
    m.neighbours("options_for", m.purpose, m.option, owner=np.searchsorted(purposes, by_option))
    m.neighbours("modules_for", m.purpose, m.module, owner=np.searchsorted(purposes, by_option[works.modular]))
    m.neighbours("treatments_for", m.purpose, m.treatment, owner=np.searchsorted(purposes, by_option[treatment]))
    m.neighbours("assets_for", m.purpose, m.village_asset, owner=np.searchsorted(purposes, by_asset))
    _channels(m, scenario, category, account)

    paid = _paid_steps(works.payments) / 1000
    m.data("option_paid", works.capex_usd[:, None, None] * paid, unit="thousand USD", title="Capital paid by stage")
    m.data("capacity_paid", (works.capex_usd_per_m3_per_day[:, None, None] * paid)[treatment],
           unit="thousand USD per m³/day", title="Capital of capacity paid by stage")  # fmt: skip
    of_assets = service.asset_capex_usd[:, None, None] * _paid_steps(service.asset_payments) / 1000
    m.data("asset_paid", of_assets, unit="thousand USD", title="Capital of an asset paid by stage")

    @m.law(m.purpose, m.stage, title="Capital has a channel", unit="thousand USD")
    def capital_has_channel(m, c, t):
        """What is built and renewed in a stage is paid by channels that may pay for it."""
        return sum(m.option_paid[o, u, t] * m.serves[o, u] for o in m.options_for[c] for u in m.stage) + sum(
            m.option_paid[m.option_of_module[w], u, t] * m.further[w, u] for w in m.modules_for[c] for u in m.stage
        ) + sum(m.capacity_paid[q, u, t] * m.capacity[q, u] for q in m.treatments_for[c] for u in m.stage) + sum(
            m.asset_paid[m.asset_of[a], u, t] * m.units[a, u] for a in m.assets_for[c] for u in m.stage
        ) == sum(m.fund[e, t] for e in m.grants_for[c])


def _paid_steps(payments: np.ndarray) -> np.ndarray:
    """Payments by first stage of service as coefficients of "serves in stage u", by the stage in which they fall."""
    return (
        steps(payments.transpose(0, 2, 1).reshape(-1, payments.shape[1]))
        .reshape(payments.shape[0], payments.shape[2], payments.shape[1])
        .transpose(0, 2, 1)
    )


def _channels(m: Model, scenario: ResolvedScenario, category: np.ndarray, account: np.ndarray) -> None:
    money = scenario.money
    channel, purpose = np.nonzero(money.eligible[:, category, account])
    names = joined(money.channels.take(channel), money.categories.take(category[purpose]), money.accounts.take(account[purpose]))
    m.index_set("channel", list(money.channels), title="Channels")
    m.index_set("grant", names, title="What a channel may pay")
    m.data("grant_channel", channel)
    m.data("grant_purpose", purpose)
    m.data("grant_category", category[purpose])
    m.data("grant_account", account[purpose])
    m.neighbours("grants_for", m.purpose, m.grant, owner=purpose)
    m.neighbours("grants_of", m.channel, m.grant, owner=channel)
    m.variable("fund", m.grant, m.stage, unit="thousand USD", title="Paid by a channel")
    last = np.arange(len(scenario.horizon.stages)) < len(scenario.horizon.stages) - 1
    kept = np.where(money.carries_over[:, None] & last, np.inf, 0.0)
    m.variable("carried", m.channel, m.stage, upper=kept, unit="thousand USD", title="Kept for the next stage")
    m.data("offered", money.channel_usd / 1000, unit="thousand USD", title="Offered by a channel")
    first = np.arange(len(scenario.horizon.stages)) == 0

    @m.law(m.channel, m.stage, where=np.broadcast_to(first, kept.shape), title="Channel in the first stage",
           unit="thousand USD")  # fmt: skip
    def channel_at_first(m, f, t):
        """A channel spends and keeps what it offers."""
        return sum(m.fund[e, t] for e in m.grants_of[f]) + m.carried[f, t] <= m.offered[f, t]

    @m.law(m.channel, m.stage, where=np.broadcast_to(~first, kept.shape), title="Channel", unit="thousand USD")
    def channel_later(m, f, t):
        """A channel spends and keeps what it offers and has kept."""
        return sum(m.fund[e, t] for e in m.grants_of[f]) + m.carried[f, t] <= m.offered[f, t] + m.carried[f, t - 1]
