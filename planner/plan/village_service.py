"""Who is on which rung, village by village, before and under a plan."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from planner.basin.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.household_treatment import counted_rungs

RUNGS: Final = range(6)
RUNG_TITLES: Final = (
    "surface water",
    "unimproved",
    "limited",
    "basic",
    "basic and free of contamination",
    "safely managed",
)


def persons_before(basin: Basin, policy: Policy) -> pd.DataFrame:
    """Persons of the base year by village (rows, every village in order) and rung that counts (columns 0 to 5)."""
    people = basin.tables["population"][["village", "group", "persons"]]
    shares = basin.tables["baseline"].merge(people, on=["village", "group"])
    shares = shares.merge(basin.tables["modes"][["mode"]].assign(rung=counted_rungs(basin, policy)), on="mode")
    return _by_rung(shares.assign(persons=shares["share"] * shares["persons"]), basin)


def persons_in_stage(basin: Basin, tables: Mapping[str, pd.DataFrame], stage: str) -> pd.DataFrame:
    """Persons of a stage by village (rows, every village in order) and rung (columns 0 to 5)."""
    service = tables["service"]
    return _by_rung(service[service["stage"] == stage], basin)


def _by_rung(rows: pd.DataFrame, basin: Basin) -> pd.DataFrame:
    table = rows.pivot_table(index="village", columns="rung", values="persons", aggfunc="sum", fill_value=0.0)
    villages = pd.Index(basin.tables["villages"]["village"], name="village")
    return table.reindex(index=villages, columns=pd.Index(RUNGS, name="rung"), fill_value=0.0).astype(float)


def mean_rung(persons: pd.DataFrame) -> pd.Series:
    """Population-weighted mean rung of each village; missing where nobody lives."""
    weighted = persons.mul(np.array(persons.columns), axis=1).sum(axis=1)
    return weighted / persons.sum(axis=1).replace(0.0, np.nan)


def typical_rung(persons: pd.DataFrame) -> pd.Series:
    """The highest rung that at least half of a village's people reach or surpass (0 where nobody lives)."""
    at_least = persons.iloc[:, ::-1].cumsum(axis=1).iloc[:, ::-1]
    reached = at_least.ge(0.5 * persons.sum(axis=1) - 1e-9, axis=0) & at_least.gt(0.0)
    highest: pd.Series = reached.mul(np.array(persons.columns)).max(axis=1)
    return highest.astype(int)


def share_at_least(persons: pd.DataFrame, rung: int) -> pd.Series:
    """Share of each village's people on a rung or above; missing where nobody lives."""
    return persons.loc[:, rung:].sum(axis=1) / persons.sum(axis=1).replace(0.0, np.nan)
