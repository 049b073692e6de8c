"""Water that no longer leaks from links into villages, once an option that mends them serves."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.capacity import behind_links
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The product of flow and a whole decision, by its two linear bounds: water saved is only ever wanted to be more."""
    leakage, network, works = scenario.leakage, scenario.network, scenario.works
    link = network.pipes[leakage.pipe]
    m.index_set("mended", joined(works.options.take(leakage.option), network.links.take(link)), title="Links that options mend")
    m.data("option_mending", leakage.option)
    m.data("pipe_mended", leakage.pipe)
    m.data("saved_share", leakage.saved_share, unit="share", title="What no longer leaks of what enters")
    into, safe = network.link_to_village[link], network.link_is_safe[link]
    m.neighbours("safe_mended_into", m.village, m.mended, owner=into, where=safe)
    m.neighbours("raw_mended_into", m.village, m.mended, owner=into, where=~safe)
    most = (
        leakage.saved_share[:, None] * behind_links(scenario)[link] if len(link) else np.zeros((0, len(scenario.horizon.stages)))
    )
    m.data("most_saved", most, unit="m³/day", title="The most that can be saved")
    m.variable("leakage_saved", m.mended, m.delivery, upper=most[:, scenario.periods.delivery_stage], unit="m³/day",
               title="Water that no longer leaks, on a mean day")  # fmt: skip

    @m.law(m.mended, m.delivery, title="Saved of what flows", unit="m³/day")
    def saved_of_flow(m, i, d):
        """No more is saved than the share of what enters the link."""
        return m.leakage_saved[i, d] <= m.saved_share[i] * m.pipe_flow[m.pipe_mended[i], d]

    @m.law(m.mended, m.delivery, title="Saved where mended", unit="m³/day")
    def saved_where_mended(m, i, d):
        """Nothing is saved before the option serves."""
        return (
            m.leakage_saved[i, d]
            <= m.most_saved[i, m.stage_of_delivery[d]] * m.serves[m.option_mending[i], m.stage_of_delivery[d]]
        )
