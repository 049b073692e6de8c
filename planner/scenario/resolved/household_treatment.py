"""Treatment at home as arrays: on which rung it counts, who keeps using it, and where it makes water safe."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.health_targets import PATHOGENS, asked_of
from planner.scenario.policy import Policy
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, numbers, positions

IMPROVED = 2
FREE_OF_CONTAMINATION = 4
_SLACK = 1e-9


def counted_rungs(basin: Basin, policy: Policy) -> Integers:
    """(M,) rung of each mode, in the order of the table.

    Unless the policy counts it, treatment at home makes no source improved and no water safely managed (JMP).
    """
    modes, treatments = basin.tables["modes"], basin.tables["household_treatments"]
    rung = modes["rung"].to_numpy(np.int64).copy()
    if policy.household_treatment == "counted":
        return rung
    names = pd.Index(modes["mode"])
    treated = positions(treatments["mode"], names)
    before = rung[positions(treatments["untreated_mode"], names)]
    rung[treated] = np.where(before < IMPROVED, before, np.minimum(rung[treated], FREE_OF_CONTAMINATION))
    return rung


@dataclass(frozen=True)
class HouseholdTreatments:
    """J treatments at home, V villages; modes as in People."""

    mode: Integers  # (J,)
    untreated: Integers  # (J,) the same mode without treatment
    adherence: Floats  # (J,) share of those who get it
    makes_safe: Flags  # (V, J) whether it reaches what the village's water asks for

    def given(self, persons: Floats, existing: Floats) -> Floats:
        """(…, J) persons to whom a plan gives each treatment, beyond the base year's: persons and existing by mode."""
        return np.asarray(np.maximum(persons - existing, 0.0)[..., self.mode])

    def used(self, persons: Floats, existing: Floats) -> Floats:
        """Persons by mode once those who give a treatment up are back on the mode without it."""
        lapsed = self.given(persons, existing) * (1 - self.adherence)
        after = persons.copy()
        for at, (mode, untreated) in enumerate(zip(self.mode, self.untreated, strict=True)):
            after[..., mode] -= lapsed[..., at]
            after[..., untreated] += lapsed[..., at]
        return after


def household_treatments_of(basin: Basin, modes: pd.Index) -> HouseholdTreatments:
    """Read treatments at home; every village's water is compared with what each takes out."""
    table = basin.tables["household_treatments"]
    untreated = positions(table["untreated_mode"], modes)
    return HouseholdTreatments(
        mode=positions(table["mode"], modes),
        untreated=untreated,
        adherence=numbers(table, "adherence_share"),
        makes_safe=_makes_safe(basin, modes, untreated),
    )


def _makes_safe(basin: Basin, modes: pd.Index, untreated: Integers) -> Flags:
    """(V, J): log removals and barriers as asked, and every guideline value kept in every season, as for trains."""
    tables = basin.tables
    treatment, water = tables["household_treatments"], tables["household_waters"]
    villages, sources = pd.Index(tables["villages"]["village"]), pd.Index(tables["sources"]["source"])
    parameters, seasons = pd.Index(tables["parameters"]["parameter"]), pd.Index(tables["seasons"]["season"])
    asked = asked_of(tables["sources"], tables["log_removal_targets"])
    reached = np.stack(
        [*(numbers(treatment, f"log_removal_{name}") for name in PATHOGENS), numbers(treatment, "barriers")], axis=1
    )
    value = dense(tables["source_quality"], "value", ("source", sources), ("parameter", parameters), ("season", seasons))
    worst = value.max(axis=2, initial=0.0) / numbers(tables["parameters"], "guideline_value")
    names = pd.Index(treatment["mode"])
    left = 1 - dense(tables["household_removals"], "removal_share", ("mode", names), ("parameter", parameters))
    kept = (worst[:, None] * left[None] <= 1 + _SLACK).all(axis=2)
    enough = kept & (reached[None] >= asked[:, None] - _SLACK).all(axis=2)  # (source, J)
    safe = np.ones((len(villages), len(names)), dtype=bool)
    mode = positions(water["untreated_mode"], modes)
    for village, source, at in zip(positions(water["village"], villages), positions(water["source"], sources), mode, strict=True):
        safe[village] &= enough[source] | (untreated != at)
    return safe
