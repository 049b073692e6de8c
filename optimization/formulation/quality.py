"""Quality of what is mixed at a train: waters keep the identity of their source, so mixing is exact and linear."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.capacity import behind_links
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """A row for each train, parameter and period in which some water is not good enough alone; none without blending."""
    works, blends, periods = scenario.works, scenario.blends, scenario.periods
    site = works.site[blends.option]
    place = len(scenario.network.sources) + site
    names = joined(works.options.take(blends.option), scenario.quality.parameters.take(blends.parameter))
    m.index_set("blend", names, title="Trains and parameters of which some water has too much",
                labels={"place": place, "site": site})  # fmt: skip
    part_site = site[blends.part_blend]
    m.index_set("blend_part", len(blends.part_feed), title="Feeds in a blend",
                labels={"place": place[blends.part_blend], "site": part_site})  # fmt: skip
    arrives = 1 - scenario.network.link_loss[works.feed_link]
    excess = arrives[blends.part_feed, None] * blends.part_excess[:, periods.season]
    m.data("feed_of_part", blends.part_feed)
    m.data("part_excess", excess, unit="share", title="Treated water of a feed above the guideline value")
    m.neighbours("parts_of_blend", m.blend, m.blend_part, owner=blends.part_blend)
    _protected(m, scenario)
    binds = np.asarray(blends.binds()[:, periods.season])

    @m.law(m.blend, m.binding, where=binds, title="Guideline values after mixing", unit="m³/day")
    def mixed_quality(m, b, p):
        """Waters with too much of a parameter are diluted by waters with room: no more than the guideline value in all."""
        return (
            sum(m.part_excess[x, p] * m.feed_flow[m.feed_of_part[x], p] for x in m.parts_of_blend[b])
            - sum(m.cleaning_gain[y, p] * m.protected_flow[m.protected_feed_of_cleaning[y], p] for y in m.cleanings_of_blend[b])
            <= 0
        )


def _protected(m: Model, scenario: ResolvedScenario) -> None:
    """Flow times protected is exact: less in the water only ever helps, so that all of a flow counts as protected that may."""
    cleaner, blends, works, periods = scenario.cleaner, scenario.blends, scenario.works, scenario.periods
    feed_option = np.stack([blends.part_feed[cleaner.part], cleaner.option])
    pairs, pair_of = np.unique(feed_option, axis=1, return_inverse=True)
    link = works.feed_link[pairs[0]]
    place = len(scenario.network.sources) + scenario.network.link_to_site[link]
    m.index_set("protected_feed", pairs.shape[1], title="Feeds with options that protect them", labels={"place": place})
    m.index_set("cleaning", len(cleaner.part), title="Parts of blends that protection makes better",
                labels={"place": place[pair_of]})  # fmt: skip
    m.data("protected_feed_of_cleaning", pair_of)
    m.data("feed_of_protected", pairs[0])
    m.data("option_of_protected", pairs[1])
    arrives = 1 - scenario.network.link_loss[link[pair_of]]
    m.data("cleaning_gain", arrives[:, None] * cleaner.gain[:, periods.season], unit="share",
           title="What protection takes off the excess of a feed")  # fmt: skip
    m.data("most_protected", behind_links(scenario)[link], unit="m³/day", title="Most that can be wanted of a feed")
    m.neighbours("cleanings_of_blend", m.blend, m.cleaning, owner=blends.part_blend[cleaner.part])
    m.variable("protected_flow", m.protected_feed, m.binding, unit="m³/day", title="Flow of a feed from a protected catchment")

    @m.law(m.protected_feed, m.binding, title="Only what flows is protected", unit="m³/day")
    def protected_flow_at_most(m, y, p):
        """No more is protected than flows."""
        return m.protected_flow[y, p] <= m.feed_flow[m.feed_of_protected[y], p]

    @m.law(m.protected_feed, m.binding, title="Water is protected where protection stands", unit="m³/day")
    def protected_where_it_stands(m, y, p):
        """Without protection no flow is protected."""
        return (
            m.protected_flow[y, p]
            <= m.most_protected[y, m.stage_of_binding[p]] * m.serves[m.option_of_protected[y], m.stage_of_binding[p]]
        )
