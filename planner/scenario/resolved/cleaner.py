"""What protected catchments change of the mixes of waters at trains."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from planner.scenario.resolved.catchments import Catchments
from planner.scenario.resolved.index import Floats, Integers
from planner.scenario.resolved.quality import Blends, Quality


@dataclass(frozen=True)
class Cleaner:
    """Y pairs of a part of a blend and a cleaning that makes it better."""

    part: Integers  # (Y,)
    option: Integers  # (Y,)
    gain: Floats  # (Y, S) what is taken off the part's excess where the option stands


def cleaner_of(catchments: Catchments, quality: Quality, blends: Blends, feed_source: Integers, feed_train: Integers) -> Cleaner:
    """Every cleaning of a parameter of a source that is part of a blend of it."""
    source, train = feed_source[blends.part_feed], feed_train[blends.part_feed]
    parameter = blends.parameter[blends.part_blend]
    part, cleaning = np.nonzero(
        (source[:, None] == catchments.cleaning_source) & (parameter[:, None] == catchments.cleaning_parameter)
    )
    raw = quality.raw[source[part], parameter[part]]
    kept = quality.left[train[part], parameter[part]] * catchments.cleaning_share[cleaning]
    return Cleaner(part, catchments.cleaning_option[cleaning], raw * kept[:, None])


def every_excess(blends: Blends, cleaner: Cleaner) -> Floats:
    """(n, S) excess of all parts, and of those that are made better also with every set of options standing."""
    found = [blends.part_excess]
    for part in np.unique(cleaner.part):
        gains = cleaner.gain[cleaner.part == part]
        found += [blends.part_excess[[part]] - np.array(standing) @ gains for standing in product((0.0, 1.0), repeat=len(gains))]
    return np.concatenate(found)
