"""Mains, treatment trains and sites: only trains that stand and are enough, within what they can take."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import Flows, Network, summed
from planner.plan.audit.options import Works
from planner.plan.audit.outages import in_service
from planner.plan.audit.tolerances import COUNT, WATER
from planner.scenario.policy import Policy


def check_treatment(
    facts: Facts, policy: Policy, claims: Claims, network: Network, flows: Flows, works: Works
) -> list[AuditCheck]:
    """All rules of feeds (a main with the train it feeds), trains and sites."""
    names = facts.names
    stands, capacity = _trains(facts, works)
    link, train, (stage, season, member) = flows.feed_link, flows.feed_train, flows.feed_period
    site, source = network.to_site[link], network.from_source[link]
    arriving = flows.feed_m3_per_day * network.keeps[link]
    fed = train >= 0
    at = (site[fed], train[fed], stage[fed], season[fed], member[fed])
    put_in = dense((*capacity.shape, *facts.horizon.shape[1:]), at, arriving[fed])
    there = capacity[..., None, None] * in_service(facts, "treatment_sites")[:, None, None]
    recovery = facts.basin.tables["trains"]["recovery_share"].to_numpy(float)
    treated = np.einsum("kntsm,n->ktsm", put_in, recovery)
    leaving = summed(facts.size("treatment_sites"), network.from_site, flows.entering)
    # What is mixed is judged after mixing; pathogens are not diluted.
    safe = network.enough_barriers if policy.blending == "chemicals" else network.made_safe
    feed = names.rows(links=link, trains=train, stages=stage, seasons=season, members=member)
    return [
        _train_named(facts, claims, network),
        judge("feed_without_train", "Water is put only into trains that stand",
              flows.feed_m3_per_day * ~(fed & _padded(stands)[site, train, stage]),
              WATER, feed),
        judge("feed_unsafe", "Water is put only into trains that make it safe",
              flows.feed_m3_per_day * (fed & ~_padded(safe)[source, train]), WATER, feed),
        judge("train_capacity", "No train takes in more than its capacity in service", put_in - there, WATER,
              names.grid("treatment_sites", "trains", "stages", "seasons", "members"), there),
        judge("site_water", "No site gives more water than it treats", leaving - treated, WATER,
              names.grid("treatment_sites", "stages", "seasons", "members"), treated),
    ]  # fmt: skip


def _trains(facts: Facts, works: Works) -> tuple[np.ndarray, Numbers]:
    """Whether a train stands, and its capacity: (site, train, stage)."""
    table, names = facts.basin.tables["options"], facts.names
    treats = (table["kind"] == "treatment").to_numpy(bool)
    at = names.codes("treatment_sites", table["place"][treats]), names.codes("trains", table["train"][treats])
    shape = facts.size("treatment_sites", "trains", "stages")
    stands, capacity = np.zeros(shape, dtype=bool), np.zeros(shape)
    np.logical_or.at(stands, at, works.serves[treats])
    np.add.at(capacity, at, works.capacity[treats] * works.serves[treats])
    return stands, capacity


def _padded(pairs: np.ndarray) -> np.ndarray:
    """With a column for "no train", reached by the position -1, in which nothing is true."""
    return np.concatenate([pairs, np.zeros_like(pairs, shape=(pairs.shape[0], 1, *pairs.shape[2:]))], axis=1)


def _train_named(facts: Facts, claims: Claims, network: Network) -> AuditCheck:
    claimed = claims["flows"]
    link, train = claimed["link"].to_numpy(), claimed["train"].to_numpy()
    return judge("flow_train_named", "Flows in mains name the train they feed, other flows name none",
                 network.main[link] != (train >= 0), COUNT, facts.names.rows(links=link, trains=train))  # fmt: skip
