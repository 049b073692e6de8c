"""Options of the network as arrays: where they stand, what they carry, what they cost when."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, Integers, numbers, positions
from planner.scenario.resolved.money import Money, account_and_category
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.quality import Quality, usable_in_a_mix
from planner.scenario.resolved.river import River
from planner.scenario.resolved.storage import Reservoirs


@dataclass(frozen=True)
class Works:
    """O options, T stages; -1 stands for "not of this kind"."""

    options: pd.Index
    source: Integers  # developed by the option
    site: Integers  # where the option puts a train
    train: Integers
    link: Integers  # widened by the option
    reservoir: Integers  # filled once the option serves; one that exists needs none
    capacity_m3_per_day: Floats
    capacity_is_chosen: Flags
    largest_count: Integers  # (O,) how often the option may stand
    modular: Integers  # (W,) the options that may stand more than once
    capex_usd: Floats
    capex_usd_per_m3_per_day: Floats
    fixed_om_usd_per_year: Floats
    fixed_om_usd_per_year_per_m3_per_day: Floats
    lead_time_stages: Integers  # (O,) stages between the decision, when the capital is paid, and the first service
    may_serve: Flags  # (O, T)
    payments: Floats  # (O, T serving from, T paid in): how often the capital is paid
    worth: Floats  # (O, T serving from): present value of one dollar of capital, residual subtracted
    category: Integers
    account: Integers
    exclusive_groups: pd.Index
    exclusive_group: Integers
    requirement: Integers  # (n, 2): option, required option
    feed_link: Integers  # (F,) the main of each feed: water of a source on its way to a train that makes it safe
    feed_option: Integers  # (F,) the option that puts the train there


def payments_of(horizon: Horizon, life_years: Integers, lead_time_stages: Integers) -> tuple[Floats, Floats]:
    """Payments (n, T, T) and worth (n, T) of works by their life and lead time."""
    pairs, which = np.unique(np.stack([life_years, lead_time_stages]), axis=1, return_inverse=True)
    stages = len(horizon.stages)
    if not pairs.shape[1]:
        return np.zeros((0, stages, stages)), np.zeros((0, stages))
    paid, worth = zip(*(horizon.payments(int(life), int(lead)) for life, lead in pairs.T), strict=True)
    return np.stack(paid)[which], np.stack(worth)[which]


def _feeds(network: Network, quality: Quality, blending: bool, site: Integers, train: Integers) -> tuple[Integers, Integers]:
    """Every main with every train at its end that makes its source safe, with blending also in a mix."""
    treatment = np.flatnonzero(site >= 0)
    main, there = network.mains, pd.DataFrame({"site": site[treatment], "option": treatment})
    pairs = pd.DataFrame({"site": network.link_to_site[main], "link": main}).merge(there, on="site")
    link, option = pairs["link"].to_numpy(np.int64), pairs["option"].to_numpy(np.int64)
    source = network.link_source[link]
    safe = usable_in_a_mix(quality, source, train[option], option) if blending else quality.safe_alone[source, train[option]]
    return link[safe], option[safe]


def _forbidden(policy: Policy, network: Network, river: River, source: Integers) -> Flags:
    """(O,) options that would open a source in a protected reach, where the policy allows none."""
    closed = np.append(river.protected, False)[network.source_reach] & (policy.protected_reaches == "hard")
    return np.asarray((source >= 0) & np.append(closed, False)[source])


def works_of(
    basin: Basin,
    policy: Policy,
    horizon: Horizon,
    network: Network,
    river: River,
    money: Money,
    quality: Quality,
    reservoirs: Reservoirs,
) -> Works:
    """Read the options of a basin; what the policy forbids may never serve."""
    option = basin.tables["options"]
    site = np.where(option["kind"] == "treatment", positions(option["place"], network.sites), -1)
    train = np.where(option["kind"] == "treatment", positions(option["train"], network.trains), -1)
    feed_link, feed_option = _feeds(network, quality, policy.blending == "chemicals", site, train)
    options = pd.Index(option["option"])
    kind = option["kind"]
    source = np.where(kind == "source_development", positions(option["place"], network.sources), -1)
    # A train that makes no water safe that can reach it is not offered at all.
    useless = (site >= 0) & ~np.isin(np.arange(len(option)), feed_option)
    never = useless | _forbidden(policy, network, river, source)
    lead = option["lead_time_stages"].to_numpy(np.int64)
    earliest = np.maximum(positions(option["earliest_stage"], horizon.stages), 0) + lead
    paid, worth = payments_of(horizon, option["life_years"].to_numpy(np.int64), lead)
    account, category = account_and_category(money, option)
    groups = pd.Index(option["exclusive_group"].dropna().unique())
    required = basin.tables["option_requirements"]
    by_capacity = numbers(option, "capex_usd_per_m3_per_day"), numbers(option, "fixed_om_usd_per_year_per_m3_per_day")
    return Works(
        options=options,
        source=source,
        site=site,
        train=train,
        link=np.where(kind == "conveyance", positions(option["place"], network.links), -1),
        reservoir=np.where(kind == "reservoir", reservoirs.to_be_built(option["place"]), -1),
        capacity_m3_per_day=numbers(option, "capacity_m3_per_day", 0.0),
        capacity_is_chosen=(kind == "treatment").to_numpy(bool) & ((by_capacity[0] > 0) | (by_capacity[1] > 0)),
        largest_count=option["largest_count"].to_numpy(np.int64),
        modular=np.flatnonzero(option["largest_count"] > 1),
        capex_usd=numbers(option, "capex_usd"),
        capex_usd_per_m3_per_day=by_capacity[0],
        fixed_om_usd_per_year=numbers(option, "fixed_om_usd_per_year"),
        fixed_om_usd_per_year_per_m3_per_day=by_capacity[1],
        lead_time_stages=lead,
        may_serve=(np.arange(len(horizon.stages)) >= earliest[:, None]) & ~never[:, None],
        payments=paid,
        worth=worth,
        category=category,
        account=account,
        exclusive_groups=groups,
        exclusive_group=positions(option["exclusive_group"], groups),
        requirement=np.stack([positions(required["option"], options), positions(required["requires"], options)], axis=1),
        feed_link=feed_link,
        feed_option=feed_option,
    )
