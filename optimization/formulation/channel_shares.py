"""Who pays together: the largest and the smallest share of a channel in the capital of a category."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Shares are of what all channels together pay for a category in an account and a stage, so they stay linear."""
    money, stages = scenario.money, len(scenario.horizon.stages)
    channel, purpose, category = (
        m.data_arrays[f"grant_{name}"].values.astype(np.int64) for name in ("channel", "purpose", "category")
    )
    largest, smallest = money.largest_share[channel, category], money.smallest_share[channel, category]
    shared = np.flatnonzero((largest < 1) | (smallest > 0))
    of, beside = np.nonzero(purpose[shared][:, None] == purpose)
    m.neighbours("grants_beside", m.grant, m.grant, pairs=(shared[of], beside))
    m.data("largest_share", largest, unit="share", title="Largest share of a channel")
    m.data("smallest_share", smallest, unit="share", title="Smallest share of a channel")

    def in_every_stage(grants: np.ndarray) -> np.ndarray:
        return np.repeat(grants[:, None], stages, axis=1)

    @m.law(m.grant, m.stage, where=in_every_stage(largest < 1), title="Largest share of a channel", unit="thousand USD")
    def channel_pays_at_most(m, e, t):
        """A channel pays no more than its largest share of what is spent on the category there."""
        return m.fund[e, t] <= m.largest_share[e] * sum(m.fund[g, t] for g in m.grants_beside[e])

    @m.law(m.grant, m.stage, where=in_every_stage(smallest > 0), title="Smallest share of a channel", unit="thousand USD")
    def channel_pays_at_least(m, e, t):
        """A channel pays no less than its smallest share of what is spent on the category there."""
        return m.fund[e, t] >= m.smallest_share[e] * sum(m.fund[g, t] for g in m.grants_beside[e])
