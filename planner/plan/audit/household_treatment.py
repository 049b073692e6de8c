"""Treatment at home, counted anew: whom it counts for, who has given it up, and whether it makes a village's water safe."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.names import Codes, Names, Numbers, dense
from planner.plan.audit.tolerances import PERSONS
from planner.scenario.policy import Policy

PATHOGENS = ("bacteria", "viruses", "protozoa")
SLACK = 1e-6


def rungs(basin: Basin, names: Names, policy: Policy | None) -> Codes:
    """Rung of each mode. Without a policy, and where it counts treatment at home, as the table of modes says.

    Else who treats water of an unimproved source stays on its rung, and nobody who treats at home comes above rung 4.
    """
    rung = basin.tables["modes"]["rung"].to_numpy(np.intp).copy()
    if policy is None or policy.household_treatment == "counted":
        return rung
    table = basin.tables["household_treatments"]
    for mode, plain in zip(names.codes("modes", table["mode"]), names.codes("modes", table["untreated_mode"]), strict=True):
        rung[mode] = min(rung[mode], 4) if rung[plain] >= 2 else rung[plain]
    return rung


@dataclass(frozen=True)
class Household:
    """Treatments j: their mode, the mode without, the share that keeps using, and (village, j) where it isn't enough."""

    mode: Codes
    plain: Codes
    keeps: Numbers
    fails: np.ndarray

    @classmethod
    def of(cls, basin: Basin, names: Names) -> "Household":
        table = basin.tables["household_treatments"]
        return cls(
            mode=names.codes("modes", table["mode"]),
            plain=names.codes("modes", table["untreated_mode"]),
            keeps=table["adherence_share"].to_numpy(float),
            fails=_fails(basin, names),
        )

    def with_lapses(self, handed: Numbers, existing: Numbers) -> Numbers:
        """Persons (…, mode) as they end up, from whom a plan puts where; who had a treatment in the base year keeps it."""
        ends = handed.copy()
        for mode, plain, keeps in zip(self.mode, self.plain, self.keeps, strict=True):
            gone = (1.0 - keeps) * np.maximum(0.0, handed[..., mode] - existing[..., mode])
            ends[..., mode] -= gone
            ends[..., plain] += gone
        return ends

    def handed_out(self, ends: Numbers, existing: Numbers) -> Numbers:
        """The way back: persons (…, mode) as a plan put them, from how they end up."""
        handed = ends.copy()
        for mode, plain, keeps in zip(self.mode, self.plain, self.keeps, strict=True):
            gone = np.maximum(0.0, ends[..., mode] - existing[..., mode]) * (1.0 / keeps - 1.0)
            handed[..., mode] += gone
            handed[..., plain] -= gone
        return handed


def _fails(basin: Basin, names: Names) -> np.ndarray:
    """(village, j): treatments that leave too much of something in the water that the village takes."""
    tables, said = basin.tables, ["village", "mode", "source"]
    treatments = tables["household_treatments"]
    pairs = tables["household_waters"].merge(treatments, on="untreated_mode")
    asked = tables["sources"].merge(tables["log_removal_targets"], on="kind", how="left", validate="many_to_one")
    pairs = pairs.merge(asked, on="source", suffixes=("", "_asked"))
    short = np.zeros(len(pairs), dtype=bool)
    for name in (*(f"log_removal_{name}" for name in PATHOGENS), "barriers"):
        least = np.maximum(pairs[f"required_{name}"].to_numpy(float), pairs[f"{name}_asked"].fillna(0).to_numpy(float))
        short |= pairs[name].to_numpy(float) < least - SLACK
    left = pairs[said].merge(tables["source_quality"], on="source").merge(tables["parameters"], on="parameter")
    left = left.merge(tables["household_removals"], on=["mode", "parameter"], how="left")
    share = left["value"].to_numpy(float) * (1.0 - left["removal_share"].fillna(0.0).to_numpy(float))
    failing = pd.concat([pairs.loc[short, said], left.loc[share > left["guideline_value"].to_numpy(float) * (1 + SLACK), said]])
    fails = np.zeros((names.size("villages"), len(treatments)), dtype=bool)
    spot = pd.Index(treatments["mode"].astype(object)).get_indexer(pd.Index(failing["mode"].astype(object)))
    fails[names.codes("villages", failing["village"]), spot] = True
    return fails


def check_household(household: Household, names: Names, claims: Claims, handed: Numbers, existing: Numbers) -> list[AuditCheck]:
    """What the plan tells of treatment at home. handed: (village, group, stage, mode), existing: (village, group, mode)."""
    claimed = claims["household_treatment"]
    given = np.maximum(0.0, handed - existing[:, :, None])[..., household.mode].sum(axis=1)
    spot = np.full(names.size("modes"), -1)
    spot[household.mode] = np.arange(len(household.mode))
    which = spot[claimed["mode"].to_numpy()]
    known = which >= 0
    at = tuple(claimed[column].to_numpy()[known] for column in ("village", "stage"))
    label = names.grid("villages", "stages", "modes")

    def place(village: int, stage: int, j: int) -> str:
        return label(village, stage, int(household.mode[j]))

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        said = claimed[column].to_numpy(float)
        told = dense(given.shape, (*at, which[known]), said[known])
        astray = float(np.where(known, 0.0, said).sum())
        return judge(code, title, np.abs(told - true) + astray, PERSONS, place, true)

    return [
        claim("household_given", "Persons who get treatment at home", "given_persons", given),
        claim("household_using", "Persons who keep using treatment at home", "using_persons", given * household.keeps),
        claim("household_lapsed", "Persons who give treatment at home up", "lapsed_persons", given * (1.0 - household.keeps)),
        judge("household_unsafe", "Treatment at home is given only where it makes the village's water safe",
              given * household.fails[:, None, :], PERSONS, place, given),
    ]  # fmt: skip
