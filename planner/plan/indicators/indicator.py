"""One figure by which plans are compared."""

from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True)
class Indicator:
    """One figure of a plan. `group` is its subject: people, groups, fairness, money, river, conservation, risk, works."""

    name: str
    title: str
    value: float
    unit: str
    better: Better
    group: str
