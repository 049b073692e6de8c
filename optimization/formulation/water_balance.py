"""Water from the source through treatment to the village: balances, capacities, yields, licences."""

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import Model
from optimization.formulation.capacity import behind_links, most_drawn, usable_capacity
from planner.scenario.resolved import ResolvedScenario

Floats = NDArray[np.float64]


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Feeds of trains in every binding period; one pattern of flows a stage in the pipes to the villages."""
    largest = behind_links(scenario)
    pipes = scenario.network.pipes
    stage = scenario.periods.delivery_stage
    m.variable("pipe_flow", m.pipe, m.delivery, upper=largest[pipes][:, stage], unit="m³/day",
               title="Flow in a link into a village, on a mean day")  # fmt: skip
    m.variable("feed_flow", m.feed, m.binding, unit="m³/day", title="Flow through a main to a train")
    m.data("usable_capacity", usable_capacity(scenario), unit="m³/day", title="Capacity of use")
    _villages(m, scenario)
    _sites(m, scenario)
    _links(m, scenario)
    _sources(m, scenario)


def _villages(m: Model, scenario: ResolvedScenario) -> None:
    service = scenario.service
    for grade, demand in service.demand_m3_per_day.items():
        m.data(f"{grade}_demand", demand, unit="m³/day", title=f"Demand of a plan for {grade} water")
        m.neighbours(f"plans_drawing_{grade}", m.village, m.candidate, owner=service.village, where=(demand > 0).any(axis=1))

    @m.law(m.village, m.delivery, title="Safe water reaches the village", unit="m³/day")
    def safe_water(m, v, d):
        """What arrives, less what is piped on, and what is missing under stress, meets the demand of the plan."""
        return sum(m.pipe_keeps[n] * m.pipe_flow[n, d] for n in m.safe_pipes_into[v]) + sum(
            m.leakage_saved[i, d] for i in m.safe_mended_into[v]
        ) - sum(m.pipe_flow[n, d] for n in m.pipes_out_of_village[v]) + sum(
            m.safe_shortage[v, e] + m.safe_hauled[v, e] for e in m.stress_of_delivery[d]
        ) >= sum(m.safe_demand[c, m.stage_of_delivery[d]] * m.chosen[c, m.stage_of_delivery[d]] for c in m.plans_drawing_safe[v])

    @m.law(m.village, m.delivery, title="Raw water reaches the village", unit="m³/day")
    def raw_water(m, v, d):
        """What arrives untreated, and what is missing under stress, meets the demand of the plan for raw taps."""
        return sum(m.pipe_keeps[n] * m.pipe_flow[n, d] for n in m.raw_pipes_into[v]) + sum(
            m.leakage_saved[i, d] for i in m.raw_mended_into[v]
        ) + sum(m.raw_shortage[v, e] + m.raw_hauled[v, e] for e in m.stress_of_delivery[d]) >= sum(
            m.raw_demand[c, m.stage_of_delivery[d]] * m.chosen[c, m.stage_of_delivery[d]] for c in m.plans_drawing_raw[v]
        )


def _sites(m: Model, scenario: ResolvedScenario) -> None:
    network, works = scenario.network, scenario.works
    arrives = 1 - network.link_loss[works.feed_link]
    m.data("feed_arrives", arrives, unit="share", title="What of a feed reaches the train")
    recovery = network.train_recovery[works.train[works.feed_option]]
    m.data("feed_yields", arrives * recovery, unit="share", title="Safe water from a feed")
    at, periods = works.site[works.site >= 0], scenario.periods
    m.data("train_available", network.site_available_share[at][:, periods.season, periods.member], unit="share",
           title="What of a train is in service")  # fmt: skip

    @m.law(m.site, m.binding, title="Treatment gives what leaves the site", unit="m³/day")
    def site_balance(m, k, p):
        """Safe water from all feeds covers what flows into the pipes."""
        return sum(m.feed_yields[f] * m.feed_flow[f, p] for f in m.feeds_of_site[k]) >= sum(
            m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]] for n in m.pipes_out_of_site[k]
        )

    @m.law(m.treatment, m.binding, title="Capacity of trains", unit="m³/day")
    def train_capacity(m, q, p):
        """A train takes in no more than its capacity, as far as it is in service."""
        return (
            sum(m.feed_arrives[f] * m.feed_flow[f, p] for f in m.feeds_of_treatment[q])
            <= m.train_available[q, p] * m.capacity[q, m.stage_of_binding[p]]
        )


def _links(m: Model, scenario: ResolvedScenario) -> None:
    network, periods = scenario.network, scenario.periods
    existing = network.link_existing_capacity_m3_per_day
    m.data("main_existing", existing[network.mains], unit="m³/day", title="Existing capacity of a main")
    m.data("pipe_existing", existing[network.pipes], unit="m³/day", title="Existing capacity of a link into a village")
    design = scenario.horizon.demand_factor.max()
    alone = periods.delivery_binding
    peak = np.where(alone >= 0, periods.factor[np.maximum(alone, 0)], design)
    m.data("peak_factor", peak, unit="share", title="Highest season of a delivery")
    in_binding = network.link_available_share[:, periods.season, periods.member]
    m.data("main_available", in_binding[network.mains], unit="share", title="What of a main is in service")
    in_delivery = np.where(alone >= 0, in_binding[:, np.maximum(alone, 0)], 1.0)
    m.data("pipe_available", in_delivery[network.pipes], unit="share", title="What of a link into a village is in service")

    @m.law(m.main, m.binding, title="Capacity of mains", unit="m³/day")
    def main_capacity(m, n, p):
        """A main carries no more than what stands and is in service."""
        return sum(m.feed_flow[f, p] for f in m.feeds_of_main[n]) <= m.main_available[n, p] * m.main_existing[n] + sum(
            m.main_available[n, p] * m.usable_capacity[o, m.stage_of_binding[p]] * m.serves[o, m.stage_of_binding[p]]
            for o in m.options_of_main[n]
        ) + sum(
            m.main_available[n, p]
            * m.usable_capacity[m.option_of_module[w], m.stage_of_binding[p]]
            * m.further[w, m.stage_of_binding[p]]
            for w in m.modules_of_main[n]
        )

    narrow = _wider_than_source(scenario, in_binding)
    m.data("source_gives", most_drawn(scenario), unit="m³/day", title="The most that a source gives")
    m.data("source_of_main", network.link_source[network.mains])

    @m.law(m.main, m.binding, where=narrow, title="A main carries what its source gives", unit="m³/day")
    def main_gives(m, n, p):
        """A main that does not stand carries nothing. Only tightens the relaxation: a part of a wide main for a small spring."""
        return sum(m.feed_flow[f, p] for f in m.feeds_of_main[n]) <= sum(
            m.source_gives[m.source_of_main[n], p] * m.serves[o, m.stage_of_binding[p]] for o in m.options_of_main[n]
        )

    @m.law(m.pipe, m.delivery, title="Capacity of links into villages", unit="m³/day")
    def pipe_capacity(m, n, d):
        """A link carries its highest season's flow, as far as it is in service."""
        return m.peak_factor[d] * m.pipe_flow[n, d] <= m.pipe_available[n, d] * m.pipe_existing[n] + sum(
            m.pipe_available[n, d] * m.usable_capacity[o, m.stage_of_delivery[d]] * m.serves[o, m.stage_of_delivery[d]]
            for o in m.options_of_pipe[n]
        ) + sum(
            m.pipe_available[n, d]
            * m.usable_capacity[m.option_of_module[w], m.stage_of_delivery[d]]
            * m.further[w, m.stage_of_delivery[d]]
            for w in m.modules_of_pipe[n]
        )


def _wider_than_source(scenario: ResolvedScenario, available: Floats) -> NDArray[np.bool_]:
    """(M, P) mains yet to be laid of which an option could carry more than the source gives. `available` is L × P, shares."""
    network, works, periods = scenario.network, scenario.works, scenario.periods
    widest = np.zeros((len(network.links), periods.count))
    conveys = np.flatnonzero(works.link >= 0)
    np.maximum.at(widest, works.link[conveys], usable_capacity(scenario)[conveys][:, periods.stage])
    gives = most_drawn(scenario)[network.link_source[network.mains]]
    wide = (available * widest)[network.mains] > gives
    wide[network.link_existing_capacity_m3_per_day[network.mains] > 0] = False
    return wide


def _sources(m: Model, scenario: ResolvedScenario) -> None:
    network, periods, horizon = scenario.network, scenario.periods, scenario.horizon
    yields = network.source_yield_m3_per_day[:, periods.season, periods.member]
    m.data("source_yield", yields, unit="m³/day", title="Yield of a source")
    m.data("source_exists", network.source_exists.astype(float), title="1 where a source exists")

    @m.law(m.source, m.binding, title="Yield of sources", unit="m³/day")
    def source_yields(m, j, p):
        """A source gives its yield once it is developed, more or less where its catchment is protected."""
        return sum(m.feed_flow[f, p] for f in m.feeds_of_source[j]) + sum(
            m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]] for n in m.pipes_out_of_source[j]
        ) <= m.source_yield[j, p] * m.source_exists[j] + sum(
            m.source_yield[j, p] * m.serves[o, m.stage_of_binding[p]] for o in m.options_of_source[j]
        ) + sum(m.protection_gives[e, p] * m.protects[e, m.stage_of_binding[p]] for e in m.protections_of_source[j])

    licensed = np.flatnonzero(np.isfinite(network.licence_m3_per_year))
    stages, members = len(horizon.stages), len(horizon.members)
    m.index_set("licence", list(network.sources[licensed]), title="Licences", labels={"place": licensed})
    m.data("licensed_source", licensed)
    m.data("licence_volume", network.licence_m3_per_year[licensed] / 1000, unit="thousand m³/year")

    @m.law(m.licence, m.stage, m.member, where=np.ones((len(licensed), stages, members), bool), title="Licences",
           unit="thousand m³/year")  # fmt: skip
    def licence(m, i, t, h):
        """A year's withdrawal stays within the licence, in every member."""
        return (
            sum(
                m.days_of_member[p, h] * m.feed_flow[f, p]
                for p in m.bindings_in_stage[t]
                for f in m.feeds_of_source[m.licensed_source[i]]
            )
            + sum(
                m.days_of_member[p, h] * m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]]
                for p in m.bindings_in_stage[t]
                for n in m.pipes_out_of_source[m.licensed_source[i]]
            )
            <= m.licence_volume[i]
        )
