"""How many random true plans the audit accepts, and how long it takes over a large basin.

A random plan is any that the model allows: villages' plans and works are drawn by random prices, not by cost.
Run as `python -m benchmarks.audit [--plans N] [--json]`.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

import highspy
import numpy as np
import pandas as pd

from benchmarks.figures import show
from datasets.synthetic import make
from optimization.aims import levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.algebra.handover import pass_to_highs
from optimization.formulation import build
from optimization.results import objective_tables, tables_of
from optimization.solving.limits import Limits
from optimization.solving.problem import plain_problem
from optimization.weighted_aims import stated_ways
from optimization.whole import with_whole_units
from planner.basin import Basin
from planner.plan.audit import audit
from planner.plan.audit.facts import Facts
from planner.plan.tables import ROW_OF, columns
from planner.scenario.policy import Floor, Objective, Policy
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.scenario import Scenario

PLANS_PER_BASIN = 20
LARGE_GOAL_SECONDS = 10.0
SECONDS_PER_PLAN = 2.0


@dataclass(frozen=True)
class RandomPlan:
    """A plan that the model allows, with what it was made for."""

    basin: Basin
    policy: Policy
    tables: dict[str, pd.DataFrame]


def random_policy(basin: Basin, random: np.random.Generator) -> Policy:
    """Objectives in any order, floors of every kind that may be missed, flows hard or priced."""
    objectives = tuple(
        Objective(objective=name)
        for name in random.permutation(["cost", "access", "environmental_flow_deficit"])[: random.integers(1, 4)]
    )
    floors = tuple(
        Floor(
            rung=int(random.integers(1, 6)),
            share=float(random.uniform(0.1, 1.0)),
            within=random.choice(["village", "administration", "account", "basin"]),
            group=random.choice(["poor", None]),
            administration=random.choice([basin.tables["villages"]["administration"].iloc[0], None]),
            stage=random.choice([basin.tables["stages"]["stage"].iloc[-1], None]),
        )
        for _ in range(random.integers(0, 4))
    )
    return Policy(
        objectives=objectives,
        floors=floors,
        environmental_flow=random.choice(["hard", "priced"]),
        obligations=random.choice(["hard", "priced"]),
        blending=random.choice(["none", "chemicals"]),
        periods=random.choice(["binding", "all"]),
    )


def random_plans(seed: int, plans: int) -> Iterator[RandomPlan]:
    """Plans of one random basin under one random policy; fewer than `plans` if the solver needs too long."""
    random = np.random.default_rng(seed)
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
    policy = random_policy(basin, random)
    scenario = resolve(basin, Scenario(name="random", title="Random", policy=policy))
    compiled = build(scenario).compile()
    for _ in range(plans):
        prices = _random_prices(compiled, random)
        solution = _any_solution(compiled, prices)
        if solution is not None:
            whole = _as_the_solver_ends(scenario, compiled, prices, solution)
            yield RandomPlan(basin, policy, _tables(scenario, compiled, whole))


def _less_regular(basin: Basin, random: np.random.Generator) -> Basin:
    """The basin with short lives, lead times, villages that shrink, seasons that differ, and droughts that bite."""
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
    return replace(basin, tables=tables)


def _random_prices(compiled: CompiledModel, random: np.random.Generator) -> np.ndarray:
    """True prices with a random one, as often a gain, on every work and every village's plan."""
    weights = {name: 1.0 for name in ("cost", "penalty") if name in compiled.objectives}
    prices, _ = compiled.objective_vector(weights)
    prices = np.array(prices)
    size = random.choice([0.1, 1.0, 10.0]) * max(float(np.abs(prices).mean()), 1.0)
    for name in ("serves", "chosen"):
        columns = compiled.variables[name].columns.ravel()
        prices[columns] += random.normal(0.0, size, len(columns))
    return prices


def _any_solution(compiled: CompiledModel, prices: np.ndarray) -> np.ndarray | None:
    highs = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("mip_max_improving_sols", 2),
        ("time_limit", SECONDS_PER_PLAN),
        ("threads", 1),
    ):
        highs.setOptionValue(option, value)
    pass_to_highs(compiled, highs, prices)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(highs.getSolution().col_value)


def _as_the_solver_ends(
    scenario: ResolvedScenario, compiled: CompiledModel, prices: np.ndarray, solution: np.ndarray
) -> np.ndarray:
    """The last step of `optimization.solve`: assets that were bought in parts are made whole."""
    problem = plain_problem(
        compiled.matrix,
        (compiled.row_lower, compiled.row_upper),
        (compiled.column_lower, compiled.column_upper),
        compiled.integer,
        prices,
    )
    return with_whole_units(scenario, compiled, problem, solution, Limits())


def _tables(scenario: ResolvedScenario, compiled: CompiledModel, solution: np.ndarray) -> dict[str, pd.DataFrame]:
    tables, values = tables_of(scenario, compiled, solution)
    places = places_of(levels_of(scenario.policy, scenario, compiled))
    return tables | objective_tables(scenario.policy, values, places, {}, stated_ways(scenario.policy))


def idle_tables(basin: Basin) -> dict[str, pd.DataFrame]:
    """The true plan in which nothing is built, with a row for every option, every link in every period, everybody."""
    facts, table = Facts.of(basin), basin.tables
    name = {key: table[f"{key}s"][key] for key in ("stage", "season", "member", "village", "group", "mode", "link")}
    periods = {key: name[key] for key in ("stage", "season", "member")}
    stage = {"stage": name["stage"]}
    persons = facts.people.before.ravel()
    service = _crossed(village=name["village"], group=name["group"], **stage, mode=name["mode"])
    service["rung"] = service["mode"].map(table["modes"].set_index("mode")["rung"])
    river = _crossed(reach=table["reaches"]["reach"], **periods)
    natural = _natural(basin)
    asked = table["environmental_flow"].set_index(["reach", "season"])["environmental_flow_m3_per_day"]
    river["natural_m3_per_day"] = natural.reindex(pd.MultiIndex.from_frame(river[["reach", "season", "member"]])).to_numpy()
    river["outflow_m3_per_day"] = river["natural_m3_per_day"]
    wanted = asked.reindex(pd.MultiIndex.from_frame(river[["reach", "season"]])).fillna(0.0).to_numpy()
    river["required_m3_per_day"] = np.minimum(wanted, river["natural_m3_per_day"])
    owed = table["obligations"].merge(_crossed(**periods), on="season")
    passing = natural.reindex(pd.MultiIndex.from_frame(owed[["reach", "season", "member"]])).to_numpy()
    owed["owed_m3_per_day"] = np.minimum(owed["flow_m3_per_day"], passing)
    uses = _crossed(use=table["other_uses"]["use"], **periods)
    demand = table["use_demand"].set_index(["use", "season"])["demand_m3_per_day"]
    uses["unmet_m3_per_day"] = demand.reindex(pd.MultiIndex.from_frame(uses[["use", "season"]])).fillna(0.0).to_numpy()
    offered = table["channel_amounts"].rename(columns={"amount_usd": "offered_usd"})
    main = table["links"]["to_node"].isin(table["treatment_sites"]["site"])
    rows = {
        "investments": _crossed(option=table["options"]["option"], **stage).assign(serves=False, count=0),
        "village_plans": _crossed(village=name["village"], **stage).assign(service_plan="as_before"),
        "service": service.assign(persons=persons)[persons > 0],
        "collection_time": _collection_time(facts),
        "assurance": _crossed(village=name["village"], **stage).assign(assurance_share=1.0, required_share=0.0, missed_share=0.0),
        "institutions": _institutions(basin),
        "flows": _crossed(link=name["link"][~main], **periods),
        "river": river,
        "obligation_flows": owed,
        "use_deliveries": uses,
        "channel_balances": offered,
        "objectives": _idle_objectives(facts),
        "member_costs": _idle_members(facts, uses),
    }
    return {table: _filled(table, rows.get(table, pd.DataFrame())) for table in ROW_OF}


def _idle_members(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Nothing runs, and nothing is missed but what other uses go without, at what it is worth."""
    table, horizon = facts.basin.tables, facts.horizon
    members = table["members"]
    worth = uses["use"].map(table["other_uses"].set_index("use")["value_usd_per_m3"])
    days = uses["season"].map(table["seasons"].set_index("season")["days"])
    dollar = uses["stage"].map(dict(zip(table["stages"]["stage"], horizon.yearly_dollar, strict=True)))
    missed = (uses["unmet_m3_per_day"] * worth * days * dollar).groupby(uses["member"]).sum()
    missed = missed.reindex(members["member"]).fillna(0.0).to_numpy(float)
    chance, design = members["probability"].to_numpy(float), (members["kind"] == "design").to_numpy(bool)
    beside = (chance[~design] @ missed[~design]) * design
    weight = np.where(design, chance, 0.0) / chance[design].sum()
    return pd.DataFrame({"member": members["member"], "weight_share": weight, "missed_usd": missed, "cost_usd": missed + beside})


def _collection_time(facts: Facts) -> pd.DataFrame:
    """Hours spent as before, none saved."""
    table = facts.basin.tables
    rows = _crossed(village=table["villages"]["village"], group=table["groups"]["group"], stage=table["stages"]["stage"])
    trips = table["modes"]["litres_per_person_per_day"] / facts.basin.settings.litres_per_collection_trip
    hours = (facts.people.before @ (trips * table["modes"]["collection_minutes"] * 365 / 60).to_numpy(float)).ravel()
    return rows.assign(hours_per_year=hours, hours_per_year_if_nothing_is_built=hours)


def _institutions(basin: Basin) -> pd.DataFrame:
    """Institutions in every stage, none served."""
    table = basin.tables["institutions"]
    rows = _crossed(institution=table["institution"], stage=basin.tables["stages"]["stage"]).assign(served=False)
    need = (table["persons"] * table["litres_per_person_per_day"] / 1000).set_axis(table["institution"])
    return rows.assign(need_m3_per_day=rows["institution"].map(need).astype(float))


def _crossed(**names: pd.Series) -> pd.DataFrame:
    return pd.MultiIndex.from_product(names.values(), names=list(names)).to_frame(index=False)


def _filled(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """All columns of a plan's table; figures that are not given are 0."""
    filled = rows.reindex(columns=[column.name for column in columns(table)])
    figures = [column.name for column in columns(table) if column.kind == "number" and column.required]
    filled[figures] = filled[figures].fillna(0.0).astype(float)
    return filled.reset_index(drop=True)


def _natural(basin: Basin) -> pd.Series:
    """Natural flow by reach, season and member: each reach's inflow handed down the river, reach by reach."""
    inflow = basin.tables["inflow"].pivot_table(
        index="reach", columns=["season", "member"], values="inflow_m3_per_day", sort=False
    )
    total = inflow.copy()
    below = basin.tables["reaches"].set_index("reach")["downstream"]
    reach, moving = below.copy(), inflow.copy()
    while reach.notna().any():
        moving = moving.reindex(reach.index[reach.notna()])
        reach = reach[reach.notna()]
        total = total.add(moving.groupby(reach.to_numpy()).sum(), fill_value=0.0)
        reach = pd.Series(below.reindex(reach).to_numpy(), index=reach.index)
    long = total.melt(ignore_index=False, value_name="natural_m3_per_day").reset_index()
    return long.set_index(["reach", "season", "member"])["natural_m3_per_day"]


def _idle_objectives(facts: Facts) -> pd.DataFrame:
    people, horizon = facts.people, facts.horizon
    weight = facts.basin.tables["groups"]["weight"].to_numpy(float)
    weighted = np.einsum("vgtm,g,t->m", people.before, weight, horizon.stage_weight)
    values = {f"below_rung_{rung}": float(weighted[people.rung < rung].sum()) for rung in range(1, 6)}
    values |= {"cost": 0.0, "environmental_flow_deficit": 0.0}
    return pd.DataFrame({"objective": list(values), "value": list(values.values())}).assign(
        order=[1 if objective == "cost" else 0 for objective in values],
        unit=[
            "USD of the base year" if objective == "cost" else "m³/year" if "flow" in objective else "persons"
            for objective in values
        ],
    )


def measure(plans: int, villages: int) -> list[dict[str, object]]:
    """Figures of both: random plans accepted, and seconds for a large basin."""
    accepted, made, seconds = 0, 0, 0.0
    for seed in count():
        for plan in random_plans(seed, min(PLANS_PER_BASIN, plans - made)):
            started = time.perf_counter()
            accepted += audit(plan.basin, plan.policy, plan.tables).passed
            seconds += time.perf_counter() - started
            made += 1
        print(f"{accepted} of {made} random plans accepted", file=sys.stderr)
        if made >= plans:
            break
    basin = make(villages=villages, sites=villages // 20, stages=3, seasons=2, members=2, seed=1)
    tables = idle_tables(basin)
    started = time.perf_counter()
    passed = audit(basin, Policy(), tables).passed
    large = time.perf_counter() - started
    return [
        {"figure": f"random true plans accepted, of {made}", "value": accepted, "unit": "plans", "goal": f"{made}",
         "met": accepted == made},
        {"figure": "audit of a small plan", "value": round(seconds / made, 3), "unit": "s", "goal": None, "met": None},
        {"figure": f"audit of {villages} villages × 12 periods, {sum(map(len, tables.values()))} rows",
         "value": round(large, 2), "unit": "s", "goal": f"≤ {LARGE_GOAL_SECONDS:g}, and accepted",
         "met": passed and large <= LARGE_GOAL_SECONDS},
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--villages", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print a list of {figure, value, unit, goal, met}")
    options = parser.parse_args()
    figures = measure(options.plans, options.villages)
    show(figures, options.json)


if __name__ == "__main__":
    main()
