"""Quality of what is mixed at a train: waters keep the identity of their source, so mixing is exact and linear."""

import numpy as np

from optimization.algebra import Model
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
    binds = np.asarray(blends.binds()[:, periods.season])

    @m.law(m.blend, m.binding, where=binds, title="Guideline values after mixing", unit="m³/day")
    def mixed_quality(m, b, p):
        """Waters with too much of a parameter are diluted by waters with room: no more than the guideline value in all."""
        return sum(m.part_excess[x, p] * m.feed_flow[m.feed_of_part[x], p] for x in m.parts_of_blend[b]) <= 0
