"""All tables of a plan from the solver's solution."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimization.algebra import CompiledModel
from optimization.results import (
    accounts,
    catchments,
    conservation,
    energy,
    fairness,
    gaps,
    groundwater,
    household_treatment,
    hydropower,
    institutions,
    irrigation,
    leakage,
    licences,
    members,
    money,
    operators,
    quality,
    risk,
    rules,
    service,
    site_tanks,
    storage,
    tanks,
    time,
    treatment_energy,
    use_priorities,
    wastewater,
    water,
    water_stress,
    weighted_aims,
    works,
)  # fmt: skip
from optimization.results.decisions import Floats, decisions_of
from optimization.weighted_aims import Way
from planner.scenario.policy import Policy
from planner.scenario.resolved import ResolvedScenario


@dataclass(frozen=True)
class Values:
    """Objectives of a plan, counted from its tables."""

    cost_usd: float
    below_rungs: Floats
    environmental_flow_deficit_m3_per_year: float
    shares: dict[str, float]
    """Aims of fairness and of conservation, by name."""
    risk_usd: float | None


def tables_of(
    scenario: ResolvedScenario, compiled: CompiledModel, solution: Floats, own: members.OwnBests | None = None
) -> tuple[dict[str, pd.DataFrame], Values]:
    """Every table but `objectives`, and the values that go there. `own`: what each member's own best plan costs, if known."""
    decisions = decisions_of(scenario, compiled, solution)
    built = works.works_result(scenario, decisions)
    feeds, pipes = water.feed_flows(scenario, decisions), water.pipe_flows(scenario, decisions)
    used = wastewater.used_water(scenario, decisions, compiled, solution)
    reused = wastewater.arriving_at_uses(scenario, used)
    wanted = irrigation.wanted_m3_per_day(scenario, decisions)
    drawn = water.drawn_by_uses(scenario, decisions, wanted, reused)
    lost = irrigation.return_lost_m3_per_day(scenario, decisions, drawn + reused)
    returned = wastewater.returned_to_reaches(scenario, used)
    stored = storage.stored(scenario, decisions)
    withdrawal = water.net_withdrawal(scenario, feeds, pipes, drawn, reused, lost, returned, stored.held_back_m3_per_day)
    persons = service.persons_by_mode(scenario, decisions)
    solar = energy.solar_m3_per_year(scenario, compiled, solution, decisions)
    running_water = money.water_cost_usd_per_year(scenario, feeds, pipes) - energy.saved_usd_per_year(scenario, solar)
    running = built.running_usd_per_year.sum(axis=0) + running_water
    fund = money.paid_by_channels(decisions, built)
    repaid = money.repayments_usd_per_year(scenario, fund)
    river = water.river_tables(scenario, wanted, drawn + reused, withdrawal)
    costs = money.costs(scenario, built, running_water, catchments.by_purpose_usd_per_year(scenario, decisions))
    aside = money.put_aside_usd_per_year(scenario, decisions, fund)
    running_tables = money.running_tables(scenario, decisions, running, repaid, aside)
    tables = {
        "investments": built.investments,
        "village_assets": built.village_assets,
        "village_plans": service.village_plans(scenario, decisions),
        "service": service.service(scenario, persons),
        "household_treatment": household_treatment.table(scenario, persons),
        "collection_time": time.collection_time(scenario, persons),
        "assurance": time.assurance(scenario, decisions),
        "institutions": institutions.table(scenario, decisions, water.done_without(scenario, decisions, "safe")),
        "flows": water.flows(scenario, feeds, pipes),
        **quality.quality(scenario, decisions, feeds),
        "log_removals": quality.log_removals(scenario, feeds),
        "shortage": water.shortage(scenario, decisions),
        **river,
        "use_supply": use_priorities.table(scenario, wanted, drawn + reused),
        "water_stress": water_stress.table(scenario, feeds, pipes, drawn),
        "tank_storage": tanks.table(scenario, decisions),
        "site_tank_storage": site_tanks.table(scenario, decisions, pipes),
        "groundwater": groundwater.table(scenario, feeds, pipes),
        "irrigation_saved": irrigation.table(scenario, decisions, lost),
        "leakage_saved": leakage.table(scenario, decisions, pipes),
        "licence_use": licences.table(scenario, feeds, pipes),
        "energy": energy.table(scenario, feeds, pipes, solar),
        "treatment_energy": treatment_energy.table(scenario, feeds),
        "hydropower": hydropower.table(scenario, decisions, withdrawal),
        "storage": storage.table(scenario, stored),
        "protected_abstraction": water.protected_abstraction(scenario, feeds, pipes),
        **wastewater.wastewater_tables(scenario, used),
        **money.finance_tables(scenario, fund),
        **running_tables,
        "accounts": accounts.table(scenario, fund, repaid, running_tables["running_costs"], persons),
        **risk.risk_tables(scenario, decisions),
        "given_up": catchments.table(scenario, decisions),
        "operators": operators.table(scenario, decisions),
        "floors": service.floors(scenario, persons),
        "gaps": gaps.table(scenario, persons),
        "costs": costs,
        "rules": rules.rules(scenario, compiled, solution),
    }
    cost_usd = money.cost_usd(costs)
    tables["member_costs"] = members.member_costs(scenario, tables, cost_usd, feeds, pipes, own)
    values = Values(
        cost_usd=cost_usd,
        below_rungs=service.below_rungs(scenario, persons),
        environmental_flow_deficit_m3_per_year=water.environmental_flow_deficit_m3_per_year(scenario, river["river"]),
        shares=fairness.fair_values(scenario, persons) | conservation.conservation_value(scenario, tables),
        risk_usd=members.risk_usd(scenario, tables["member_costs"]),
    )
    return tables, values


def objective_tables(
    policy: Policy, values: Values, order: Mapping[str, int], bound: Mapping[str, float], ways: Mapping[str, Way]
) -> dict[str, pd.DataFrame]:
    """Tables of objectives, `order` and `bound` by name, 0 and blank where missing; and of the aims of a weighted sum."""
    told = _told(values)
    aims = weighted_aims.table(policy, told, ways)
    if policy.weighted_aims:
        known = {name: value for name, (value, _) in told.items()}
        told[weighted_aims.NAME] = (weighted_aims.weighted_value(policy, ways, known), "share")
    return {"objectives": _objectives(told, order, bound), "weighted_aims": aims}


def _told(values: Values) -> dict[str, tuple[float, str]]:
    """Value and unit of each objective."""
    return {
        "cost": (values.cost_usd, "USD of the base year"),
        **{f"below_rung_{rung}": (value, "persons") for rung, value in enumerate(values.below_rungs, start=1)},
        "environmental_flow_deficit": (values.environmental_flow_deficit_m3_per_year, "m³/year"),
        **{name: (value, "share") for name, value in values.shares.items()},
        **({} if values.risk_usd is None else {"risk": (values.risk_usd, "USD of the base year")}),
    }


def _objectives(names: Mapping[str, tuple[float, str]], order: Mapping[str, int], bound: Mapping[str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "objective": list(names),
            "order": [order.get(name, 0) for name in names],
            "value": [value for value, _ in names.values()],
            "bound": [bound.get(name, np.nan) for name in names],
            "unit": [unit for _, unit in names.values()],
        }
    )
