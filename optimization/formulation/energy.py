"""Energy of pumping and treatment: what the sun pumps needs no other energy; what all emit in a year may be bounded."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.modules import modules_of
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The price of energy stands in the running cost of each flow; here stands what solar pumping takes off it."""
    energy, network = scenario.energy, scenario.network
    main_of, pipe_of = np.full(len(network.links), -1), np.full(len(network.links), -1)
    main_of[network.mains], pipe_of[network.pipes] = np.arange(len(network.mains)), np.arange(len(network.pipes))
    main, pipe = main_of[energy.solar_link], pipe_of[energy.solar_link]
    _mains(m, scenario, np.flatnonzero(main >= 0), main[main >= 0])
    _pipes(m, scenario, np.flatnonzero(pipe >= 0), pipe[pipe >= 0])
    if scenario.policy.largest_emissions_kg_co2_per_year is not None:
        _emissions(m, scenario, scenario.policy.largest_emissions_kg_co2_per_year)


def _mains(m: Model, scenario: ResolvedScenario, solar: np.ndarray, main: np.ndarray) -> None:
    energy, network, periods = scenario.energy, scenario.network, scenario.periods
    option, link = energy.solar_option[solar], energy.solar_link[solar]
    site = scenario.money.account_positions(scenario.basin.tables["treatment_sites"]["administration"])
    m.index_set("main_sun", joined(scenario.works.options.take(option)), title="Solar pumping in mains")
    m.neighbours("suns_of_main", m.main, m.main_sun, owner=main)
    m.neighbours("main_suns_run_by", m.account, m.main_sun, owner=site[network.link_to_site[link]])
    modules_of(m, scenario, "modules_of_main_sun", m.main_sun, option)
    m.data("option_of_main_sun", option)
    m.data("main_sun_capacity", energy.solar_m3_per_day[solar], unit="m³/day", title="What the sun can pump in a main")
    m.data("main_sun_saves", energy.usd_per_m3[link] / 1000, unit="thousand USD/m³", title="Energy that the sun saves in a main")
    m.data("main_sun_avoids", energy.kg_co2_per_m3[link] / 1000, unit="t CO2/m³", title="Emissions that the sun avoids in a main")
    m.variable("main_by_sun", m.main_sun, m.binding, unit="m³/day", title="Pumped by the sun in a main")
    has_sun = np.isin(np.arange(len(network.mains)), main)[:, None]

    @m.law(m.main_sun, m.binding, title="Capacity of solar pumping in mains", unit="m³/day")
    def main_sun_capacities(m, s, p):
        """The sun pumps no more than what stands can."""
        return m.main_by_sun[s, p] <= m.main_sun_capacity[s] * m.serves[m.option_of_main_sun[s], m.stage_of_binding[p]] + sum(
            m.main_sun_capacity[s] * m.further[w, m.stage_of_binding[p]] for w in m.modules_of_main_sun[s]
        )

    @m.law(m.main, m.binding, where=np.broadcast_to(has_sun, (len(network.mains), periods.count)),
           title="The sun pumps what flows in a main", unit="m³/day")  # fmt: skip
    def main_sun_flows(m, n, p):
        """The sun pumps no more than what a main carries."""
        return sum(m.main_by_sun[s, p] for s in m.suns_of_main[n]) <= sum(m.feed_flow[f, p] for f in m.feeds_of_main[n])

    worth = scenario.horizon.annuity[periods.stage] * periods.days_per_year
    m.data("main_sun_days", worth, unit="days", title="Days of a period, by the present value of a year")

    @m.term("cost", m.main_sun, m.binding, title="Energy that solar pumping saves in mains", unit="thousand USD")
    def saved_in_mains(m, s, p):
        return -m.main_sun_days[p] * m.main_sun_saves[s] * m.main_by_sun[s, p]


def _pipes(m: Model, scenario: ResolvedScenario, solar: np.ndarray, pipe: np.ndarray) -> None:
    energy, network, periods = scenario.energy, scenario.network, scenario.periods
    option, link = energy.solar_option[solar], energy.solar_link[solar]
    village = scenario.service.village_account
    m.index_set("pipe_sun", joined(scenario.works.options.take(option)), title="Solar pumping in links into villages")
    m.neighbours("suns_of_pipe", m.pipe, m.pipe_sun, owner=pipe)
    m.neighbours("pipe_suns_run_by", m.account, m.pipe_sun, owner=village[network.link_to_village[link]])
    modules_of(m, scenario, "modules_of_pipe_sun", m.pipe_sun, option)
    m.data("option_of_pipe_sun", option)
    m.data("pipe_sun_capacity", energy.solar_m3_per_day[solar], unit="m³/day", title="What the sun can pump in a link")
    m.data("pipe_sun_saves", energy.usd_per_m3[link] / 1000, unit="thousand USD/m³", title="Energy that the sun saves in a link")
    m.data("pipe_sun_avoids", energy.kg_co2_per_m3[link] / 1000, unit="t CO2/m³", title="Emissions that the sun avoids in a link")
    m.variable("pipe_by_sun", m.pipe_sun, m.delivery, unit="m³/day", title="Pumped by the sun in a link into a village")
    has_sun = np.isin(np.arange(len(network.pipes)), pipe)[:, None]

    @m.law(m.pipe_sun, m.delivery, title="Capacity of solar pumping in links into villages", unit="m³/day")
    def pipe_sun_capacities(m, s, d):
        """The sun pumps no more than what stands can, in the highest season too."""
        return m.peak_factor[d] * m.pipe_by_sun[s, d] <= m.pipe_sun_capacity[s] * m.serves[
            m.option_of_pipe_sun[s], m.stage_of_delivery[d]
        ] + sum(m.pipe_sun_capacity[s] * m.further[w, m.stage_of_delivery[d]] for w in m.modules_of_pipe_sun[s])

    @m.law(m.pipe, m.delivery, where=np.broadcast_to(has_sun, (len(network.pipes), len(periods.delivery_stage))),
           title="The sun pumps what flows in a link", unit="m³/day")  # fmt: skip
    def pipe_sun_flows(m, n, d):
        """The sun pumps no more than what a link carries."""
        return sum(m.pipe_by_sun[s, d] for s in m.suns_of_pipe[n]) <= m.pipe_flow[n, d]

    worth = scenario.horizon.annuity[periods.delivery_stage] * periods.delivery_days_per_year
    m.data("pipe_sun_days", worth, unit="days", title="Days of a delivery, by the present value of a year")

    @m.term("cost", m.pipe_sun, m.delivery, title="Energy that solar pumping saves in links into villages", unit="thousand USD")
    def saved_in_pipes(m, s, d):
        return -m.pipe_sun_days[d] * m.pipe_sun_saves[s] * m.pipe_by_sun[s, d]


def _emissions(m: Model, scenario: ResolvedScenario, largest_kg_per_year: float) -> None:
    energy, network, periods = scenario.energy, scenario.network, scenario.periods
    link, train = scenario.works.feed_link, scenario.works.train[scenario.works.feed_option]
    treated = (1 - network.link_loss[link]) * energy.train_kg_co2_per_m3[train]
    m.data("feed_emits", (energy.kg_co2_per_m3[link] + treated) / 1000, unit="t CO2/m³", title="Emissions of a feed")
    m.data("pipe_emits", energy.kg_co2_per_m3[network.pipes] / 1000, unit="t CO2/m³", title="Emissions of a link into a village")
    m.data("days_of_binding", periods.days_per_year, unit="days/year", title="Expected days of a binding period")
    m.data("days_of_delivery", periods.delivery_days_per_year, unit="days/year", title="Expected days of a delivery")
    m.data("largest_emissions", np.full(len(scenario.horizon.stages), largest_kg_per_year / 1000), unit="t CO2/year",
           title="Largest emissions")  # fmt: skip

    @m.law(m.stage, title="Emissions of pumping and treatment", unit="t CO2/year")
    def emissions_of_pumping(m, t):
        """What all pumps and trains emit in a year of a stage, less what the sun avoids, stays within the policy's bound."""
        return (
            sum(m.feed_emits[f] * m.days_of_binding[p] * m.feed_flow[f, p] for f in m.feed for p in m.bindings_in_stage[t])
            + sum(m.pipe_emits[n] * m.days_of_delivery[d] * m.pipe_flow[n, d] for n in m.pipe for d in m.deliveries_in_stage[t])
            - sum(
                m.main_sun_avoids[s] * m.days_of_binding[p] * m.main_by_sun[s, p]
                for s in m.main_sun for p in m.bindings_in_stage[t]
            )
            - sum(
                m.pipe_sun_avoids[s] * m.days_of_delivery[d] * m.pipe_by_sun[s, d]
                for s in m.pipe_sun for d in m.deliveries_in_stage[t]
            )
            <= m.largest_emissions[t]
        )  # fmt: skip
