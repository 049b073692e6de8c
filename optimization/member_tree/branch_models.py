"""The model of each branch, and the objectives of all of them together."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from optimization.aims import Level, levels_of
from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.frozen import whole_values
from optimization.handed import Floats, policy_caps, problem_of
from optimization.member_tree.joined import Joined
from optimization.solving.problem import Problem
from optimization.weighted_aims import UNIT, Way, stated_ways
from planner.plan.plan import Plan
from planner.scenario.members import design_members, only_members
from planner.scenario.policy import Branch, Policy
from planner.scenario.resolved import ResolvedScenario


@dataclass(frozen=True)
class BranchModel:
    """The compiled model of one branch, its levels, and its problem at the first of them."""

    branch: Branch
    chance: float
    scenario: ResolvedScenario
    compiled: CompiledModel
    levels: tuple[Level, ...]
    problem: Problem
    build_seconds: float

    def objective_vector(self, weights: Mapping[str, float]) -> tuple[Floats, float]:
        """Of its model; an objective of which it has nothing adds nothing."""
        return self.compiled.objective_vector(
            {name: weight for name, weight in weights.items() if name in self.compiled.objectives}
        )


@dataclass(frozen=True)
class MeanObjectives:
    """The objectives of all branches, by their probability, over the columns of the whole."""

    models: Sequence[BranchModel]
    whole: Joined

    def objective_vector(self, weights: Mapping[str, float]) -> tuple[Floats, float]:
        """Coefficients (columns of the whole,) and constant of Σ chance · weight · objective."""
        told = [model.objective_vector(weights) for model in self.models]
        constant = sum(model.chance * own for model, (_, own) in zip(self.models, told, strict=True))
        return self.whole.mean_of([coefficients for coefficients, _ in told]), float(constant)


def branch_model(scenario: ResolvedScenario, branch: Branch, single: Plan | None) -> BranchModel:
    """State and compile the model of a branch; `single` is a plan for all members, where one is known."""
    began, probability = time.monotonic(), design_members(scenario.basin)
    own = _part(scenario, branch)
    compiled = build(own).compile()
    levels = tuple(levels_of(own.policy, own, compiled, ways_of(own.policy, single)))
    start = None if single is None else whole_values(single, own, compiled)
    problem = problem_of(own, compiled, levels[0], policy_caps(own, compiled), start)
    chance = float(probability[list(branch.members)].sum() / probability.sum())
    return BranchModel(branch, chance, own, compiled, levels, problem, time.monotonic() - began)


def common_levels(models: Sequence[BranchModel]) -> list[Level]:
    """The levels of the whole: those of the branches, with the smallest weight that any of them gives to what settles ties."""
    longest = max((model.levels for model in models), key=len)
    return [
        replace(
            level,
            weights={
                name: min(
                    other.weights.get(name, weight) for model in models for other in model.levels if other.name == level.name
                )
                for name, weight in level.weights.items()
            },
        )
        for level in longest
    ]


def ways_of(policy: Policy, single: Plan | None) -> dict[str, Way]:
    """The ways of the weighted aims, the same for all branches: stated, or found for one plan for all members.

    Where there is no such plan, all have one of one unit.
    """
    found: dict[str, Way] = {aim.objective: UNIT for aim in policy.weighted_aims}
    if single is not None:
        rows = single.tables["weighted_aims"]
        found |= {
            str(name): Way(float(best), float(worst))
            for name, best, worst in zip(rows["objective"], rows["best"], rows["worst"], strict=True)
        }
    return found | stated_ways(policy)


def _part(scenario: ResolvedScenario, branch: Branch) -> ResolvedScenario:
    """The scenario of one branch: its members alone, and no branches."""
    policy = scenario.policy.model_copy(update={"branches": ()})
    title = f"{scenario.scenario.label}: {branch.label}"
    name = f"{scenario.scenario.name}-{branch.name}"[:100]
    return only_members(scenario, branch.members, name, title, policy)
