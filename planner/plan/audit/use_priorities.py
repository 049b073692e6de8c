"""What other uses must get, and what those with a priority get in a year, from the claimed deliveries."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.tolerances import COUNT, MONEY_PER_YEAR, SHARE, WATER, WATER_PER_YEAR, Tolerance
from planner.scenario.policy import Policy


def prices_of_uses(facts: Facts, policy: Policy) -> Numbers:
    """USD/m³ that each other use's missed water counts: its value, or the price of its class."""
    tables, names = facts.basin.tables, facts.names
    if policy.other_uses == "value":
        return tables["other_uses"]["value_usd_per_m3"].to_numpy(float)
    price = np.full(names.size("other_uses"), policy.second_priority_price_usd_per_m3)
    table = tables["use_priorities"]
    price[names.codes("other_uses", table.loc[table["priority"] == "first", "use"])] = policy.first_priority_price_usd_per_m3
    return price


def check_use_priorities(facts: Facts, policy: Policy, claims: Claims, wanted: Numbers, delivered: Numbers) -> list[AuditCheck]:
    """`wanted`: (use, stage, season); `delivered`: (use, stage, season, member), both m³/day."""
    names, tables, claimed, days = facts.names, facts.basin.tables, claims["use_supply"], facts.horizon.days
    table = tables["use_priorities"]
    use = names.codes("other_uses", table["use"])
    asked = np.stack([table[c].to_numpy(float) for c in ("smallest_share", "smallest_share_in_stress")], axis=1)
    owed = wanted[use][..., None] * asked[:, np.where(facts.horizon.design, 0, 1)][:, None, None, :]
    lacks = owed - delivered[use]
    got, whole = np.einsum("utsh,s->uth", delivered, days), wanted @ days
    told = tuple(claimed[column].to_numpy() for column in ("use", "stage", "member"))
    place, mine = names.rows(other_uses=told[0], stages=told[1], members=told[2]), got[told]
    least = np.min(np.where(wanted[..., None] > 0, delivered / np.maximum(wanted, 1e-12)[..., None], 1.0), axis=2)
    value = tables["other_uses"]["value_usd_per_m3"].to_numpy(float)[told[0]]
    untold = np.zeros(got.shape, bool)
    untold[use] = True
    strange = ~untold[told]
    untold[told] = False
    missed = prices_of_uses(facts, policy)[told[0]] * np.maximum(whole[told[:2]] - mine, 0.0)

    def claim(code: str, title: str, column: str, true: Numbers, tolerance: Tolerance) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), tolerance, place, true)

    return [
        judge("use_smallest_share", "An other use gets the share of its demand that must be delivered", lacks, WATER,
              lambda i, t, s, m: names.grid("other_uses", "stages", "seasons", "members")(int(use[i]), t, s, m), owed),
        judge("use_supply_told", "Every use with a priority is told", untold, COUNT,
              names.grid("other_uses", "stages", "members")),
        judge("use_supply_strange", "No use without a priority is told", strange, COUNT, place),
        claim("use_supply_wanted", "Wanted is the use's demand in a year", "wanted_m3_per_year", whole[told[:2]], WATER_PER_YEAR),
        claim("use_supply_delivered", "Delivered is what the use gets in all seasons", "delivered_m3_per_year", mine,
              WATER_PER_YEAR),
        claim("use_supply_lowest", "The lowest share is that of the worst season", "lowest_share", least[told], SHARE),
        claim("use_supply_value", "What is delivered counts at the use's value", "delivered_value_usd_per_year", value * mine,
              MONEY_PER_YEAR),
        claim("use_supply_missed", "What is missed counts at the policy's price", "missed_usd_per_year", missed, MONEY_PER_YEAR),
    ]  # fmt: skip
