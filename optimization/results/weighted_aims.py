"""The aims of a weighted sum, each with its value and how far that is on the way from best to worst."""

from collections.abc import Mapping

import pandas as pd

from optimization.results.long import in_order
from optimization.weighted_aims import NAME, Way, weighted_value
from planner.scenario.policy import Policy, shares_of

__all__ = ["NAME", "table", "weighted_value"]


def table(policy: Policy, told: Mapping[str, tuple[float, str]], ways: Mapping[str, Way]) -> pd.DataFrame:
    """Table of weighted aims. `told`: value and unit of each objective of the plan."""
    rows = [
        (aim.objective, share, ways[aim.objective], *told[aim.objective])
        for aim, share in zip(policy.weighted_aims, shares_of(policy.weighted_aims), strict=True)
        if aim.objective in told
    ]
    return in_order(
        "weighted_aims",
        pd.DataFrame(
            {
                "objective": [name for name, *_ in rows],
                "weight_share": [share for _, share, *_ in rows],
                "best": [way.best for _, _, way, *_ in rows],
                "worst": [way.worst for _, _, way, *_ in rows],
                "value": [value for *_, value, _ in rows],
                "unit": [unit for *_, unit in rows],
                "way_share": [way.share(value) for _, _, way, value, _ in rows],
            }
        ),
    )
