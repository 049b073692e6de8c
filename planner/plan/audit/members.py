"""What the plan costs in each member, and what the attitude to risk makes of it, counted anew."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.energy import usd_per_m3
from planner.plan.audit.facts import Facts
from planner.plan.audit.missed_alike import missed_alike
from planner.plan.audit.names import Numbers
from planner.plan.audit.network import Flows, Network
from planner.plan.audit.tolerances import COUNT, MONEY, Tolerance
from planner.plan.audit.treatment_energy import per_m3_put_in
from planner.plan.audit.use_priorities import prices_of_uses
from planner.scenario.policy import Policy

WEIGHTS = Tolerance("share", 1e-9)


@dataclass(frozen=True)
class Members:
    """By member: weight, energy and chemicals, what is missed, the whole cost; USD of the base year."""

    weight: Numbers
    running: Numbers
    missed: Numbers
    cost: Numbers
    missed_alike: float
    """What is missed in every member alike, which is not among the cost, and counts in regret."""


def members_of(facts: Facts, policy: Policy, claims: Claims, network: Network, flows: Flows, cost: float) -> Members:
    """`cost`: the plan's cost, running expected over the design members."""
    horizon = facts.horizon
    chance = facts.basin.tables["members"]["probability"].to_numpy(float)
    stress = np.where(horizon.design, 0.0, chance)
    usual = np.where(horizon.design, chance, 0.0) / horizon.expected.sum()
    running, missed = _running(facts, network, flows), _missed(facts, policy, claims)
    if policy.risk_attitude.members == "design":
        weight, beside = usual, np.where(horizon.design, stress @ missed, 0.0)
    else:
        often = stress.sum()
        weight, beside = usual * max(1.0 - often, 0.0) + stress / max(often, 1.0), np.zeros(len(chance))
    whole = cost - horizon.expected @ running + running + missed + beside
    return Members(weight, running, missed, whole, missed_alike(facts, policy, claims))


def _running(facts: Facts, network: Network, flows: Flows) -> Numbers:
    """Energy in every link, chemicals and energy in every feed. What the sun saves counts as its mean, in every member alike."""
    horizon, tables = facts.horizon, facts.basin.tables
    energy = tables["links"]["variable_om_usd_per_m3"].to_numpy(float) + usd_per_m3(facts)
    total = np.einsum("ltsm,l,t,s->m", flows.entering, energy, horizon.yearly_dollar, horizon.days)
    chemicals = tables["trains"]["variable_om_usd_per_m3"].to_numpy(float)
    price = np.append(chemicals + per_m3_put_in(facts, "price_usd_per_kwh"), 0.0)[flows.feed_train]
    stage, season, member = flows.feed_period
    paid = flows.feed_m3_per_day * network.keeps[flows.feed_link] * price * horizon.yearly_dollar[stage] * horizon.days[season]
    return np.asarray(total + np.bincount(member, paid, len(total)))


def _missed(facts: Facts, policy: Policy, claims: Claims) -> Numbers:
    """What the claimed tables say is missed, each at its price; where the policy holds it hard, at none."""
    horizon, price_of_use = facts.horizon, prices_of_uses(facts, policy)
    turbine = claims["hydropower"]["turbine"].to_numpy(np.intp)
    price_of_energy = facts.basin.tables["turbines"]["value_usd_per_kwh"].to_numpy(float)[turbine]
    use = claims["use_deliveries"]["use"].to_numpy(np.intp)
    priced = (
        ("shortage", "shortage_m3_per_day", policy.shortage_price_usd_per_m3),
        ("shortage", "hauled_m3_per_day", policy.hauled_price_usd_per_m3),
        ("use_deliveries", "unmet_m3_per_day", price_of_use[use]),
        ("hydropower", "missed_kwh_per_day", price_of_energy),
        ("river", "deficit_m3_per_day", policy.environmental_flow_price_usd_per_m3 * (policy.environmental_flow == "priced")),
        ("obligation_flows", "shortfall_m3_per_day", policy.obligation_price_usd_per_m3 * (policy.obligations == "priced")),
        ("groundwater", "overdraft_m3_per_year", policy.groundwater_price_usd_per_m3 * (policy.groundwater == "priced")),
        ("licence_use", "exceeded_m3_per_year",
         policy.administration_licence_price_usd_per_m3 * (policy.administration_licences == "priced")),
        ("river_loads", "excess_kg_per_day", policy.load_price_usd_per_kg * (policy.load_limits == "priced")),
    )  # fmt: skip
    total = np.zeros(len(horizon.design))
    for table, column, price in priced:
        rows = claims[table]
        days = horizon.days[rows["season"].to_numpy()] if "season" in rows else 1.0
        paid = rows[column].to_numpy(float) * price * days * horizon.yearly_dollar[rows["stage"].to_numpy()]
        total += np.bincount(rows["member"].to_numpy(np.intp), paid, len(total))
    return total


def check_members(facts: Facts, policy: Policy, claims: Claims, members: Members) -> list[AuditCheck]:
    """The claimed costs of members against those counted anew. A member's own best is the solver's word."""
    claimed = claims["member_costs"]
    at = claimed["member"].to_numpy(np.intp)
    place = facts.names.rows(members=at)
    compared = members.cost[at] + members.missed_alike
    size = np.abs(members.cost[at])

    def claim(code: str, title: str, column: str, true: Numbers, tolerance: Tolerance = MONEY) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true[at]), tolerance, place, size)

    left_out = np.setdiff1d(np.arange(len(members.cost)), at)
    own, bound, regret = (claimed[f"{name}_usd"].to_numpy(float) for name in ("own_best", "own_bound", "regret"))
    sought = (members.weight[at] > 0) & (policy.risk_attitude.attitude == "minimax_regret")
    told = ~np.isnan(np.stack([own, bound, regret]))
    return [
        judge("member_told", "Every member is told", np.ones(len(left_out)), COUNT,
              lambda i: facts.names.label("members", int(left_out[i]))),
        claim("member_weight", "A member weighs what the attitude to risk says", "weight_share", members.weight, WEIGHTS),
        claim("member_running", "Energy and chemicals of each member", "running_usd", members.running),
        claim("member_missed", "What is missed in each member, at its price", "missed_usd", members.missed),
        claim("member_cost", "The cost of each member", "cost_usd", members.cost),
        judge("member_own_told", "Only regret asks for a member's own best plan", (told & ~sought).any(axis=0), COUNT, place),
        judge("member_own_bound", "No plan is better in a member than what is told that none can be",
              np.nan_to_num(np.maximum(bound - compared, bound - own)), MONEY, place, np.abs(compared)),
        judge("member_regret", "Regret is a member's cost, with what all miss alike, less what no plan can cost less than",
              np.where(told[1] | told[2], np.abs(regret - (compared - bound)), 0.0), MONEY, place, np.abs(compared)),
    ]  # fmt: skip


def risk_of(policy: Policy, claims: Claims, members: Members) -> dict[str, tuple[float, int]]:
    """Value and place in the policy of the cost as the attitude to risk weighs the members; empty for their mean."""
    risk = policy.risk_attitude
    if risk.attitude == "expectation":
        return {}
    order = next(place for place, aim in enumerate(policy.objectives, start=1) if aim.objective == "cost")
    weighed = members.weight > 0
    cost, weight = members.cost.copy(), members.weight
    if risk.attitude == "cvar":
        tail = _dearest_years(cost[weighed], weight[weighed], 1.0 - risk.tail_share)
        return {"risk": ((1.0 - risk.tail_weight) * float(weight @ cost) + risk.tail_weight * tail, order)}
    if risk.attitude == "minimax_regret":
        claimed = claims["member_costs"]
        cost += members.missed_alike
        cost[claimed["member"].to_numpy(np.intp)] -= np.nan_to_num(claimed["own_bound_usd"].to_numpy(float))
    return {"risk": (float(cost[weighed].max()), order)}


def _dearest_years(cost: Numbers, weight: Numbers, share: float) -> float:
    """The mean of the dearest share of the years: the dearest first, until the share is full."""
    order = np.argsort(-cost, kind="stable")
    before = np.cumsum(weight[order]) - weight[order]
    taken = np.clip(share - before, 0.0, weight[order])
    return float(taken @ cost[order] / taken.sum())
