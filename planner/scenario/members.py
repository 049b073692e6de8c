"""A scenario in which only some of the design members are held possible, and the mean year of all of them."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from planner.basin import Basin
from planner.scenario.change import Change, RemoveRows, SetValues
from planner.scenario.policy import Policy
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.scenario import Scenario

_WATER = {"inflow": ("reach", "inflow_m3_per_day"), "source_yields": ("source", "yield_m3_per_day")}


def design_members(basin: Basin) -> "pd.Series[float]":
    """Probability of each design member, by its name, in the order of the table."""
    members = basin.tables["members"]
    design = members[members["kind"] == "design"]
    return pd.Series(design["probability"].to_numpy(float), index=pd.Index(design["member"].astype(str)))


def only_members(
    scenario: ResolvedScenario, kept: Collection[str], name: str, title: str, policy: Policy | None = None
) -> ResolvedScenario:
    """The scenario with these design members alone, each by its probability given that one of them comes; stress members stay.

    Its own scenario says so in changes, after those that were made already, so that it can be written and planned again.
    """
    probability = design_members(scenario.basin)
    total = float(probability[list(kept)].sum())
    changes: list[Change] = []
    others = [member for member in probability.index if member not in kept]
    if others:
        changes.append(RemoveRows(table="members", where={"member": list(others)}, remove=True, with_dependents=True))
        changes += [
            SetValues(table="members", where={"member": member}, set={"probability": float(probability[member] / total)})
            for member in probability.index
            if member in kept
        ]
    original = scenario.scenario
    here = Scenario(name=name, changes=tuple(changes), policy=policy or original.policy)
    written = here.model_copy(
        update={"title": title, "description": original.description, "changes": (*original.changes, *changes)}
    )
    return replace(resolve(scenario.basin, here), scenario=written)


def without_branches(scenario: ResolvedScenario) -> ResolvedScenario:
    """The scenario with one plan for all members; the same one where its policy has no branches."""
    if not scenario.policy.branches:
        return scenario
    alike = scenario.policy.model_copy(update={"branches": ()})
    here = scenario.scenario.model_copy(update={"changes": (), "policy": alike})
    return replace(resolve(scenario.basin, here), scenario=scenario.scenario.model_copy(update={"policy": alike}))


def mean_year(scenario: ResolvedScenario) -> ResolvedScenario:
    """The scenario with one design member, whose water is the mean of all design members' by their probability.

    It bears the name of the first of them, so that it is named like no stress member.
    """
    basin, probability = scenario.basin, design_members(scenario.basin)
    members = basin.tables["members"]
    stress = members[members["kind"] != "design"]
    mean = members[members["kind"] == "design"].iloc[:1].assign(title="Mean year", probability=1.0)
    tables = {**basin.tables, "members": pd.concat([mean, stress], ignore_index=True)}
    for table, (place, water) in _WATER.items():
        rows = basin.tables[table]
        chance = rows["member"].astype(str).map(probability)
        of_design = rows.assign(**{water: rows[water] * chance})[chance.notna()]
        means = of_design.groupby([place, "season"], sort=False, as_index=False)[water].sum()
        joined = pd.concat([means.assign(member=mean["member"].iloc[0]), rows[chance.isna()]], ignore_index=True)
        tables[table] = joined[list(rows.columns)].astype(rows.dtypes.to_dict())
    own = Scenario(name="mean_year", title="Mean year", policy=scenario.policy)
    return resolve(Basin(basin.settings, tables), own)
