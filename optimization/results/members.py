"""What the plan costs in each member, counted from the plan's tables, and as the attitude to risk weighs it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order
from optimization.results.missed_alike import missed_alike_usd
from optimization.results.money import water_cost_by_member
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.attitude import weighed_members


@dataclass(frozen=True)
class OwnBests:
    """(H,) what the best plan for one member alone costs in it, USD: found, and proven to be no less. nan: not looked for.

    With what it misses in all members alike.
    """

    found_usd: Floats
    bound_usd: Floats


def member_costs(
    scenario: ResolvedScenario, tables: dict[str, pd.DataFrame], cost_usd: float, feeds: Floats, pipes: Floats,
    own: OwnBests | None,
) -> pd.DataFrame:  # fmt: skip
    """Table of members. Flows: (F, T, S, H) and (L', T, S, H)."""
    horizon = scenario.horizon
    runs = np.einsum("ath,t->h", water_cost_by_member(scenario, feeds, pipes), horizon.annuity)
    misses = _missed_usd(scenario, tables)
    weighed = weighed_members(horizon, scenario.policy.risk_attitude)
    expected = float(runs @ np.where(horizon.design, horizon.probability, 0.0))
    beside = np.where(horizon.design, float(weighed.expected_beside @ misses), 0.0)
    cost = cost_usd - expected + runs + misses + beside
    nothing = np.full(len(horizon.members), np.nan)
    return in_order(
        "member_costs",
        pd.DataFrame(
            {
                "member": horizon.members,
                "weight_share": weighed.spread(),
                "running_usd": runs,
                "missed_usd": misses,
                "cost_usd": cost,
                "own_best_usd": nothing if own is None else own.found_usd,
                "own_bound_usd": nothing if own is None else own.bound_usd,
                "regret_usd": nothing if own is None else cost + missed_alike_usd(scenario, tables) - own.bound_usd,
            }
        ),
    )


def risk_usd(scenario: ResolvedScenario, members: pd.DataFrame) -> float | None:
    """The value of the policy's attitude to risk; None for the expectation, which is the cost itself."""
    risk = scenario.policy.risk_attitude
    weighed = members[members["weight_share"] > 0]
    cost, weight = weighed["cost_usd"].to_numpy(float), weighed["weight_share"].to_numpy(float)
    if risk.attitude == "expectation":
        return None
    if risk.attitude == "cvar":
        return (1 - risk.tail_weight) * float(weight @ cost) + risk.tail_weight * tail_mean(cost, weight, risk.tail_share)
    if risk.attitude == "minimax_regret":
        cost = np.where(weighed["regret_usd"].notna(), weighed["regret_usd"], cost)
    return float(cost.max())


def tail_mean(cost: Floats, weight: Floats, tail_share: float) -> float:
    """CVaR: the least, over all η, of η + Σ weight · (cost - η)⁺ / (1 - α). It is reached at one of the costs."""
    beyond = np.maximum(cost[None, :] - cost[:, None], 0.0)
    return float((cost + beyond @ weight / (1 - tail_share)).min())


def _missed_usd(scenario: ResolvedScenario, tables: dict[str, pd.DataFrame]) -> Floats:
    """(H,) present value of what is missed in each member, were every year like it."""
    policy, horizon, river = scenario.policy, scenario.horizon, scenario.river
    value = pd.Series(scenario.use_priorities.price_usd_per_m3, index=river.uses)
    total = np.zeros(len(horizon.members))

    def add(table: str, column: str, price: float | pd.Series) -> None:
        rows = tables[table]
        worth = horizon.annuity[horizon.stages.get_indexer(pd.Index(rows["stage"]))]
        if "season" in rows:
            worth = worth * horizon.days[horizon.seasons.get_indexer(pd.Index(rows["season"]))]
        figure = rows[column].to_numpy(float) * worth * np.asarray(price, float)
        np.add.at(total, horizon.members.get_indexer(pd.Index(rows["member"])), figure)

    add("shortage", "shortage_m3_per_day", policy.shortage_price_usd_per_m3)
    add("shortage", "hauled_m3_per_day", policy.hauled_price_usd_per_m3)
    add("use_deliveries", "unmet_m3_per_day", value.reindex(tables["use_deliveries"]["use"]))
    energy = pd.Series(scenario.hydropower.value_usd_per_kwh, index=scenario.hydropower.turbines)
    add("hydropower", "missed_kwh_per_day", energy.reindex(tables["hydropower"]["turbine"]))
    if policy.environmental_flow == "priced":
        add("river", "deficit_m3_per_day", policy.environmental_flow_price_usd_per_m3)
    if policy.obligations == "priced":
        add("obligation_flows", "shortfall_m3_per_day", policy.obligation_price_usd_per_m3)
    if policy.groundwater == "priced":
        add("groundwater", "overdraft_m3_per_year", policy.groundwater_price_usd_per_m3)
    if policy.administration_licences == "priced":
        add("licence_use", "exceeded_m3_per_year", policy.administration_licence_price_usd_per_m3)
    if policy.load_limits == "priced":
        add("river_loads", "excess_kg_per_day", policy.load_price_usd_per_kg)
    return total
