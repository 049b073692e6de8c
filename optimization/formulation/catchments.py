"""Protection of catchments: sources give more, or less, where it stands, and somebody gives something up for it."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Whether a protected source is also developed is a product of two yes-or-no decisions: exact by three rows."""
    catchments, works, network, periods = scenario.catchments, scenario.works, scenario.network, scenario.periods
    option, source = catchments.effect_option, catchments.effect_source
    names = joined(works.options.take(option), network.sources.take(source))
    m.index_set("protection", names, title="Protections of catchments with the sources below", labels={"place": source})
    m.data("option_of_protection", option)
    m.data("protection_exists", network.source_exists[source].astype(float), title="1 where the protected source exists")
    change = (
        catchments.effect_share[:, periods.season] * network.source_yield_m3_per_day[source][:, periods.season, periods.member]
    )
    m.data("protection_gives", change, unit="m³/day", title="Change of a source's yield by protection")
    m.neighbours("protections_of_source", m.source, m.protection, owner=source)
    effect, opening = np.nonzero((works.source[None] == source[:, None]) & (source[:, None] >= 0))
    m.neighbours("openings_of_protection", m.protection, m.option, pairs=(effect, opening))
    m.variable("protects", m.protection, m.stage, upper=np.ones((len(option), len(scenario.horizon.stages))), unit="share",
               title="A protected source gives water")  # fmt: skip

    @m.law(m.protection, m.stage, title="Protection acts where it stands")
    def protection_stands(m, e, t):
        """Protection that does not stand changes no yield."""
        return m.protects[e, t] <= m.serves[m.option_of_protection[e], t]

    @m.law(m.protection, m.stage, title="Protection acts on sources in use")
    def protected_source_is_open(m, e, t):
        """Protection changes no yield of a source that is not developed."""
        return m.protects[e, t] <= m.protection_exists[e] + sum(m.serves[o, t] for o in m.openings_of_protection[e])

    @m.law(m.protection, m.stage, title="Protection acts on every source in use")
    def protection_acts(m, e, t):
        """Where protection stands and the source is developed, the yield is changed, also for the worse."""
        return (
            m.protects[e, t]
            >= m.serves[m.option_of_protection[e], t]
            + m.protection_exists[e]
            + sum(m.serves[o, t] for o in m.openings_of_protection[e])
            - 1
        )

    _given_up(m, scenario)


def _given_up(m: Model, scenario: ResolvedScenario) -> None:
    catchments, works, money = scenario.catchments, scenario.works, scenario.money
    names = joined(works.options.take(catchments.cost_option), money.accounts.take(catchments.cost_account))
    m.index_set("opportunity", names, title="Options for which an account gives something up")
    m.data("option_of_opportunity", catchments.cost_option)
    m.data("given_up", catchments.cost_usd_per_year / 1000, unit="thousand USD/year", title="Opportunity cost of an option")

    @m.term("cost", m.opportunity, m.stage, title="Opportunity cost of options", unit="thousand USD")
    def opportunity_cost(m, n, t):
        return m.annuity[t] * m.given_up[n] * m.serves[m.option_of_opportunity[n], t]
