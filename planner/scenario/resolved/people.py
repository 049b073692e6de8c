"""Groups of people by village and stage, and what they have before anything is built."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.household_treatment import counted_rungs
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, numbers, positions


@dataclass(frozen=True)
class People:
    """V villages, G groups, M modes (by rung, highest first), T stages."""

    groups: pd.Index
    weight: Floats
    modes: pd.Index
    rung: Integers
    litres_per_person_per_day: Floats
    grade: pd.Index  # none, raw or safe of each mode
    pays_tariff: Flags
    informal: Flags  # modes that take no asset
    persons: Floats  # (V, G, T)
    income_usd_per_person_per_year: Floats  # (V, G)
    existing: Floats  # (V, G, M): persons whom the assets of the base year serve
    informal_share: Floats  # (V, G, M): how those without assets get their water
    institution_litres_per_day: Floats  # (V,)
    institution_survival_litres_per_day: Floats  # (V,) what of it is kept in stress

    def baseline(self, stage: int) -> Floats:
        """(V, G, M) persons by mode if nothing is built, in a stage."""
        present = self.persons[:, :, stage]
        held = self.existing.sum(axis=2)
        shrink = np.minimum(1.0, np.divide(present, held, out=np.ones_like(held), where=held > 0))
        on_assets = self.existing * shrink[:, :, None]
        left = np.maximum(present - on_assets.sum(axis=2), 0.0)
        return np.asarray(on_assets + left[:, :, None] * self.informal_share)


def people_of(basin: Basin, policy: Policy, horizon: Horizon) -> People:
    """Read the people of a basin."""
    tables = basin.tables
    mode = tables["modes"].assign(rung=counted_rungs(basin, policy)).sort_values("rung", ascending=False, kind="stable")
    villages, groups = pd.Index(tables["villages"]["village"]), pd.Index(tables["groups"]["group"])
    modes = pd.Index(mode["mode"])
    informal = ~np.isin(modes, tables["mode_assets"]["mode"])
    axes = ("village", villages), ("group", groups)
    base = dense(tables["population"], "persons", *axes)
    growth = dense(tables["population"], "growth_share_per_year", *axes)
    middle = horizon.first_year + horizon.years / 2 - horizon.base_year
    share = dense(tables["baseline"], "share", *axes, ("mode", modes))
    informal_share = np.where(informal, share, 0.0)
    total = informal_share.sum(axis=2, keepdims=True)
    lowest = np.zeros(len(modes))
    lowest[np.flatnonzero(informal)[-1]] = 1.0
    institution = tables["institutions"]
    home = positions(institution["village"], villages)
    litres = numbers(institution, "persons") * numbers(institution, "litres_per_person_per_day")
    need, kept = np.zeros(len(villages)), np.zeros(len(villages))
    np.add.at(need, home, litres)
    np.add.at(kept, home, litres * numbers(institution, "survival_share"))
    return People(
        groups=groups,
        weight=numbers(tables["groups"], "weight"),
        modes=modes,
        rung=mode["rung"].to_numpy(np.int64),
        litres_per_person_per_day=numbers(mode, "litres_per_person_per_day"),
        grade=pd.Index(mode["grade"]),
        pays_tariff=mode["pays_tariff"].to_numpy(bool),
        informal=informal,
        persons=base[:, :, None] * (1 + growth[:, :, None]) ** middle,
        income_usd_per_person_per_year=dense(tables["population"], "income_usd_per_person_per_year", *axes),
        existing=np.where(informal, 0.0, base[:, :, None] * share),
        informal_share=np.where(total > 0, np.divide(informal_share, total, where=total > 0, out=np.zeros_like(share)), lowest),
        institution_litres_per_day=need,
        institution_survival_litres_per_day=kept,
    )
