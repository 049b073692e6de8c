"""Who pays what."""

import numpy as np
import scipy.sparse as sp

from optimization.rules.figures.energy import solar
from optimization.rules.figures.works import asset_running, running
from optimization.rules.forms import Forms, Integers, Maker, Quantity, cells
from planner.scenario.resolved.index import positions


def _grants(q: Forms) -> tuple[Quantity, Integers, Integers, Integers]:
    """(grants, T) USD, and the channel, category and account of each grant."""
    money, columns = q.scenario.money, q.column("fund")
    names = [name.split(":") for name in q.model.index_sets["grant"].names or ()]
    channel, category, account = ([name[part] for name in names] for part in range(3))
    paid = q.form(columns.shape, (np.arange(columns.size).reshape(columns.shape), columns, 1000.0))
    return paid, positions(channel, money.channels), positions(category, money.categories), positions(account, money.accounts)


def _fund(q: Forms) -> Quantity:
    money = q.scenario.money
    paid, channel, category, account = _grants(q)
    shape = (len(money.channels), len(money.categories), len(money.accounts))
    found = q.owned(paid, cells(shape, channel, category, account), int(np.prod(shape)))
    return Quantity((*shape, paid.shape[1]), found.matrix, found.constant)


def _spent(q: Forms) -> Quantity:
    paid, channel, _, _ = _grants(q)
    return q.owned(paid, channel, len(q.scenario.money.channels))


def _capital(q: Forms) -> Quantity:
    paid, _, _, account = _grants(q)
    return q.owned(paid, account, len(q.scenario.money.accounts))


def _raised(q: Forms) -> Quantity:
    paid, channel, _, _ = _grants(q)
    return q.owned(paid, q.scenario.money.raised_by[channel], len(q.scenario.money.accounts))


def _received(q: Forms) -> Quantity:
    paid, channel, _, account = _grants(q)
    from_others = np.where(q.scenario.money.raised_by[channel] == account, -1, account)
    return q.owned(paid, from_others, len(q.scenario.money.accounts))


def _repaid(q: Forms) -> Quantity:
    """(A, T) owed on loans in the dearest year of a stage."""
    money, columns = q.scenario.money, q.column("fund")
    _, channel, _, account = _grants(q)
    stages = columns.shape[1]
    shape = (len(money.accounts), stages)
    where = account[:, None, None] * stages + np.zeros((stages, 1), int) + np.arange(stages)
    return q.form(shape, (where, columns[:, :, None], 1000 * money.loan_due[channel]))


def _running(q: Forms) -> Quantity:
    """(A, T) of works, assets, energy and chemicals, less what the sun saves."""
    scenario, network, accounts = q.scenario, q.scenario.network, len(q.scenario.money.accounts)
    works, service, assets = scenario.works, scenario.service, asset_running(q)
    site = scenario.money.account_positions(scenario.basin.tables["treatment_sites"]["administration"])
    of_feed, of_pipe = (
        site[network.link_to_site[works.feed_link]],
        service.village_account[network.link_to_village[network.pipes]],
    )
    flat = Quantity((assets.shape[0] * assets.shape[1], assets.shape[2]), assets.matrix, assets.constant)
    feeds = q.scaled(q.feeds_expected(), 1000 * q.values("feed_cost")[:, None])
    pipes = q.scaled(q.pipes_expected(), 1000 * q.values("pipe_cost")[:, None])
    by_link = np.full(len(network.links), -1)
    by_link[network.mains] = site[network.link_to_site[network.mains]]
    by_link[network.pipes] = of_pipe
    return q.difference(
        q.added(
            q.owned(running(q), works.account, accounts),
            q.owned(flat, np.repeat(service.village_account, assets.shape[1]), accounts),
            q.owned(feeds, of_feed, accounts),
            q.owned(pipes, of_pipe, accounts),
        ),
        q.owned(q.scaled(solar(q), scenario.energy.usd_per_m3[:, None]), by_link, accounts),
    )


def _supported(q: Forms) -> Quantity:
    money, columns = q.scenario.money, q.column("supported")
    subsidy, account = np.nonzero(money.subsidy_reaches)
    shape = (len(money.subsidies), len(money.accounts), columns.shape[1])
    where = cells(shape, subsidy[:, None], account[:, None], np.arange(shape[2]))
    return q.form(shape, (where, columns, 1000.0))


def _subsidies(q: Forms) -> Quantity:
    money, columns = q.scenario.money, q.column("supported")
    _, account = np.nonzero(money.subsidy_reaches)
    paid = q.form(columns.shape, (np.arange(columns.size).reshape(columns.shape), columns, 1000.0))
    return q.owned(paid, account, len(money.accounts))


def _tariffs(q: Forms) -> Quantity:
    """(A, T) what subsidies leave of running costs, of what is owed on loans and of what is put aside."""
    money, aside = q.scenario.money, q.column("put_aside")
    account = money.savings[1]
    put_aside = q.form(aside.shape, (np.arange(aside.size).reshape(aside.shape), aside, 1000.0))
    owed = q.added(_running(q), _repaid(q), q.owned(put_aside, account, len(money.accounts)))
    return q.difference(owed, _subsidies(q))


def _carried(q: Forms) -> Quantity:
    """(F, T) all that a channel has offered less what it has spent; nothing after the last stage or where nothing is kept."""
    money, spent = q.scenario.money, _spent(q)
    stages = spent.shape[1]
    earlier = sp.kron(sp.eye_array(spent.shape[0]), sp.csr_array(np.tril(np.ones((stages, stages)))), format="csr")
    so_far = Quantity(spent.shape, sp.csr_array(earlier @ spent.matrix), np.asarray(earlier @ spent.constant))
    kept = money.carries_over[:, None] & (np.arange(stages) < stages - 1)
    return q.scaled(q.difference(q.constant(money.channel_usd.cumsum(axis=1)), so_far), kept)


MAKERS: dict[tuple[str, str], Maker] = {
    ("finance", "amount_usd"): _fund,
    ("channel_balances", "carried_usd"): _carried,
    ("channel_balances", "spent_usd"): _spent,
    ("running_costs", "running_cost_usd_per_year"): _running,
    ("running_costs", "tariffs_usd_per_year"): _tariffs,
    ("running_costs", "subsidies_usd_per_year"): _subsidies,
    ("subsidies_paid", "amount_usd_per_year"): _supported,
    ("accounts", "capital_usd"): _capital,
    ("accounts", "raised_usd"): _raised,
    ("accounts", "received_usd"): _received,
    ("accounts", "repaid_usd_per_year"): _repaid,
}
