"""The index sets of the model and who belongs to whom. No law stands here."""

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Time, places, options and candidates; each carries the place on the map and the stage it belongs to."""
    _time(m, scenario)
    _places(m, scenario)
    _works(m, scenario)
    _service(m, scenario)


def _time(m: Model, scenario: ResolvedScenario) -> None:
    horizon, periods = scenario.horizon, scenario.periods
    m.index_set("stage", list(horizon.stages), title="Stages")
    period_names = _period_names(scenario, periods.period_stage, periods.period_season, periods.period_member)
    binding_names = _period_names(scenario, periods.stage, periods.season, periods.member)
    m.index_set("period", period_names, title="Operating periods", labels={"stage": periods.period_stage})
    m.index_set("binding", binding_names, title="Operating periods that bind", labels={"stage": periods.stage})
    stress = periods.delivery_binding >= 0
    named = [
        binding_names[binding] if binding >= 0 else str(horizon.stages[stage])
        for binding, stage in zip(periods.delivery_binding, periods.delivery_stage, strict=True)
    ]
    m.index_set("delivery", named, title="Deliveries", labels={"stage": periods.delivery_stage})
    m.index_set(
        "stress",
        [named[position] for position in np.flatnonzero(stress)],
        title="Deliveries under stress",
        labels={"stage": periods.delivery_stage[stress]},
    )
    m.data("stands_for", periods.stands_for, title="The binding period that stands for a period")
    m.data("scale", periods.scale, unit="share", title="Flows of a period to those of the binding one")
    m.data("stage_of_period", periods.period_stage)
    m.data("stage_of_binding", periods.stage)
    m.data("delivery_of_binding", periods.delivery)
    m.data("stage_of_delivery", periods.delivery_stage)
    m.data("demand_factor", periods.factor, unit="share", title="Demand of the binding period's season")
    m.data("annuity", horizon.annuity, title="Present value of a dollar in every year of a stage")
    m.index_set("member", list(horizon.members), title="Members")
    days = np.zeros((periods.count, len(horizon.members)))
    np.add.at(days, (periods.stands_for, periods.period_member), horizon.days[periods.period_season] * periods.scale)
    m.data("days_of_member", days / 1000, unit="thousand days/year", title="Days that a period stands for in a member")
    m.data("worth_of_member", days * horizon.annuity[periods.stage][:, None], unit="days",
           title="Present worth of the days of a member that a period stands for")  # fmt: skip
    m.data("worth_of_period", horizon.days[periods.period_season] * horizon.annuity[periods.period_stage] / 1000,
           unit="thousand days", title="Present worth of the days of a period")  # fmt: skip
    m.neighbours("periods_of_member", m.member, m.period, owner=periods.period_member)
    m.neighbours("bindings_in_stage", m.stage, m.binding, owner=periods.stage)
    m.neighbours("deliveries_in_stage", m.stage, m.delivery, owner=periods.delivery_stage)
    m.neighbours("stress_of_delivery", m.delivery, m.stress, pairs=(np.flatnonzero(stress), np.arange(int(stress.sum()))))


def _period_names(scenario: ResolvedScenario, *stage_season_member: NDArray[np.int64]) -> list[str]:
    horizon = scenario.horizon
    axes = (horizon.stages, horizon.seasons, horizon.members)
    columns = [index.take(position) for index, position in zip(axes, stage_season_member, strict=True)]
    return joined(*columns, by="/")


def place_of_node(scenario: ResolvedScenario) -> tuple[int, int]:
    """Places on the map are counted through: sources, then sites, then villages. Returns where the latter two begin."""
    sources = len(scenario.network.sources)
    return sources, sources + len(scenario.network.sites)


def _places(m: Model, scenario: ResolvedScenario) -> None:
    network, river, money = scenario.network, scenario.river, scenario.money
    sites_from, villages_from = place_of_node(scenario)
    m.index_set("village", list(network.villages), title="Villages",
                labels={"place": villages_from + np.arange(len(network.villages))})  # fmt: skip
    m.index_set(
        "source",
        list(network.sources),
        title="Sources",
        labels={"place": np.arange(len(network.sources)), "reach": network.source_reach},
    )
    m.index_set("site", list(network.sites), title="Treatment sites",
                labels={"place": sites_from + np.arange(len(network.sites))})  # fmt: skip
    pipes, mains = network.pipes, network.mains
    to_village = network.link_to_village[pipes]
    m.index_set("pipe", network.links[pipes].tolist(), title="Links into villages",
                labels={"place": villages_from + to_village, "village": to_village})  # fmt: skip
    to_site = network.link_to_site[mains]
    m.index_set("main", network.links[mains].tolist(), title="Mains into treatment sites",
                labels={"place": sites_from + to_site, "site": to_site})  # fmt: skip
    m.index_set("reach", list(river.reaches), title="Reaches")
    m.index_set("use", list(river.uses), title="Other uses")
    m.index_set("obligation", list(river.obligations), title="Downstream obligations")
    m.index_set("account", list(money.accounts), title="Accounts of administrations")
    safe = network.link_is_safe[pipes]
    m.data("pipe_keeps", 1 - network.link_loss[pipes], unit="share", title="What arrives of what enters a pipe")
    m.neighbours("safe_pipes_into", m.village, m.pipe, owner=to_village, where=safe)
    m.neighbours("raw_pipes_into", m.village, m.pipe, owner=to_village, where=~safe)
    m.neighbours("pipes_out_of_village", m.village, m.pipe, owner=network.link_village[pipes])
    m.neighbours("pipes_out_of_site", m.site, m.pipe, owner=network.link_site[pipes])
    m.neighbours("pipes_out_of_source", m.source, m.pipe, owner=network.link_source[pipes])


def _works(m: Model, scenario: ResolvedScenario) -> None:
    network, works = scenario.network, scenario.works
    sites_from, villages_from = place_of_node(scenario)
    to_site, to_village = picked(network.link_to_site, works.link), picked(network.link_to_village, works.link)
    # An option at no source, site, link or reservoir (for wastewater) belongs to no place of the water supply.
    tanks_at = scenario.site_tanks.place
    drawing = scenario.reservoirs.first_intake(works.reservoir)
    place = np.select(
        [works.source >= 0, works.site >= 0, tanks_at >= 0, to_site >= 0, to_village >= 0],
        [works.source, sites_from + works.site, sites_from + tanks_at, sites_from + to_site, villages_from + to_village],
        drawing,
    )
    m.index_set("option", list(works.options), title="Options", labels={"place": place, "lead": works.lead_time_stages})
    treatment = np.flatnonzero(works.site >= 0)
    m.index_set("treatment", list(works.options[treatment]), title="Treatment trains that may stand",
                labels={"place": place[treatment], "site": works.site[treatment],
                        "lead": works.lead_time_stages[treatment]})  # fmt: skip
    main_of, pipe_of = np.full(len(network.links), -1), np.full(len(network.links), -1)
    main_of[network.mains] = np.arange(len(network.mains))
    pipe_of[network.pipes] = np.arange(len(network.pipes))
    treatment_of = np.full(len(works.options), -1)
    treatment_of[treatment] = np.arange(len(treatment))
    feed_site = network.link_to_site[works.feed_link]
    feeds = joined(works.options.take(works.feed_option), network.links.take(works.feed_link))
    m.index_set("feed", feeds, title="Feeds of trains by mains",
                labels={"place": sites_from + feed_site, "site": feed_site,
                        "reach": picked(network.source_reach, network.link_source[works.feed_link])})  # fmt: skip
    m.data("option_of_treatment", treatment)
    m.neighbours("options_of_main", m.main, m.option, owner=picked(main_of, works.link))
    m.neighbours("options_of_pipe", m.pipe, m.option, owner=picked(pipe_of, works.link))
    m.neighbours("options_of_source", m.source, m.option, owner=works.source)
    m.neighbours("treatments_of_site", m.site, m.treatment, owner=works.site[treatment])
    m.neighbours("feeds_of_main", m.main, m.feed, owner=main_of[works.feed_link])
    m.neighbours("feeds_of_treatment", m.treatment, m.feed, owner=treatment_of[works.feed_option])
    m.neighbours("feeds_of_site", m.site, m.feed, owner=feed_site)
    m.neighbours("feeds_of_source", m.source, m.feed, owner=network.link_source[works.feed_link])


def _service(m: Model, scenario: ResolvedScenario) -> None:
    service = scenario.service
    _, villages_from = place_of_node(scenario)
    m.index_set(
        "candidate",
        joined(scenario.network.villages.take(service.village), service.plan_names.take(service.plan)),
        title="Service plans of villages",
        labels={"village": service.village, "place": villages_from + service.village},
    )
    m.neighbours("candidates_of", m.village, m.candidate, owner=service.village)
