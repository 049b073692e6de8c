"""Whether the plans of a member tree agree in all that is decided before their branches are told apart.

From the plans' tables and the policy's branches alone. What is decided: which options are to serve, how many and how large, where
the lead time counts back from the stage in which they serve; assets, service plans and people served in villages; and what
each channel pays. How works are run, and what that costs and who pays for it, is each branch's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit.check import Audit, AuditCheck, judge
from planner.plan.audit.tolerances import COUNT, INSTITUTIONS, MONEY, PERSONS, TANKS, UNITS, WATER, Tolerance
from planner.scenario.policy import Branch

Tables = Mapping[str, pd.DataFrame]
SHARED = "shared_"
"""How the codes of these checks begin, and of no others."""


@dataclass(frozen=True)
class _Compared:
    """A column of a plan's table that is decided in its stage, or a lead time before it; `tolerance` None: names, to be equal."""

    table: str
    key: tuple[str, ...]
    column: str
    title: str
    tolerance: Tolerance | None
    by_lead_time: bool = False


DECIDED = (
    _Compared("investments", ("option",), "serves", "Options that serve", COUNT, True),
    _Compared("investments", ("option",), "count", "How often options stand", UNITS, True),
    _Compared("investments", ("option",), "capacity_m3_per_day", "Capacity of options", WATER, True),
    _Compared("investments", ("option",), "capital_usd", "Capital of options", MONEY),
    _Compared("village_assets", ("village", "asset"), "units", "Assets in villages", UNITS),
    _Compared("village_assets", ("village", "asset"), "capital_usd", "Capital of assets", MONEY),
    _Compared("village_plans", ("village",), "service_plan", "Service plans", None),
    _Compared("service", ("village", "group", "mode"), "persons", "People by mode", PERSONS),
    _Compared("institutions", ("institution",), "served", "Institutions served", INSTITUTIONS),
    _Compared("tank_storage", ("village",), "standing_m3", "Storage in tanks", TANKS),
    _Compared("finance", ("channel", "category", "account"), "amount_usd", "Capital by channel", MONEY),
)


def audit_shared_stages(basin: Basin, branches: Sequence[Branch], plans: Sequence[Tables]) -> Audit:
    """One check for each decided column; `plans` are the tables of each branch's plan, in the order of the branches.

    In a stage, the plans of all branches that are known only later must say the same; a row that one plan lacks is nothing there.
    """
    stages = [str(stage) for stage in basin.tables["stages"]["stage"]]
    known_from = np.array([stages.index(branch.from_stage) for branch in branches])
    options = basin.tables["options"]
    lead = dict(zip(options["option"].astype(str), options["lead_time_stages"].astype(int), strict=True))
    return Audit(tuple(_check(item, stages, known_from, lead, plans) for item in DECIDED))


def _check(
    item: _Compared, stages: list[str], known_from: np.ndarray, lead: Mapping[str, int], plans: Sequence[Tables]
) -> AuditCheck:
    told = [_told(item, stages, lead, tables) for tables in plans]
    apart: list[Any] = [np.zeros(0)]
    size: list[Any] = [np.zeros(0)]
    names: list[str] = []
    for one, other, until in _pairs(known_from):
        both = pd.concat([told[one].add_suffix("_one"), told[other].add_suffix("_other")], axis=1)
        decided_in = both.index.get_level_values("decided_in").to_numpy(int)
        both = both[decided_in < until]
        first, second = both["value_one"], both["value_other"]
        if item.tolerance is None:
            apart.append((first.fillna("").astype(str) != second.fillna("").astype(str)).to_numpy(float))
            size.append(np.zeros(len(both)))
        else:
            apart.append(np.abs(first.fillna(0.0).to_numpy(float) - second.fillna(0.0).to_numpy(float)))
            size.append(np.abs(first.fillna(0.0).to_numpy(float)))
        names += ["/".join(str(part) for part in index[:-1]) for index in both.index]
    excess = np.concatenate(apart)
    code = f"{SHARED}{item.table}_{item.column}"
    return judge(code, f"{item.title} before branches are known", excess, item.tolerance or COUNT,
                 lambda at: names[at], np.concatenate(size))  # fmt: skip


def _told(item: _Compared, stages: list[str], lead: Mapping[str, int], tables: Tables) -> "pd.DataFrame":
    """The column by its key, its stage, and the number of the stage in which it is decided."""
    frame = tables[item.table]
    decided_in = pd.Index(stages).get_indexer(pd.Index(frame["stage"].astype(str)))
    if item.by_lead_time:
        decided_in = decided_in - np.array([lead.get(str(option), 0) for option in frame["option"]], dtype=int)
    values = frame[item.column]
    keyed = pd.DataFrame(
        {name: frame[name].astype(str) for name in (*item.key, "stage")}
        | {"decided_in": decided_in, "value": values if item.tolerance is None else values.astype(float)}
    )
    index = [*item.key, "stage", "decided_in"]
    return keyed.drop_duplicates(index).set_index(index)


def _pairs(known_from: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Two branches and the stage until which they are one: each with the one known latest, with whom it is together longest."""
    latest = int(np.argmax(known_from))
    for branch, begin in enumerate(known_from.tolist()):
        if branch != latest:
            yield latest, branch, begin
