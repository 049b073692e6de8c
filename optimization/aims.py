"""The policy's objectives as levels to be solved one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.fair_aims import fair_aims
from optimization.weighted_aims import NAME as WEIGHTED
from optimization.weighted_aims import Way, stated_ways, weighted
from planner.scenario.policy import FAIRNESS_AIMS, Objective, Policy
from planner.scenario.resolved import ResolvedScenario

SETTLING = ("cost", "penalty", "mean_lack")
RUNGS = (1, 2, 3, 4, 5)
STEEP = np.array([1e4, 1e3, 1e2, 1e1, 1.0])
SMALL_VILLAGE_STAGES = 60
"""Up to so many villages × stages, access is solved rung by rung; above, as one steeply weighted objective."""
_PERSONS_PER_COST = 0.01
_PERSONS_PER_PENALTY = 0.05
_SHARE_PER_PERSON = 1e-4
"""What a person is worth where shares are sought: cost and penalties together stay below 6e-6."""
_MEAN_LACK = 1e-4
"""Weight of the mean in aims of fairness: of plans as fair, the one in which people have more."""
_SHARES = 1000.0
MEAN_BESIDE_RISK = 1e-4
"""Weight of the mean of the members beside a policy's attitude to risk."""

Unit = Literal["USD of the base year", "persons", "m³/year", "share"]


@dataclass(frozen=True)
class Level:
    """One minimisation. `weights` combine the model's objectives; value / scale is in `unit`."""

    name: str
    order: int
    weights: dict[str, float]
    scale: float
    unit: Unit
    tolerance_share: float
    people: float
    """What gaps are a share of: weighted persons of all groups, 1 for shares, USD for regret; 0 where the value itself is."""
    settled_within: float = 0.0
    """For shares: the most that the small term which settles ties can add to any plan's value, in the unit."""
    about: dict[str, float] | None = None
    """What the level is about, where that is not told by the names of its objectives."""

    constant: float = 0.0
    """What is added to the model's objectives."""

    def own(self) -> dict[str, float]:
        """The objectives that this level is about, without the small term that settles what they leave open."""
        if self.about is not None:
            return self.about
        kept = {name: weight for name, weight in self.weights.items() if name not in SETTLING}
        return kept or self.weights

    def told(self) -> tuple[str, ...]:
        """The objectives of a plan that this level gives a place in the policy."""
        return (self.name,) if self.name == WEIGHTED else tuple(name for name in self.own() if name != "penalty")


def weighted_people(scenario: ResolvedScenario) -> float:
    """All persons, counted by their group's weight, averaged over the horizon."""
    people = scenario.people
    return float(np.einsum("vgt,g,t->", people.persons, people.weight, scenario.horizon.stage_weight))


def _harmless_cost(scenario: ResolvedScenario) -> float:
    """A weight for cost (thousand USD) so small that all the money there is counts for a hundredth of a person."""
    money, horizon = scenario.money, scenario.horizon
    start = horizon.discount(horizon.first_year)
    capital = float((money.channel_usd @ start).sum())
    service = scenario.service
    tariffs = np.zeros((len(scenario.network.villages), len(horizon.stages)))
    np.maximum.at(tariffs, service.village, service.tariff_cap_usd_per_year.sum(axis=2))
    running = float((money.subsidy_usd_per_year @ horizon.annuity).sum() + tariffs.sum(axis=0) @ horizon.annuity)
    return _PERSONS_PER_COST / max((capital + running) / 1000, 1.0)


def has_end(compiled: CompiledModel) -> bool:
    """Whether there is an end to what can be missed at its price; not where groundwater is overdrawn, for one."""
    return bool(np.isfinite(_most_missed(compiled)))


def _harmless_penalty(compiled: CompiledModel) -> float:
    """A weight for penalties (thousand USD) so small that all that could ever be missed counts for a twentieth of a person.

    0 where there is no end to what can be missed: `optimization.settling` then has the last word.
    """
    return _PERSONS_PER_PENALTY / max(_most_missed(compiled), 1.0)


def _most_missed(compiled: CompiledModel) -> float:
    """Thousand USD of all that could ever be missed, inf where that has no end."""
    most = 0.0
    for term in compiled.objectives.get("penalty", {}).values():
        missed = term.values > 0
        most += float(term.values[missed] @ compiled.column_upper[term.columns[missed]]) + max(term.constant, 0.0)
    return most


def _levels_of(
    objective: Objective, order: int, scenario: ResolvedScenario, compiled: CompiledModel, ways: Mapping[str, Way]
) -> list[Level]:
    tolerance = objective.tolerance_share
    if objective.objective == WEIGHTED:
        return [_weighted_level(order, tolerance, scenario, compiled, ways)]
    if objective.objective == "cost" and scenario.policy.risk_attitude.attitude != "expectation":
        return [_risk_level(order, tolerance, compiled)]
    if objective.objective == "cost":
        return [Level("cost", order, {"cost": 1.0, "penalty": 1.0}, 1e-3, "USD of the base year", tolerance, 0.0)]
    if objective.objective in FAIRNESS_AIMS:
        return _fair_levels(objective, order, scenario, compiled)
    settling = {"cost": _harmless_cost(scenario), "penalty": _harmless_penalty(compiled)}
    people = weighted_people(scenario)
    if objective.objective == "environmental_flow_deficit":
        weights = {"environmental_flow_deficit": 1.0, **settling}
        return [Level("environmental_flow_deficit", order, weights, 1.0, "m³/year", tolerance, 0.0)]
    if objective.objective == "conservation":
        return _conservation_levels(order, scenario, settling, tolerance)
    if len(scenario.network.villages) * len(scenario.horizon.stages) <= SMALL_VILLAGE_STAGES:
        return [
            Level(
                f"below_rung_{rung}", order, {f"below_rung_{rung}": 1.0, **settling}, 1.0,
                "persons", tolerance, people,
            )
            for rung in RUNGS
        ]  # fmt: skip
    scale = 1000.0
    steep: NDArray[np.float64] = STEEP / STEEP.sum() * scale
    weights = {f"below_rung_{rung}": float(weight) for rung, weight in zip(RUNGS, steep, strict=True)}
    return [
        Level(
            "access", order, {**weights, **{name: weight * scale for name, weight in settling.items()}}, scale, "persons",
            tolerance, people,
        )
    ]  # fmt: skip


def _conservation_levels(order: int, scenario: ResolvedScenario, small: dict[str, float], tolerance: float) -> list[Level]:
    """No level where the basin knows nothing of what conservation counts."""
    if not scenario.conservation.per_m3:
        return []
    weights = {"conservation": 1.0} | {name: weight * _SHARE_PER_PERSON for name, weight in small.items()}
    within = _SHARE_PER_PERSON * (_PERSONS_PER_COST + _PERSONS_PER_PENALTY)
    scaled = {name: weight * _SHARES for name, weight in weights.items()}
    return [Level("conservation", order, scaled, _SHARES, "share", tolerance, 1.0, within)]


def _risk_level(order: int, tolerance: float, compiled: CompiledModel) -> Level:
    """Cost as the attitude to risk weighs the members. A little of their mean settles what the dearest ones leave open."""
    alike = [name for name in ("cost_alike", "penalty_alike") if name in compiled.objectives]
    weights = dict.fromkeys(alike, 1.0 + MEAN_BESIDE_RISK) | {"risk": 1.0, "risk_mean": MEAN_BESIDE_RISK}
    about = dict.fromkeys([*alike, "risk"], 1.0)
    return Level("risk", order, weights, 1e-3, "USD of the base year", tolerance, 0.0, about=about)


def _fair_levels(objective: Objective, order: int, scenario: ResolvedScenario, compiled: CompiledModel) -> list[Level]:
    """One level for each objective of the aim that the model has: several for leximin, one for the others."""
    small = {"cost": _harmless_cost(scenario), "penalty": _harmless_penalty(compiled)}
    settling = {name: weight * _SHARE_PER_PERSON for name, weight in small.items()} | {"mean_lack": _MEAN_LACK}
    within = _MEAN_LACK + _SHARE_PER_PERSON * (_PERSONS_PER_COST + _PERSONS_PER_PENALTY)
    parties = len(compiled.variables["lack"].columns) if "lack" in compiled.variables else 0
    return [
        Level(
            one.name, order, {name: weight * _SHARES for name, weight in ({one.name: 1.0} | settling).items()}, _SHARES,
            "share", objective.tolerance_share, 1.0, within,
        )
        for one in fair_aims(scenario.policy, parties).of_order(order)
    ]  # fmt: skip


def _weighted_level(
    order: int, tolerance: float, scenario: ResolvedScenario, compiled: CompiledModel, ways: Mapping[str, Way]
) -> Level:
    """The weighted sum of several aims; the small term that settles ties only where cost is none of them."""
    own, constant = weighted(scenario.policy, ways, compiled)
    small, within = {}, 0.0
    if "cost" not in own:
        small = {"cost": _harmless_cost(scenario) * _SHARE_PER_PERSON, "penalty": _harmless_penalty(compiled) * _SHARE_PER_PERSON}
        within = _SHARE_PER_PERSON * (_PERSONS_PER_COST + _PERSONS_PER_PENALTY)
    scaled = {name: weight * _SHARES for name, weight in (own | small).items()}
    about = {name: scaled[name] for name in own}
    return Level(WEIGHTED, order, scaled, _SHARES, "share", tolerance, 1.0, within, about, constant * _SHARES)


def single_level(name: str, scenario: ResolvedScenario, compiled: CompiledModel) -> Level:
    """The level of one weighted aim that is sought alone."""
    small = {"cost": _harmless_cost(scenario), "penalty": _harmless_penalty(compiled)}
    if name == "cost":
        return Level(name, 1, {"cost": 1.0, "penalty": 1.0}, 1e-3, "USD of the base year", 0.0, 0.0)
    if name.startswith("below_rung_"):
        return Level(name, 1, {name: 1.0, **small}, 1.0, "persons", 0.0, weighted_people(scenario))
    if name == "environmental_flow_deficit":
        return Level(name, 1, {name: 1.0, **small}, 1.0, "m³/year", 0.0, 0.0)
    settling = {one: weight * _SHARE_PER_PERSON for one, weight in small.items()}
    return Level(name, 1, {one: w * _SHARES for one, w in ({name: 1.0} | settling).items()}, _SHARES, "share", 0.0, 1.0)


def places_of(levels: Sequence[Level]) -> dict[str, int]:
    """The place in the policy of each objective that a level is about."""
    return {name: level.order for level in levels for name in level.told()}


def levels_of(
    policy: Policy, scenario: ResolvedScenario, compiled: CompiledModel, ways: Mapping[str, Way] | None = None
) -> list[Level]:
    """The levels of a policy, in order. Where there is nobody among whom to be fair, the plan is one of least cost.

    `ways`: of the weighted aims, where the policy does not state all.
    """
    ways = stated_ways(policy) if ways is None else ways
    levels = [
        level
        for order, objective in enumerate(policy.objectives, start=1)
        for level in _levels_of(objective, order, scenario, compiled, ways)
    ]
    return levels or _levels_of(Objective(objective="cost"), 1, scenario, compiled, ways)
