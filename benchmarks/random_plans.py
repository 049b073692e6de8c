"""Random true plans: any that the model allows, of a random basin with random concerns, under a random policy.

Villages' plans and works are drawn by random prices, not by cost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benchmarks.random_concerns import random_changes, some
from benchmarks.random_policies import random_policy
from datasets.synthetic import make
from optimization.aims import levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.handed import policy_caps, problem_of
from optimization.member_tree.decided import decided
from optimization.member_tree.joined import joined
from optimization.regret import own_bests
from optimization.results import OwnBests, objective_tables, tables_of
from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import Effort, Watch
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.weighted_aims import stated_ways
from optimization.whole import whole_unit_columns, with_whole_columns
from planner.basin import Basin
from planner.plan.audit import Audit, audit
from planner.plan.audit.shared_stages import audit_shared_stages
from planner.scenario.members import design_members, only_members
from planner.scenario.policy import Policy
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.scenario import Scenario

SECONDS_PER_PLAN = 2.0
ANY_PLAN = Effort(seconds=SECONDS_PER_PLAN, relative_gap=1e9)
SILENT = Watch(lambda _: None, lambda _: None, lambda: False)
GROUPS = {"women_headed": ("poor", 0.3), "remote": ("other", 0.2)}
"""Groups beside those of a made-up basin: of whom they are a part, and how large a one at most."""
GIVEN_UP_AFTER = 2
"""As many draws without a plan, and the basin is left for another one."""


@dataclass(frozen=True)
class RandomPlan:
    """The tables of a plan that the model allows, or of each branch's plan, each with the basin and policy it was made for."""

    scenario: ResolvedScenario
    parts: tuple[tuple[Basin, Policy, dict[str, pd.DataFrame]], ...]

    def audits(self) -> list[Audit]:
        """The audit of each part, and of what plans of branches share."""
        found = [audit(*part) for part in self.parts]
        branches = self.scenario.policy.branches
        if branches:
            found.append(audit_shared_stages(self.scenario.basin, branches, [tables for _, _, tables in self.parts]))
        return found


def random_plans(seed: int, plans: int) -> Iterator[RandomPlan]:
    """Plans of one random basin under one random policy; fewer than `plans` if there are none or the solver needs too long."""
    random = np.random.default_rng(seed)
    scenario = random_scenario(seed, random)
    models = _models(scenario, random)
    known_from = [list(scenario.horizon.stages).index(branch.from_stage) for branch in scenario.policy.branches] or [0]
    whole = joined(
        [model.problem for model in models], [decided(model.compiled) for model in models], known_from, np.ones(len(models))
    )
    units = np.unique(np.concatenate([place[model.units] for model, place in zip(models, whole.place, strict=True)]))
    choices = np.unique(np.concatenate([place[model.choices] for model, place in zip(models, whole.place, strict=True)]))
    missed = 0
    for _ in range(plans):
        problem = replace(whole.problem, objective=whole.problem.objective + _random_prices(choices, whole.problem, random))
        found = solve_integer(problem, problem.column_lower, problem.column_upper, ANY_PLAN, SILENT).values
        if found is None:
            missed += 1
            if missed == GIVEN_UP_AFTER:
                return
            continue
        # The last step of `optimization.solve`: assets that were bought in parts are made whole.
        solution = with_whole_columns(units, problem, found, Limits())
        yield RandomPlan(scenario, tuple(
            (model.scenario.basin, model.scenario.policy, model.tables(whole.of_branch(solution, number)))
            for number, model in enumerate(models)))  # fmt: skip


def random_scenario(seed: int, random: np.random.Generator) -> ResolvedScenario:
    """A made-up basin with random concerns, under a random policy."""
    basin = make(
        villages=int(random.integers(3, 9)),
        sites=int(random.integers(1, 4)),
        stages=int(random.integers(1, 4)),
        seasons=int(random.integers(1, 4)),
        members=int(random.integers(1, 5)),
        seed=seed,
        network=random.choice(["star", "tree"]),
    )
    basin = _less_regular(basin, random)
    document = {"name": "random", "title": "Random", "changes": random_changes(basin, random)}
    changed = resolve(basin, Scenario.from_dict(document)).basin
    policy = random_policy(changed, random)
    return resolve(changed, Scenario(name="random", title="Random", policy=policy))


def _less_regular(basin: Basin, random: np.random.Generator) -> Basin:
    """The basin with short lives, lead times, villages that shrink, seasons that differ, droughts that bite, more groups."""
    tables = {name: frame.copy() for name, frame in basin.tables.items()}
    options, assets, population = tables["options"], tables["assets"], tables["population"]
    options["life_years"] = random.integers(2, 30, len(options))
    options["lead_time_stages"] = random.integers(0, 2, len(options)) * (random.random(len(options)) < 0.2)
    late = random.random(len(options)) < 0.1
    options["earliest_stage"] = options["earliest_stage"].mask(late, tables["stages"]["stage"].iloc[-1])
    assets["life_years"] = random.integers(1, 15, len(assets))
    population["growth_share_per_year"] = random.uniform(-0.08, 0.05, len(population))
    tables["seasons"]["demand_factor"] = random.uniform(0.9, 1.1, len(tables["seasons"]))
    stress = tables["members"]["member"][tables["members"]["kind"] == "stress"]
    hit = tables["source_yields"]["member"].isin(stress)
    tables["source_yields"].loc[hit, "yield_m3_per_day"] *= random.uniform(0.0, 0.5)
    _with_more_groups(tables, random)
    return replace(basin, tables=tables)


def _with_more_groups(tables: dict[str, pd.DataFrame], random: np.random.Generator) -> None:
    """Splits households headed by women and remote ones off the groups there are; they fetch their water as those do."""
    for name, (whole, share) in GROUPS.items():
        if random.random() < 0.5:
            continue
        population, baseline = tables["population"], tables["baseline"]
        part = population[population["group"] == whole].copy()
        here = part["village"].isin(some(tables["villages"]["village"], random)) & (part["persons"] >= 5)
        part["group"], part["persons"] = name, np.round(part["persons"] * here * random.uniform(0.05, share, len(part)))
        part["income_usd_per_person_per_year"] *= random.uniform(0.5, 1.0)
        population.loc[population["group"] == whole, "persons"] -= part["persons"].to_numpy()
        same = baseline[baseline["group"] == whole].assign(group=name)
        weight = round(float(random.uniform(0.5, 3.0)), 2)
        group = tables["groups"].iloc[:1].assign(group=name, title="", weight=weight)
        for table, rows in (("population", part), ("baseline", same), ("groups", group)):
            own = tables[table]
            tables[table] = pd.concat([own, rows.astype(own.dtypes.to_dict())], ignore_index=True)


@dataclass(frozen=True)
class _Model:
    """The model of a scenario, or of one of its branches; `problem` seeks the least cost."""

    scenario: ResolvedScenario
    compiled: CompiledModel
    problem: Problem
    own: OwnBests | None

    @property
    def choices(self) -> np.ndarray:
        """Columns of works and villages' plans."""
        return np.concatenate([self.compiled.variables[name].columns.ravel() for name in ("serves", "chosen")])

    @property
    def units(self) -> np.ndarray:
        return whole_unit_columns(self.scenario, self.compiled)

    def tables(self, solution: FloatArray) -> Mapping[str, pd.DataFrame]:
        tables, values = tables_of(self.scenario, self.compiled, solution, self.own)
        policy = self.scenario.policy
        places, ways = places_of(levels_of(policy, self.scenario, self.compiled)), stated_ways(policy)
        return tables | objective_tables(policy, values, places, {}, ways)


def _models(scenario: ResolvedScenario, random: np.random.Generator) -> list[_Model]:
    """One model, or one of each branch."""
    branches = scenario.policy.branches
    alone = scenario.policy.model_copy(update={"branches": ()})
    parts = [only_members(scenario, branch.members, branch.name, branch.label, alone) for branch in branches] or [scenario]
    chances = design_members(scenario.basin)
    shares = [float(chances[list(branch.members)].sum() / chances.sum()) for branch in branches] or [1.0]
    return [_model(part, share) for part, share in zip(parts, shares, strict=True)]


def _model(scenario: ResolvedScenario, share: float) -> _Model:
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    caps, own = policy_caps(scenario, compiled), None
    if scenario.policy.risk_attitude.attitude == "minimax_regret":
        risk = next(one for one in levels_of(scenario.policy, scenario, compiled) if one.name == "risk")
        own = own_bests(scenario, compiled, risk, caps, Limits(time_seconds=SECONDS_PER_PLAN), None).own
    weights = {name: share for name in ("cost", "penalty", "cost_alike", "penalty_alike") if name in compiled.objectives}
    problem = problem_of(scenario, compiled, replace(level, weights=weights, constant=0.0), caps, None)
    return _Model(scenario, compiled, problem, own)


def _random_prices(choices: np.ndarray, problem: Problem, random: np.random.Generator) -> FloatArray:
    """A random price, as often a gain, on every work and every village's plan."""
    prices = np.zeros(problem.column_count)
    size = random.choice([0.1, 1.0, 10.0]) * max(float(np.abs(problem.objective).mean()), 1.0)
    prices[choices] = random.normal(0.0, size, len(choices))
    return prices
