"""Leakage reduction as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.network import Network


@dataclass(frozen=True)
class Leakage:
    """P pairs of an option and a link into a village in which it saves water."""

    option: Integers
    pipe: Integers  # position among the links into villages
    saved_share: Floats  # of what enters the link, while the option serves


def leakage_of(basin: Basin, network: Network) -> Leakage:
    """Read what options save in links into villages."""
    table = basin.tables["leakage_reductions"]
    position = np.full(len(network.links) + 1, -1)
    position[network.pipes] = np.arange(len(network.pipes))
    pipe = position[positions(table["link"], network.links)]
    known = pipe >= 0
    option = positions(table["option"], pd.Index(basin.tables["options"]["option"]))
    return Leakage(option[known], pipe[known], numbers(table, "saved_share")[known])
