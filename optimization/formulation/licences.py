"""Licences of administrations: what all their sources take together in a year."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Hard or priced, by policy, in every year of every member, in the stages that have a licence."""
    licences, network, policy, horizon = scenario.licences, scenario.network, scenario.policy, scenario.horizon
    licensed = np.repeat(np.isfinite(licences.licence_m3_per_year)[:, :, None], len(horizon.members), axis=2)
    m.index_set("licensed_administration", list(licences.administrations), title="Administrations with a licence")
    owner, feed = np.nonzero(licences.covers[:, network.link_source[scenario.works.feed_link]])
    m.neighbours("feeds_under_licence", m.licensed_administration, m.feed, pairs=(owner, feed))
    pipes = np.flatnonzero(network.link_source[network.pipes] >= 0)
    owner, position = np.nonzero(licences.covers[:, network.link_source[network.pipes[pipes]]])
    m.neighbours("pipes_under_licence", m.licensed_administration, m.pipe, pairs=(owner, pipes[position]))
    m.data("administration_licence_volume", np.where(licensed[:, :, 0], licences.licence_m3_per_year, 0.0) / 1000,
           unit="thousand m³/year", title="Licence of an administration")  # fmt: skip
    most = np.where(licensed & (policy.administration_licences == "priced"), np.inf, 0.0)
    m.variable("licence_exceeded", m.licensed_administration, m.stage, m.member, upper=most, unit="thousand m³/year",
               title="Taken beyond the licence of an administration")  # fmt: skip

    @m.law(m.licensed_administration, m.stage, m.member, where=licensed, title="Licences of administrations",
           unit="thousand m³/year")  # fmt: skip
    def administration_licence(m, g, t, h):
        """What all sources of an administration take in a year, less what is taken beyond, stays within its licence."""
        return (
            sum(m.days_of_member[p, h] * m.feed_flow[f, p] for p in m.bindings_in_stage[t] for f in m.feeds_under_licence[g])
            + sum(
                m.days_of_member[p, h] * m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]]
                for p in m.bindings_in_stage[t]
                for n in m.pipes_under_licence[g]
            )
            - m.licence_exceeded[g, t, h]
            <= m.administration_licence_volume[g, t]
        )

    if policy.administration_licences == "priced":
        price = policy.administration_licence_price_usd_per_m3 * horizon.annuity[:, None] * horizon.probability
        m.data("price_beyond_licence", price, unit="thousand USD per thousand m³/year")

        m.data("beyond_licence_in", policy.administration_licence_price_usd_per_m3 * horizon.annuity,
               unit="thousand USD per thousand m³/year", title="Price beyond a licence, were every year alike")  # fmt: skip

        def beyond_licences_in_member(m, h):
            return sum(m.beyond_licence_in[t] * m.licence_exceeded[g, t, h] for g in m.licensed_administration for t in m.stage)

        @m.term("penalty", m.licensed_administration, m.stage, m.member, title="Taken beyond licences", unit="thousand USD",
                in_member=beyond_licences_in_member)  # fmt: skip
        def taken_beyond_licences(m, g, t, h):
            return m.price_beyond_licence[t, h] * m.licence_exceeded[g, t, h]
