"""Present values and objectives, counted anew."""

import numpy as np
import pandas as pd

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.fairness import SHARES
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.people import reached
from planner.plan.audit.river import River
from planner.plan.audit.service import Service
from planner.plan.audit.spending import Spending
from planner.plan.audit.tolerances import COUNT, MONEY, PERSONS, WATER_PER_YEAR, Tolerance
from planner.scenario.policy import Policy

ITEMS = ("capital", "residual", "running", "opportunity")
TOLD_IN = {"cost": "USD of the base year", "environmental_flow_deficit": "m³/year"}  # all others: persons
TOLERANCES: dict[str, Tolerance] = {
    "cost": MONEY,
    "environmental_flow_deficit": WATER_PER_YEAR,
    **{f"below_rung_{rung}": PERSONS for rung in range(1, 6)},
}


def present_values(facts: Facts, spending: Spending) -> Numbers:
    """USD of the base year by item (as in ITEMS), category and account."""
    horizon = facts.horizon
    return np.stack(
        [
            spending.capital @ horizon.discount_at_start,
            spending.residual * horizon.discount_at_end,
            spending.running @ horizon.yearly_dollar,
            spending.opportunity @ horizon.yearly_dollar,
        ]
    )


def check_costs(facts: Facts, claims: Claims, values: Numbers) -> list[AuditCheck]:
    """The claimed present values against those counted anew."""
    claimed = claims["costs"]
    item = pd.Index(ITEMS).get_indexer(pd.Index(claimed["item"]))
    said = dense(values.shape, (item, claimed["category"].to_numpy(), claimed["account"].to_numpy()),
                 claimed["present_value_usd"])  # fmt: skip
    place = facts.names.grid("categories", "administrations")
    return [
        judge(f"cost_{name}", f"Present value: {name}", np.abs(said[i] - values[i]), MONEY, place, values[i])
        for i, name in enumerate(ITEMS)
    ]


def objectives_of(facts: Facts, service: Service, river: River, values: Numbers) -> dict[str, float]:
    """The value of every objective."""
    horizon = facts.horizon
    capital, residual, running, opportunity = values.sum(axis=(1, 2))
    weight = facts.basin.tables["groups"]["weight"].to_numpy(float)
    below = facts.people.persons[..., None] - reached(service.persons, facts.people.rung)
    mean = np.einsum("vgtk,g,t->k", below, weight, horizon.stage_weight)
    lacking = np.einsum("rtsm,s,m,t->", river.deficit, horizon.days, horizon.expected, horizon.stage_weight)
    return {
        "cost": float(capital - residual + running + opportunity),
        "environmental_flow_deficit": float(lacking),
        **{f"below_rung_{rung}": float(mean[rung]) for rung in range(1, 6)},
    }


def check_objectives(
    policy: Policy,
    claims: Claims,
    true: dict[str, float],
    fair: dict[str, tuple[float, int]],
    risk: dict[str, tuple[float, int]],
) -> list[AuditCheck]:
    """Every objective is told with its value, its place in the policy, and a bound that it respects.

    `fair`: value and place of the objectives that are shares: those of aims of fairness, and conservation; `risk`: of the one
    that stands for cost where an attitude to risk weighs the members.
    """
    added = fair | risk
    true = true | {name: value for name, (value, _) in added.items()}
    tolerances = TOLERANCES | dict.fromkeys(fair, SHARES) | dict.fromkeys(risk, MONEY)
    told_in = TOLD_IN | dict.fromkeys(fair, SHARES.unit) | dict.fromkeys(risk, TOLD_IN["cost"])
    claimed = claims["objectives"]
    claimed = claimed[claimed["objective"].isin(list(true))]
    names = claimed["objective"].tolist()
    order = dict.fromkeys(true, 0)
    for place, objective in enumerate(policy.objectives, start=1):
        told = [f"below_rung_{k}" for k in range(1, 6)] if objective.objective == "access" else [objective.objective]
        order.update(dict.fromkeys(told, place))
    order.update({name: place for name, (_, place) in added.items()})
    if risk:
        order["cost"] = 0
    unknown = set(claims["objectives"]["objective"]) - set(true)
    absent = sorted(set(true) - set(names)) + sorted(str(name) for name in unknown)
    misplaced = claimed["order"].to_numpy() != np.array([order[name] for name in names], dtype=int)
    misnamed = [unit != told_in.get(name, "persons") for name, unit in zip(names, claimed["unit"], strict=True)]
    value = claimed["value"].to_numpy(float)
    above = claimed["bound"].to_numpy(float) - value
    told_value = [
        judge(f"objective_{name}", f"Value of the objective {name.replace('_', ' ')}",
              np.abs(value[[n == name for n in names]] - true[name]), tolerance, lambda _: "", true[name])
        for name, tolerance in tolerances.items()
    ]  # fmt: skip
    over = np.array([true[bound.objective] - bound.at_most for bound in policy.bounds])
    granted = np.array([tolerances[bound.objective].absolute for bound in policy.bounds])
    loosest = np.array([tolerances[name].absolute for name in names])
    return [
        judge("objective_told", "All objectives are told and no other", np.ones(len(absent)), COUNT,
              lambda i: absent[i]),
        judge("objective_order", "Objectives stand in the policy's order", misplaced, COUNT, lambda i: names[i]),
        judge("objective_unit", "Objectives are told in their units", misnamed, COUNT, lambda i: names[i]),
        *told_value,
        judge("objective_bound", "No objective is better than its bound", np.nan_to_num(above) - loosest,
              Tolerance("in the objective's unit", 0.0), lambda i: names[i], value),
        judge("policy_bound", "What the policy bounds stays within its bound", over - granted,
              Tolerance("in the objective's unit", 0.0), lambda i: policy.bounds[i].objective,
              [bound.at_most for bound in policy.bounds]),
    ]  # fmt: skip
