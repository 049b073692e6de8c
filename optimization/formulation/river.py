"""What is drawn from the river by sources and other uses, and held back by reservoirs, added up along its course."""

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Withdrawals are followed, not flows: a village's water is small beside the river, and stays exact so."""
    network, river, works, periods = scenario.network, scenario.river, scenario.works, scenario.periods
    natural = river.natural_m3_per_day[:, periods.period_season, periods.period_member]
    m.variable("net_withdrawal", m.reach, m.period, within="reals", upper=natural, unit="m³/day",
               title="Drawn and held back above and in a reach, less returns")  # fmt: skip
    demand = river.use_demand_m3_per_day[:, periods.period_season]
    m.variable("drawn", m.use, m.period, upper=demand, unit="m³/day", title="Drawn by an other use")
    m.neighbours("reaches_above", m.reach, m.reach, owner=river.downstream)
    m.neighbours("feeds_from_reach", m.reach, m.feed,
                 owner=picked(network.source_reach, network.link_source[works.feed_link]))  # fmt: skip
    m.neighbours("pipes_from_reach", m.reach, m.pipe,
                 owner=picked(network.source_reach, network.link_source[network.pipes]))  # fmt: skip
    m.neighbours("uses_of_reach", m.reach, m.use, owner=river.use_reach)
    m.neighbours("returns_to_reach", m.reach, m.use, owner=river.use_return_reach)
    _returned_by_people(m, scenario)
    m.data(
        "season_factor", periods.scale * periods.factor[periods.stands_for], unit="share", title="Demand of the period's season"
    )
    m.data("delivery_of", periods.delivery[periods.stands_for])
    m.data("return_share", river.use_return_share, unit="share", title="What an other use gives back")

    @m.law(m.reach, m.period, title="River balance", unit="m³/day")
    def river_balance(m, r, p):
        """Net withdrawal of a reach: all above it, and what is drawn or held back here, less what returns here."""
        return m.net_withdrawal[r, p] == (
            sum(m.net_withdrawal[u, p] for u in m.reaches_above[r])
            + sum(m.scale[p] * m.feed_flow[f, m.stands_for[p]] for f in m.feeds_from_reach[r])
            + sum(m.season_factor[p] * m.pipe_flow[n, m.delivery_of[p]] for n in m.pipes_from_reach[r])
            + sum(m.held_back[w, p] for w in m.reservoirs_in_reach[r])
            + sum(m.drawn[x, p] for x in m.uses_of_reach[r])
            - sum(m.return_share[x] * m.drawn[x, p] for x in m.returns_to_reach[r])
            - sum(m.reuse_returns[i] * m.reused[i, p] for i in m.reuse_returning_to_reach[r])
            - sum(m.season_factor[p] * m.wastewater[a, m.delivery_of[p]] - m.collected[a, p] for a in m.areas_into_reach[r])
            - sum(m.treated[q, p] for q in m.treatments_into_reach[r])
            + sum(m.reused[i, p] for i in m.reuse_kept_from_reach[r])
        )

    present = periods.priced_days_per_year * scenario.horizon.annuity[periods.period_stage] / 1000
    m.data("use_demand", demand, unit="m³/day", title="Wanted by an other use")
    m.data("value_of_use", river.use_value_usd_per_m3[:, None] * present, unit="thousand USD per m³/day")

    m.data("use_missed_in", river.use_value_usd_per_m3[:, None] * m.data_arrays["worth_of_period"].values,
           unit="thousand USD per m³/day", title="Value of water of a use, were every year like the period's member")  # fmt: skip

    def missed_in_member(m, h):
        return sum(m.use_missed_in[x, p] * (m.use_demand[x, p] - m.drawn[x, p]) for x in m.use for p in m.periods_of_member[h])

    @m.term("penalty", m.use, m.period, title="Water that other uses miss", unit="thousand USD", in_member=missed_in_member)
    def missed_by_uses(m, x, p):
        return m.value_of_use[x, p] * (m.use_demand[x, p] - m.drawn[x, p])


def _returned_by_people(m: Model, scenario: ResolvedScenario) -> None:
    """Wastewater comes back untreated where its area runs to, treated where its site does, reused from the use."""
    wastewater, river = scenario.wastewater, scenario.river
    use = picked(wastewater.reuse_use, wastewater.pair_link)
    arrives = 1 - wastewater.reuse_loss[wastewater.pair_link]
    m.data("reuse_arrives", arrives, unit="share", title="What of reuse arrives")
    m.data("reuse_returns", arrives * river.use_return_share[use], unit="share", title="What a use gives back of reuse")
    m.neighbours("reuse_to_use", m.use, m.reuse, owner=use)
    m.neighbours("reuse_returning_to_reach", m.reach, m.reuse, owner=picked(river.use_return_reach, use))
