"""Raw quality, what trains leave of it, and which sources a train makes safe: alone, or mixed with others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.health_targets import PATHOGENS, asked_of
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, dense_sums, numbers

_SLACK = 1e-9


@dataclass(frozen=True)
class Quality:
    """J sources, N trains, P parameters, S seasons. What is not measured counts as 0."""

    parameters: pd.Index
    asked: Floats  # (J, 4) log removal of each pathogen and barriers that a source asks for
    given: Floats  # (N, 4) what a train gives of them
    raw: Floats  # (J, P, S) raw value as a share of the guideline value
    protected: Floats  # (J, P, S) the same with every option standing that protects the catchment
    left: Floats  # (N, P) share of a parameter that a train leaves in the water
    enough_barriers: Flags  # (J, N) log removals and barriers are enough for the source on its own
    safe_alone: Flags  # (J, N) and every guideline value is kept all year without other water
    safe_untreated: Flags  # (J,)

    def excess(self, source: Integers, train: Integers) -> Floats:
        """(n, P, S) share of the guideline value by which treated water is above it (below 0: room for other water)."""
        return np.asarray(self.raw[source] * self.left[train][:, :, None] - 1.0)

    def least_excess(self, source: Integers, train: Integers) -> Floats:
        """(n, P, S) the same with every option standing that protects the catchment."""
        return np.asarray(self.protected[source] * self.left[train][:, :, None] - 1.0)


def quality_of(basin: Basin) -> Quality:
    """Read raw quality and removals; compare every source with every train."""
    tables = basin.tables
    source, train = tables["sources"], tables["trains"]
    sources, trains = pd.Index(source["source"]), pd.Index(train["train"])
    parameters, seasons = pd.Index(tables["parameters"]["parameter"]), pd.Index(tables["seasons"]["season"])
    value = dense(tables["source_quality"], "value", ("source", sources), ("parameter", parameters), ("season", seasons))
    raw = value / numbers(tables["parameters"], "guideline_value")[:, None]
    kept_out, pairs = tables["protection_quality"], (("source", sources), ("parameter", parameters))
    left = 1 - dense(tables["train_removals"], "removal_share", ("train", trains), ("parameter", parameters))
    asked = asked_of(source, tables["log_removal_targets"])
    required, barriers = asked[:, :-1], asked[:, -1]
    removed = np.stack([numbers(train, f"log_removal_{name}") for name in PATHOGENS], axis=1)
    steps = numbers(train, "barriers")
    enough = (removed[None] >= required[:, None] - _SLACK).all(axis=2) & (steps[None] >= barriers[:, None])
    worst = raw.max(axis=2, initial=0.0)
    return Quality(
        parameters=parameters,
        asked=asked,
        given=np.column_stack([removed, steps]),
        raw=raw,
        protected=raw * (1 - np.minimum(dense_sums(kept_out, "kept_out_share", *pairs), 1.0))[:, :, None],
        left=left,
        enough_barriers=enough,
        safe_alone=enough & (worst[:, None] * left[None] <= 1 + _SLACK).all(axis=2),
        safe_untreated=(required <= _SLACK).all(axis=1) & (barriers <= 0) & (worst <= 1 + _SLACK).all(axis=1),
    )


def usable_in_a_mix(quality: Quality, source: Integers, train: Integers, mixed_in: Integers) -> Flags:
    """Which feeds are of use in some season, alone or mixed with the other feeds of the same option.

    source, train, mixed_in: of each feed; feeds with equal `mixed_in` run through one train. A feed is of use in a season
    if whatever it has too much of, another feed has room for. With several parameters at once that may still not be
    enough: then the model puts no water through the feed. Protection of catchments counts at its best.
    """
    excess = quality.least_excess(source, train)
    room = np.zeros((int(mixed_in.max(initial=-1)) + 1, *excess.shape[1:]), dtype=bool)
    np.logical_or.at(room, mixed_in, excess < -_SLACK)
    useful = np.any(np.all((excess <= _SLACK) | room[mixed_in], axis=1), axis=1)
    return np.asarray(quality.enough_barriers[source, train] & useful)


@dataclass(frozen=True)
class Blends:
    """B blends: a train and a parameter of which some feed has too much. X parts: a feed's share in a blend."""

    option: Integers  # (B,) that puts the train there
    parameter: Integers  # (B,)
    part_blend: Integers  # (X,)
    part_feed: Integers  # (X,)
    part_excess: Floats  # (X, S) see Quality.excess

    def binds(self) -> Flags:
        """(B, S) whether some feed has too much in a season."""
        above = np.zeros((len(self.option), self.part_excess.shape[1]), dtype=bool)
        np.logical_or.at(above, self.part_blend, self.part_excess > _SLACK)
        return above


def blends_of(quality: Quality, source: Integers, train: Integers, option: Integers) -> Blends:
    """The blends among feeds, given the source, train and option of each. None where every feed is safe alone."""
    excess = quality.excess(source, train)
    above = np.zeros((int(option.max(initial=-1)) + 1, len(quality.parameters)), dtype=bool)
    np.logical_or.at(above, option, (excess > _SLACK).any(axis=2))
    mixes, parameter = np.nonzero(above)
    number = np.full(above.shape, -1)
    number[mixes, parameter] = np.arange(len(mixes))
    feed, of_parameter = np.nonzero(above[option]) if len(option) else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    return Blends(
        option=mixes,
        parameter=parameter,
        part_blend=number[option[feed], of_parameter],
        part_feed=feed,
        part_excess=excess[feed, of_parameter],
    )
