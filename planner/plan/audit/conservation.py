"""Conservation, counted anew: volumes lost to rivers and aquifers, each as a share of a whole that no plan changes."""

import numpy as np

from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import summed
from planner.plan.audit.outages import in_service
from planner.plan.audit.river import River
from planner.plan.audit.wastewater import UsedWater
from planner.scenario.policy import Policy


def conservation_objective(
    facts: Facts, policy: Policy, river: River, taken: Numbers, used: UsedWater
) -> dict[str, tuple[float, int]]:
    """Value of the aim and its place in the policy, where it is sought and the basin knows a part of it.

    `taken`: from each source in each stage, season and member.
    """
    order = policy.sought().get("conservation")
    weights = policy.conservation.model_dump()
    whole = {name: value for name, value in wholes(facts).items() if value > 0 and weights[name] > 0}
    if order is None or not whole:
        return {}
    lost = {
        "environmental_flow": _expected(facts, river.deficit),
        "groundwater": _overdraft(facts, taken),
        "protected_reaches": _expected(facts, taken[_newly_protected(facts)]),
        "wastewater": _expected(facts, used.arising - used.collected),
    }
    shares = sum(weights[name] * lost[name] / value for name, value in whole.items())
    return {"conservation": (shares / sum(weights[name] for name in whole), order)}


def wholes(facts: Facts) -> dict[str, float]:
    """m³ a year of every part, 0 where the basin does not know it."""
    tables, names, horizon = facts.basin.tables, facts.names, facts.horizon
    required, inflow, yields = tables["environmental_flow"], tables["inflow"], tables["source_yields"]
    period = facts.size("seasons", "members")

    def by_period(table: str, column: str, frame: str, value: str) -> Numbers:
        rows = tables[frame]
        at = names.codes(table, rows[column]), names.codes("seasons", rows["season"]), names.codes("members", rows["member"])
        return dense((names.size(table), *period), at, rows[value])

    natural = _along_the_river(facts, by_period("reaches", "reach", "inflow", "inflow_m3_per_day")) if len(inflow) else 0.0
    at = names.codes("reaches", required["reach"]), names.codes("seasons", required["season"])
    wanted = dense(facts.size("reaches", "seasons"), at, required["environmental_flow_m3_per_day"])
    kept = np.minimum(wanted[:, :, None], natural)
    given = (
        by_period("sources", "source", "source_yields", "yield_m3_per_day") * in_service(facts, "sources") if len(yields) else 0
    )
    returns = tables["wastewater_returns"]
    share = summed(facts.size("villages"), names.codes("villages", returns["village"]), returns["return_share"].to_numpy(float))
    persons = np.einsum("vgt,t->v", facts.people.persons, horizon.stage_weight)
    litres_a_year = float(tables["modes"]["litres_per_person_per_day"].max()) * float(horizon.days @ horizon.demand_factor)
    return {
        "environmental_flow": float(np.einsum("rsm,s,m->", kept, horizon.days, horizon.expected)),
        "groundwater": float(tables["aquifers"]["sustainable_yield_m3_per_year"].sum()),
        "protected_reaches": float(
            np.einsum("jsm,s,m->", np.asarray(given)[_newly_protected(facts)], horizon.days, horizon.expected)
        ),
        "wastewater": float(share @ persons) * litres_a_year / 1000.0,
    }


def _along_the_river(facts: Facts, local: Numbers) -> Numbers:
    """Inflow of every reach with all that comes from above."""
    below = facts.names.codes("reaches", facts.basin.tables["reaches"]["downstream"])
    total, moving, at = local.copy(), local, np.arange(len(local))
    while (at := np.where(at >= 0, below[at], -1)).max(initial=-1) >= 0:
        total += summed((len(local),), at, moving)
    return total


def _newly_protected(facts: Facts) -> np.ndarray:
    """Sources that do not exist and take from a protected reach."""
    tables = facts.basin.tables
    protected = np.append(tables["reaches"]["protected"].to_numpy(bool), False)
    reach = facts.names.codes("reaches", tables["sources"]["reach"])
    return np.asarray(protected[reach] & ~tables["sources"]["existing"].to_numpy(bool))


def _expected(facts: Facts, flow: Numbers) -> float:
    """m³ a year of flows (…, stage, season, member)."""
    horizon = facts.horizon
    return float(np.einsum("xtsm,t,s,m->", flow, horizon.stage_weight, horizon.days, horizon.expected))


def _overdraft(facts: Facts, taken: Numbers) -> float:
    names, horizon, tables = facts.names, facts.horizon, facts.basin.tables
    aquifer = names.codes("aquifers", tables["sources"]["aquifer"])
    drawn = np.einsum("atsm,s->atm", summed(facts.size("aquifers"), aquifer, taken), horizon.days)
    gives = tables["aquifers"]["sustainable_yield_m3_per_year"].to_numpy(float)[:, None, None]
    return float(np.einsum("atm,t,m->", np.maximum(drawn - gives, 0.0), horizon.stage_weight, horizon.expected))
