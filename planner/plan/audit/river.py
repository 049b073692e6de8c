"""What the river keeps, walked from the springs down."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.irrigation import Saving
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.network import summed
from planner.plan.audit.tolerances import RIVER, WATER
from planner.plan.audit.wastewater import UsedWater
from planner.scenario.policy import Policy


@dataclass(frozen=True)
class River:
    """Natural flow (reach, season, member); outflow and deficit (reach, stage, season, member), m³/day.

    `drawn` is what other uses take from the river, `delivered` that and what reuse brings: (use, stage, season, member);
    `demand`: (use, season); `wanted`: that less what efficient irrigation saves, (use, stage, season).
    """

    natural: Numbers
    outflow: Numbers
    required: Numbers
    deficit: Numbers
    drawn: Numbers
    delivered: Numbers
    demand: Numbers
    wanted: Numbers


def downstream_sums(values: Numbers, downstream: Codes) -> Numbers:
    """Sums of each reach and of all above it."""
    total = values.astype(float).copy()
    waiting = np.bincount(downstream[downstream >= 0], minlength=len(downstream))
    here = np.flatnonzero(waiting == 0)
    while len(here):
        here = here[downstream[here] >= 0]
        below = downstream[here]
        np.add.at(total, below, total[here])
        np.subtract.at(waiting, below, 1)
        here = np.unique(below[waiting[below] == 0])
    return total


def river_of(facts: Facts, claims: Claims, taken: Numbers, held_back: Numbers, used: UsedWater, saving: Saving) -> River:
    """The river after what sources and other uses take and give back, and reservoirs hold back.

    `taken`: source, stage, season, member; `held_back`: reservoir, stage, season, member.
    """
    tables, names, horizon = facts.basin.tables, facts.names, facts.horizon
    downstream = names.codes("reaches", tables["reaches"]["downstream"])
    natural = downstream_sums(_seasonal(facts, "inflow", "inflow_m3_per_day"), downstream)
    uses = tables["other_uses"]
    delivered = _delivered(facts, claims)
    drawn = delivered - used.arriving
    comes_back = uses["return_share"].to_numpy(float)[:, None] * (1.0 - saving.returned)
    returned = delivered * comes_back[:, :, None, None]
    demand = _demand(facts)
    count = facts.size("reaches")
    net = (
        summed(count, names.codes("reaches", tables["sources"]["reach"]), taken)
        + summed(count, names.codes("reaches", tables["reservoirs"]["reach"]), held_back)
        + summed(count, names.codes("reaches", uses["reach"]), drawn)
        - summed(count, names.codes("reaches", uses["return_reach"]), returned)
        - used.returned
    )
    outflow = natural[:, None] - downstream_sums(net, downstream)
    flow = tables["environmental_flow"]
    codes = names.codes("reaches", flow["reach"]), names.codes("seasons", flow["season"])
    asked = dense(facts.size("reaches", "seasons"), codes, flow["environmental_flow_m3_per_day"])
    required = np.minimum(asked[..., None], natural)
    shape = (*count, *horizon.shape)
    lacking, wanted = np.maximum(0.0, required[:, None] - outflow), demand[:, None] * (1.0 - saving.demand[..., None])
    return River(natural, outflow, np.broadcast_to(required[:, None], shape), lacking, drawn, delivered, demand, wanted)


def _seasonal(facts: Facts, table: str, value: str) -> Numbers:
    """A table by reach, season and member."""
    frame, names = facts.basin.tables[table], facts.names
    codes = tuple(names.codes(t, frame[c]) for t, c in (("reaches", "reach"), ("seasons", "season"), ("members", "member")))
    return dense(facts.size("reaches", "seasons", "members"), codes, frame[value])


def _delivered(facts: Facts, claims: Claims) -> Numbers:
    claimed = claims["use_deliveries"]
    at = tuple(claimed[column].to_numpy() for column in ("use", "stage", "season", "member"))
    return dense((*facts.size("other_uses"), *facts.horizon.shape), at, claimed["delivered_m3_per_day"])


def _demand(facts: Facts) -> Numbers:
    table, names = facts.basin.tables["use_demand"], facts.names
    codes = names.codes("other_uses", table["use"]), names.codes("seasons", table["season"])
    return dense(facts.size("other_uses", "seasons"), codes, table["demand_m3_per_day"])


def check_river(facts: Facts, policy: Policy, claims: Claims, river: River, used: UsedWater) -> list[AuditCheck]:
    """The claimed river against the river walked anew, row by row."""
    claimed = claims["river"]
    reach, stage, season, member = (claimed[c].to_numpy() for c in ("reach", "stage", "season", "member"))
    place = facts.names.rows(reaches=reach, stages=stage, seasons=season, members=member)
    natural = river.natural[reach, season, member]
    at = (reach, stage, season, member)

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), RIVER, place, natural)

    whole = facts.names.grid("reaches", "stages", "seasons", "members")
    hard = river.deficit if policy.environmental_flow == "hard" else np.zeros(0)
    return [
        claim("river_natural", "Natural flow is all inflow from above", "natural_m3_per_day", natural),
        claim("river_outflow", "Outflow is natural flow less what is taken or held back and not returned", "outflow_m3_per_day",
              river.outflow[at]),
        claim("river_required", "The environmental flow is the basin's, never more than nature brings",
              "required_m3_per_day", river.required[at]),
        claim("river_deficit", "The deficit is what the outflow lacks of the environmental flow", "deficit_m3_per_day",
              river.deficit[at]),
        judge("river_dry", "No reach gives more than it has", -river.outflow, RIVER, whole, river.natural[:, None]),
        judge("environmental_flow", "The river keeps its environmental flow where the policy holds it hard", hard,
              RIVER, whole, river.natural[:, None] if hard.size else 0.0),
        *_obligations(facts, policy, claims, river),
        *_uses(facts, claims, river, used),
    ]  # fmt: skip


def owed_seasons(facts: Facts) -> np.ndarray:
    """Whether an obligation holds in a season."""
    table, names = facts.basin.tables["obligations"], facts.names
    holds = np.zeros(facts.size("obligations", "seasons"), dtype=bool)
    holds[names.codes("obligations", table["obligation"]), names.codes("seasons", table["season"])] = True
    return holds


def _obligations(facts: Facts, policy: Policy, claims: Claims, river: River) -> list[AuditCheck]:
    table, names, claimed = facts.basin.tables["obligations"], facts.names, claims["obligation_flows"]
    shape = facts.size("obligations", "seasons")
    row = names.codes("obligations", table["obligation"]), names.codes("seasons", table["season"])
    reach = np.zeros(shape, dtype=np.intp)
    reach[row] = names.codes("reaches", table["reach"])
    flow = dense(shape, row, table["flow_m3_per_day"])
    season = np.arange(shape[1])[None, :]
    natural = river.natural[reach, season]
    owed = np.minimum(flow[..., None], natural)
    outflow = np.moveaxis(river.outflow[reach, :, season], 2, 1)  # (obligation, stage, season, member)
    short = np.maximum(0.0, owed[:, None] - outflow)
    at = tuple(claimed[column].to_numpy() for column in ("obligation", "stage", "season", "member"))
    place = names.rows(obligations=at[0], stages=at[1], seasons=at[2], members=at[3])
    size = natural[at[0], at[2], at[3]]
    hard = short if policy.obligations == "hard" else np.zeros(0)
    return [
        judge("obligation_owed", "What is owed downstream is the basin's, never more than nature brings",
              np.abs(claimed["owed_m3_per_day"].to_numpy(float) - owed[at[0], at[2], at[3]]), RIVER, place, size),
        judge("obligation_shortfall", "The shortfall is what the outflow lacks of what is owed",
              np.abs(claimed["shortfall_m3_per_day"].to_numpy(float) - short[at]), RIVER, place, size),
        judge("obligation", "What is owed downstream is kept where the policy holds it hard", hard, RIVER,
              names.grid("obligations", "stages", "seasons", "members"), natural[:, None] if hard.size else 0.0),
    ]  # fmt: skip


def _uses(facts: Facts, claims: Claims, river: River, used: UsedWater) -> list[AuditCheck]:
    names, claimed = facts.names, claims["use_deliveries"]
    use, stage, season, member = (claimed[c].to_numpy() for c in ("use", "stage", "season", "member"))
    wanted = river.wanted[use, stage, season]
    got, unmet = (claimed[f"{name}_m3_per_day"].to_numpy(float) for name in ("delivered", "unmet"))
    place = names.rows(other_uses=use, stages=stage, seasons=season, members=member)
    return [
        judge("use_delivery", "No other use gets more than it wants", got - wanted, WATER, place, wanted),
        judge("use_unmet", "Unmet is what other uses want and do not get", np.abs(unmet - (wanted - got)), WATER, place,
              wanted),
        judge("use_reuse", "What arrives by reuse is part of what an other use gets",
              used.arriving - river.delivered, WATER,
              names.grid("other_uses", "stages", "seasons", "members"), used.arriving),
    ]  # fmt: skip
