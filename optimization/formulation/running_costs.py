"""Running costs: covered every year by tariffs that people can afford and by named subsidies."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """What is built but cannot be run is no plan."""
    _costs(m, scenario)
    _cover(m, scenario)
    _worth(m, scenario)


def _costs(m: Model, scenario: ResolvedScenario) -> None:
    network, works, service, periods = scenario.network, scenario.works, scenario.service, scenario.periods
    treatment = np.flatnonzero(works.site >= 0)
    village = np.asarray(m.index_sets["village_asset"].label("village"))
    m.data("option_runs", works.fixed_om_usd_per_year / 1000, unit="thousand USD/year", title="Running cost of an option")
    m.data("capacity_runs", works.fixed_om_usd_per_year_per_m3_per_day[treatment] / 1000,
           unit="thousand USD/year per m³/day", title="Running cost of capacity")  # fmt: skip
    m.data("asset_runs", service.asset_fixed_om_usd_per_year / 1000, unit="thousand USD/year",
           title="Running cost of an asset")  # fmt: skip
    link, train = works.feed_link, works.train[works.feed_option]
    put_in = (1 - network.link_loss[link]) * network.train_variable_om_usd_per_m3[train]
    m.data("feed_cost", (network.link_variable_om_usd_per_m3[link] + put_in) / 1000, unit="thousand USD/m³",
           title="Energy and chemicals of a feed")  # fmt: skip
    m.data("pipe_cost", network.link_variable_om_usd_per_m3[network.pipes] / 1000, unit="thousand USD/m³",
           title="Energy of a link into a village")  # fmt: skip
    m.data("binding_days", periods.days_per_year, unit="days/year", title="Expected days that a period stands for")
    m.data("delivery_days", periods.delivery_days_per_year, unit="days/year", title="Days of a delivery, by demand")
    sites, villages = scenario.basin.tables["treatment_sites"], service.village_account
    site_account = scenario.money.account_positions(sites["administration"])
    m.neighbours("options_run_by", m.account, m.option, owner=works.account)
    m.neighbours("treatments_run_by", m.account, m.treatment, owner=works.account[treatment])
    m.neighbours("assets_run_by", m.account, m.village_asset, owner=villages[village])
    m.neighbours("feeds_run_by", m.account, m.feed, owner=site_account[network.link_to_site[link]])
    m.neighbours("pipes_run_by", m.account, m.pipe, owner=villages[network.link_to_village[network.pipes]])


def _cover(m: Model, scenario: ResolvedScenario) -> None:
    money, service = scenario.money, scenario.service
    subsidy, account = np.nonzero(money.subsidy_reaches)
    names = joined(money.subsidies.take(subsidy), money.accounts.take(account))
    m.index_set("subsidy", list(money.subsidies), title="Subsidies")
    m.index_set("support", names, title="What a subsidy may cover")
    m.data("support_subsidy", subsidy)
    m.data("support_account", account)
    m.neighbours("support_of", m.account, m.support, owner=account)
    m.neighbours("support_from", m.subsidy, m.support, owner=subsidy)
    m.neighbours("plans_paying", m.account, m.candidate, owner=service.village_account[service.village])
    m.variable("tariffs", m.account, m.stage, unit="thousand USD/year", title="Tariffs")
    m.variable("supported", m.support, m.stage, unit="thousand USD/year", title="Subsidy paid")
    m.data("subsidy_offered", money.subsidy_usd_per_year / 1000, unit="thousand USD/year", title="Subsidy offered")
    m.data("tariff_cap", service.tariff_cap_usd_per_year.sum(axis=2) / 1000, unit="thousand USD/year",
           title="What the people of a plan can pay")  # fmt: skip

    granting = m.data_arrays["grant_channel"].values.astype(np.int64)
    m.neighbours("loans_to", m.account, m.grant, owner=m.data_arrays["grant_account"].values.astype(np.int64),
                 where=money.repaid[granting])  # fmt: skip
    m.data("loan_due", money.loan_due[granting], unit="1/year", title="Owed each year on a dollar borrowed, by stage")

    @m.law(m.account, m.stage, title="Running costs are covered", unit="thousand USD/year")
    def running_costs_covered(m, a, t):
        """Tariffs and subsidies cover the works that stand, the water that flows, what is owed on loans and what is put aside."""
        return sum(m.option_runs[o] * m.serves[o, t] for o in m.options_run_by[a]) + sum(
            m.option_runs[m.option_of_module[w]] * m.further[w, t] for w in m.modules_run_by[a]
        ) + sum(m.capacity_runs[q] * m.capacity[q, t] for q in m.treatments_run_by[a]) + sum(
            m.asset_runs[m.asset_of[x]] * m.units[x, t] for x in m.assets_run_by[a]
        ) + sum(
            m.feed_cost[f] * m.binding_days[p] * m.feed_flow[f, p] for f in m.feeds_run_by[a] for p in m.bindings_in_stage[t]
        ) + sum(
            m.pipe_cost[n] * m.delivery_days[d] * m.pipe_flow[n, d] for n in m.pipes_run_by[a] for d in m.deliveries_in_stage[t]
        ) - sum(
            m.main_sun_saves[s] * m.binding_days[p] * m.main_by_sun[s, p]
            for s in m.main_suns_run_by[a]
            for p in m.bindings_in_stage[t]
        ) - sum(
            m.pipe_sun_saves[s] * m.delivery_days[d] * m.pipe_by_sun[s, d]
            for s in m.pipe_suns_run_by[a]
            for d in m.deliveries_in_stage[t]
        ) + sum(m.loan_due[e, u, t] * m.fund[e, u] for e in m.loans_to[a] for u in m.stage) + sum(
            m.put_aside[k, t] for k in m.savings_of[a]
        ) <= m.tariffs[a, t] + sum(m.supported[b, t] for b in m.support_of[a])

    saves = np.isin(np.arange(len(money.accounts)), money.savings[1])

    @m.law(m.account, m.stage, where=np.repeat(saves[:, None], len(scenario.horizon.stages), axis=1),
           title="Only tariffs are put aside", unit="thousand USD/year")  # fmt: skip
    def tariffs_put_aside(m, a, t):
        """What is put aside comes out of tariffs; no subsidy builds."""
        return sum(m.put_aside[k, t] for k in m.savings_of[a]) <= m.tariffs[a, t]

    @m.law(m.account, m.stage, title="Tariffs stay affordable", unit="thousand USD/year")
    def tariffs_affordable(m, a, t):
        """No group pays more than its share of income; only those pay who are on a mode with a tariff."""
        return m.tariffs[a, t] <= sum(m.tariff_cap[c, t] * m.chosen[c, t] for c in m.plans_paying[a])

    @m.law(m.subsidy, m.stage, title="Subsidies", unit="thousand USD/year")
    def subsidies(m, b, t):
        """A subsidy pays no more than it offers."""
        return sum(m.supported[s, t] for s in m.support_from[b]) <= m.subsidy_offered[b, t]


def _worth(m: Model, scenario: ResolvedScenario) -> None:
    periods = scenario.periods
    delivered = np.zeros((len(periods.delivery_stage), len(scenario.horizon.members)))
    np.add.at(delivered, periods.delivery, m.data_arrays["worth_of_member"].values * periods.factor[:, None])
    m.data("delivery_worth", delivered, unit="days", title="Present worth of a member's days, by delivery and demand")

    def feeds_in_member(m, h):
        return sum(m.feed_cost[f] * m.worth_of_member[p, h] * m.feed_flow[f, p] for f in m.feed for p in m.binding)

    def pipes_in_member(m, h):
        return sum(m.pipe_cost[n] * m.delivery_worth[d, h] * m.pipe_flow[n, d] for n in m.pipe for d in m.delivery)

    @m.term("cost", m.option, m.stage, title="Running cost of options", unit="thousand USD")
    def running_of_options(m, o, t):
        return m.annuity[t] * m.option_runs[o] * m.serves[o, t]

    @m.term("cost", m.module, m.stage, title="Running cost of further units", unit="thousand USD")
    def running_of_modules(m, w, t):
        return m.annuity[t] * m.option_runs[m.option_of_module[w]] * m.further[w, t]

    @m.term("cost", m.treatment, m.stage, title="Running cost of treatment capacity", unit="thousand USD")
    def running_of_capacity(m, q, t):
        return m.annuity[t] * m.capacity_runs[q] * m.capacity[q, t]

    @m.term("cost", m.village_asset, m.stage, title="Running cost of assets in villages", unit="thousand USD")
    def running_of_assets(m, x, t):
        return m.annuity[t] * m.asset_runs[m.asset_of[x]] * m.units[x, t]

    @m.term("cost", m.feed, m.binding, title="Energy and chemicals", unit="thousand USD", in_member=feeds_in_member)
    def running_of_feeds(m, f, p):
        return m.annuity[m.stage_of_binding[p]] * m.feed_cost[f] * m.binding_days[p] * m.feed_flow[f, p]

    @m.term("cost", m.pipe, m.delivery, title="Energy of links into villages", unit="thousand USD", in_member=pipes_in_member)
    def running_of_pipes(m, n, d):
        return m.annuity[m.stage_of_delivery[d]] * m.pipe_cost[n] * m.delivery_days[d] * m.pipe_flow[n, d]
