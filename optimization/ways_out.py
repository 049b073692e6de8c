"""Why no plan exists, in one sentence, and up to three ways out, each solved before it is told."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optimization.conflicts import Lack, findings_of
from optimization.demands import FLOOR
from optimization.easing import easing, policies_that_ask_less
from optimization.mending import mending
from optimization.suspects import Suspect, beyond_service_plans, suspects
from planner.checks.finding import Finding
from planner.checks.report import found, listed
from planner.plan.aims import floor_in_words
from planner.plan.titles import Titles
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.scenario import Scenario, ScenarioError
from planner.scenario.way_out import WayOut

WAYS_AT_MOST = 3
_FACTORS = (1.25, 3.0, 10.0)
_SHARE_OF_TIME = 0.3
"""Of what is left, for one trial: a way that is hard to solve leaves time for easier ones."""
_PARTS_TOLD = 3

Solves = Callable[[ResolvedScenario, float], bool]


@dataclass
class Explanation:
    """Why no plan exists, what was found, and the ways out."""

    reason: str = ""
    findings: list[Finding] = field(default_factory=list)
    ways_out: list[WayOut] = field(default_factory=list)


@dataclass
class _Trial:
    """Tries ways out until enough are found or time is up."""

    scenario: ResolvedScenario
    solves: Solves
    until: float
    found: list[WayOut] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return len(self.found) >= WAYS_AT_MOST or time.monotonic() >= self.until

    def holds(self, way: WayOut) -> bool:
        """Whether a plan exists if the way is taken; then it is kept."""
        left = self.until - time.monotonic()
        if left <= 0:
            return False
        asked = way.taken_by(Scenario(name="way_out", policy=self.scenario.policy))
        try:
            resolved = resolve(self.scenario.basin, asked)
        except ScenarioError:
            return False
        if not self.solves(resolved, left * _SHARE_OF_TIME):
            return False
        self.found.append(way)
        return True


def explain(
    scenario: ResolvedScenario, lacking: list[Lack], checked: list[Finding], solves: Solves, seconds: float
) -> Explanation:
    """The reason, with findings and ways out. `checked` is what was found before any search; `solves` gets a scenario and
    how many seconds it may take."""
    trial = _Trial(scenario, solves, time.monotonic() + seconds)
    what, findings = _what(scenario), [*checked, *findings_of(lacking)]
    network = bool(checked) or not lacking or lacking[0].demand.code == FLOOR
    reason = ""
    if network:
        reason, more = _in_the_network(scenario, trial, what, lacking)
        findings = [*more, *findings]
    if not reason and checked:
        reason = f"No plan exists: {checked[0].message}"
    if not reason and lacking:
        reason = _both(what, lacking[0].demand.named(*lacking[0].names), lacking[0].demand.amount(lacking[0].amount))
    _money_and_water(trial, lacking)
    _by_policy(trial, lacking)
    return Explanation(reason, findings, trial.found)


def _both(what: str, named: str, rest: str) -> str:
    return f"No plan exists: {what} and {named} cannot both hold: {rest}."


def _what(scenario: ResolvedScenario) -> str:
    """The floors in words that are met whatever they cost; without any, the service that people have today.

    A floor of villages is so too as far as plans without pipes reach it.
    """
    titles = Titles(scenario.basin)
    floors = scenario.policy.floors
    held = [floor for floor in floors if floor.hard] or [floor for floor in floors if floor.within == "village"]
    hard = [floor_in_words(floor, titles) for floor in held]
    if not hard:
        return "the service that people have today"
    return f"the floor “{hard[0]}”" if len(hard) == 1 else f"the {len(hard)} floors that must be met"


def _in_the_network(scenario: ResolvedScenario, trial: _Trial, what: str, lacking: list[Lack]) -> tuple[str, list[Finding]]:
    """The reason where something other than money and water forbids a floor, by plans first, then by what clears it."""
    beyond = beyond_service_plans(scenario)
    if beyond:
        place, persons = beyond[0]
        lack = f"even the best plan in every village leaves {np.ceil(persons):,.0f} persons in {place} short of it"
        message = f"No service plans reach it: {lack}."
        return _both(what, "the service plans that there are", lack), [
            found("conflict.service_plans", message, table="service_plans")
        ]
    for suspect in suspects(scenario):
        if trial.over:
            break
        if trial.holds(WayOut(f"{suspect.without}.", suspect.changes)):
            told = found(suspect.code, f"Without {suspect.named} a plan exists.")
            return _both(what, suspect.named, _without(suspect, lacking)), [told]
    return "", []


def _without(suspect: Suspect, lacking: list[Lack]) -> str:
    short = [lack.demand.amount(lack.amount) for lack in lacking if lack.demand.code == FLOOR]
    return f"{short[0] if short else 'it is out of reach'}; without {suspect.named} a plan exists"


def _money_and_water(trial: _Trial, lacking: list[Lack]) -> None:
    """Give what lacks, with more to spare each time, until whole works can be built with it; let go what a policy forbids."""
    for factor in _FACTORS:
        changes, words = mending(trial.scenario, lacking, factor)
        policy, eased = easing(trial.scenario.policy, lacking, factor)
        if not (changes or policy) or trial.over:
            return
        told = listed([*words, *eased], _PARTS_TOLD)
        if trial.holds(WayOut(f"{told[0].upper()}{told[1:]}.", changes, policy)):
            return


def _by_policy(trial: _Trial, lacking: list[Lack]) -> None:
    for ways in policies_that_ask_less(trial.scenario.policy, {lack.demand.code for lack in lacking}):
        for title, policy in ways:
            if trial.over:
                return
            if trial.holds(WayOut(title, (), policy)):
                break
