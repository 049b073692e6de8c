"""Tanks in villages as arrays: what they must hold under each service plan."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, Integers, numbers, positions
from planner.scenario.resolved.service import Service

HOURS_PER_DAY = 24


@dataclass(frozen=True)
class Tanks:
    """K sizes of tank, V villages, N candidates, T stages."""

    asset: Integers  # (K,) among the assets
    volume_m3: Floats  # (K,)
    existing_m3: Floats  # (V,)
    needed_m3: Floats  # (N, T) what all tanks of the village must hold
    lacking_m3: Floats  # (N, T) what new ones must hold of it
    built_in: Flags  # (V, K) villages where new tanks may be needed


def tanks_of(basin: Basin, policy: Policy, horizon: Horizon, service: Service) -> Tanks:
    """Hours of storage times the mean use on the highest day.

    Where a day's use peaks at p times its mean and water arrives evenly, no pattern asks for more than 24 · (1 − 1/p)
    hours: a tank is drawn down fastest if all use falls into 24/p hours, in which 1/p of the day's water arrives.
    """
    villages = pd.Index(basin.tables["villages"]["village"])
    table, tank = basin.tables["village_storage"], basin.tables["tanks"]
    hours = np.full(len(villages), policy.least_storage_hours or 0.0)
    at = positions(table["village"], villages)
    balance = HOURS_PER_DAY * (1 - 1 / numbers(table, "peak_hour_factor"))
    np.maximum.at(hours, at, np.maximum(numbers(table, "least_hours"), balance))
    existing = np.zeros(len(villages))
    existing[at] = numbers(table, "existing_m3")
    used = sum(service.demand_m3_per_day.values()) * horizon.demand_factor.max()
    needed = hours[service.village, None] / HOURS_PER_DAY * used
    lacking = np.maximum(needed - existing[service.village, None], 0.0)
    asset = positions(tank["asset"], service.assets)
    somewhere = np.zeros(len(villages), dtype=bool)
    np.logical_or.at(somewhere, service.village, (lacking > 0).any(axis=1))
    return Tanks(
        asset=asset,
        volume_m3=numbers(tank, "volume_m3"),
        existing_m3=existing,
        needed_m3=np.asarray(needed),
        lacking_m3=np.asarray(lacking),
        built_in=np.repeat(somewhere[:, None], len(asset), axis=1),
    )


def village_assets(service: Service, tanks: Tanks) -> Flags:
    """(V, Q): assets that may stand in each village, with its plans or as a tank."""
    used = np.zeros((len(tanks.existing_m3), len(service.assets)), dtype=bool)
    np.logical_or.at(used, service.village, (service.units > 0).any(axis=2))
    used[:, tanks.asset] |= tanks.built_in
    return used
