"""What a policy names, against the basin."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.checks.finding import Finding
from planner.checks.report import listed
from planner.rules.soundness import errors_of, said
from planner.scenario.branches import branch_findings
from planner.scenario.findings import finding, near
from planner.scenario.policy import FAIRNESS_AIMS, Policy
from planner.scenario.policy.part import Part

PARTIES_AT_MOST = 1000
PARTIES_IN_PAIRS_AT_MOST = 150
"""mean_minus_gini compares every party with every other."""
NAMED_IN = {"stage": "stages", "group": "groups", "administration": "administrations"}


def policy_findings(basin: Basin, policy: Policy) -> Iterator[Finding]:
    """Floors of a stage, group or administration that the basin does not have, objectives that stand twice, and rules
    that cannot be used."""
    for parts in ("floors", "institution_floors", "assurance_floors", "gap_caps"):
        for number, part in enumerate(getattr(policy, parts)):
            yield from _unknown_names(basin, part, f"policy.{parts}[{number}]")
    yield from _fairness_findings(basin, policy)
    yield from _conservation_findings(basin, policy)
    yield from _stage_findings(basin, policy.risk.stage, "policy.risk.stage")
    yield from branch_findings(basin, policy.branches)
    if policy.least_storage_hours and not len(basin.tables["tanks"]):
        yield finding("scenario.value", "The basin offers no tanks that could store water.", "policy.least_storage_hours",
                      value=policy.least_storage_hours, allowed="nothing, where tanks.csv is empty")  # fmt: skip
    yield from _assurance_findings(basin, policy)
    for objective, times in Counter(item.objective for item in policy.objectives).items():
        if times > 1:
            message = f"The objective {objective} stands {times} times."
            yield finding("scenario.key_twice", message, "policy.objectives", value=objective)
    for number, error in errors_of(policy.rules, basin):
        message, line = said(policy.rules[number], error)
        yield finding("scenario.rule", message, f"policy.rules[{number}].{error.part}", value=line.partition("\n")[0],
                      remedy=error.remedy or None)  # fmt: skip
    for bounded, times in Counter(bound.objective for bound in policy.bounds).items():
        if times > 1:
            message = f"{bounded} is bounded {times} times."
            yield finding("scenario.key_twice", message, "policy.bounds", value=bounded)


def _conservation_findings(basin: Basin, policy: Policy) -> Iterator[Finding]:
    """Conservation sought where the basin knows nothing of what counts."""
    known = {
        "environmental_flow": len(basin.tables["environmental_flow"]),
        "groundwater": len(basin.tables["aquifers"]),
        "protected_reaches": int(basin.tables["reaches"]["protected"].sum()),
        "wastewater": len(basin.tables["wastewater_returns"]),
    }
    weights = policy.conservation.model_dump()
    sought = "conservation" in policy.sought()
    if sought and not any(weights[name] and rows for name, rows in known.items()):
        message = "The basin has no environmental flow, aquifer, protected reach or wastewater that conservation could count."
        yield finding("scenario.value", message, "policy.objectives", value="conservation",
                      allowed="an aim of which the basin knows something")  # fmt: skip


def _assurance_findings(basin: Basin, policy: Policy) -> Iterator[Finding]:
    """Floors of assurance that say nothing: nothing is ever missing, or no village they are about can be piped."""
    if policy.assurance_floors and not basin.tables["members"]["kind"].eq("stress").any():
        message = "The basin has no stress member; in design members nothing is missing, so assurance is 1 in every plan."
        yield finding("scenario.value", message, "policy.assurance_floors", allowed="nothing, or a stress member in members.csv")
        return
    villages, population = basin.tables["villages"], basin.tables["population"]
    above = lineages(basin.tables["administrations"])
    piped = villages["village"].isin(basin.tables["links"]["to_node"])
    for number, floor in enumerate(policy.assurance_floors):
        here = piped.to_numpy(bool)
        if floor.administration in above:
            here = here & np.array([floor.administration in above[home] for home in villages["administration"]], bool)
        if floor.group in set(basin.tables["groups"]["group"]):
            lives = population["village"][(population["group"] == floor.group) & (population["persons"] > 0)]
            here = here & villages["village"].isin(lives).to_numpy(bool)
        if not here.any():
            yield finding("scenario.value", "No link leads into any of the villages, so that the floor says nothing.",
                          f"policy.assurance_floors[{number}]", allowed="villages that can have piped water")  # fmt: skip


def _stage_findings(basin: Basin, stage: str | None, place: str) -> Iterator[Finding]:
    """A stage that the basin does not have."""
    known = list(basin.tables["stages"]["stage"])
    if stage is not None and stage not in known:
        yield finding("scenario.reference", f"The basin has no stage {stage!r}.", place, value=stage, allowed=listed(known, 12),
                      remedy=near(stage, known))  # fmt: skip


def _unknown_names(basin: Basin, part: Part, place: str) -> Iterator[Finding]:
    """What a part of the policy names and the basin does not have."""
    for key, table in NAMED_IN.items():
        name = getattr(part, key, None)
        known = list(basin.tables[table][key])
        if name is not None and name not in known:
            message = f"The basin has no {key} {name!r}."
            yield finding("scenario.reference", message, f"{place}.{key}", value=name, allowed=listed(known, 12),
                          remedy=near(name, known))  # fmt: skip


def _fairness_findings(basin: Basin, policy: Policy) -> Iterator[Finding]:
    """A stage that the basin does not have, and more parties than an aim of fairness can compare."""
    yield from _stage_findings(basin, policy.fairness.stage, "policy.fairness.stage")
    fairness, aims = policy.fairness, policy.sought().keys() & set(FAIRNESS_AIMS)
    if not aims:
        return
    administrations = basin.tables["administrations"]
    places = {
        "villages": len(basin.tables["villages"]),
        "administrations": basin.tables["villages"]["administration"].nunique(),
        "accounts": max(1, int(administrations["account"].sum())),
        "groups": 1,
    }
    by_group = fairness.between.endswith("groups")
    place = fairness.between.removesuffix("_groups")
    count = places.get(place, places.get(f"{place}s", 1)) * (len(basin.tables["groups"]) if by_group else 1)
    most = PARTIES_IN_PAIRS_AT_MOST if "mean_minus_gini" in aims else PARTIES_AT_MOST
    if count > most:
        message = f"There would be {count} parties to be compared; {' and '.join(sorted(aims))} can have {most}."
        yield finding("scenario.value", message, "policy.fairness.between", value=fairness.between,
                      allowed="parties that are fewer, such as account_groups or groups")  # fmt: skip
