"""Sources, links and villages: nothing from nowhere, nothing beyond a capacity, everyone's demand met."""

import numpy as np

from planner.plan.audit.catchments import protected_yields
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import Flows, Network, summed
from planner.plan.audit.options import Works
from planner.plan.audit.outages import in_service
from planner.plan.audit.tolerances import PERSONS, WATER, WATER_PER_YEAR

GRADES = ("raw", "safe")


def withdrawn(facts: Facts, network: Network, flows: Flows) -> Numbers:
    """What is taken from each source: (source, stage, season, member)."""
    return summed(facts.size("sources"), network.from_source, flows.entering)


def _serving(facts: Facts, works: Works, kind: str, table: str, per_option: Numbers) -> Numbers:
    """Sums of a figure of the serving options of a kind, by place and stage."""
    options = facts.basin.tables["options"]
    chosen = (options["kind"] == kind).to_numpy(bool)
    owner = facts.names.codes(table, options["place"][chosen])
    return summed(facts.size(table), owner, (works.serves * per_option)[chosen])


def check_sources(facts: Facts, works: Works, taken: Numbers) -> list[AuditCheck]:
    """Yields with what protection changes, development in time, licences."""
    names, table, yields = facts.names, facts.basin.tables["sources"], facts.basin.tables["source_yields"]
    codes = tuple(names.codes(t, yields[c]) for t, c in (("sources", "source"), ("seasons", "season"), ("members", "member")))
    gives = dense(facts.size("sources", "seasons", "members"), codes, yields["yield_m3_per_day"]) * in_service(facts, "sources")
    gives = protected_yields(facts, works, gives)
    developed = _serving(facts, works, "source_development", "sources", np.ones_like(works.capacity)) > 0
    closed = ~(table["existing"].to_numpy(bool)[:, None] | developed)
    licence = table["licence_m3_per_year"].to_numpy(float, na_value=np.nan)
    in_a_year = np.einsum("jtsm,s->jtm", taken, facts.horizon.days)
    beyond = in_a_year - np.where(np.isnan(licence), np.inf, licence)[:, None, None]
    place = names.grid("sources", "stages", "seasons", "members")
    return [
        judge("source_yield", "No source gives more than its yield", taken - gives, WATER, place, gives),
        judge("source_not_developed", "Water only from sources that exist or are developed",
              taken * closed[:, :, None, None], WATER, place),
        judge("source_licence", "No source gives more in a year than its licence", beyond, WATER_PER_YEAR,
              names.grid("sources", "stages", "members"), in_a_year),
    ]  # fmt: skip


def check_links(facts: Facts, works: Works, flows: Flows) -> list[AuditCheck]:
    """No link carries more than what stands and is in service."""
    existing = facts.basin.tables["links"]["existing_capacity_m3_per_day"].to_numpy(float)
    stands = existing[:, None] + _serving(facts, works, "conveyance", "links", works.capacity)
    capacity = stands[..., None, None] * in_service(facts, "links")[:, None]
    return [
        judge("link_capacity", "No link carries more than what stands in that stage and is in service",
              flows.entering - capacity, WATER,
              facts.names.grid("links", "stages", "seasons", "members"), capacity)
    ]  # fmt: skip


def check_villages(
    facts: Facts, claims: Claims, network: Network, flows: Flows, newly: Numbers, saved: Numbers
) -> list[AuditCheck]:
    """Demand from the persons newly on each mode against what arrives, and shortage where it may be."""
    names, horizon = facts.names, facts.horizon
    demand, kept = demands(facts, newly)
    claimed = claims["shortage"]
    grade = np.where(claimed["grade"] == "safe", 1, 0)
    at = (claimed["village"], grade, claimed["stage"], claimed["season"], claimed["member"])
    shape = (*facts.size("villages"), 2, *horizon.shape)
    short = dense(shape, at, claimed["shortage_m3_per_day"])
    hauled = dense(shape, at, claimed["hauled_m3_per_day"])
    wanted = demand[:, :, :, None, None] * horizon.demand_factor[:, None]
    may_lack = (demand - kept)[:, :, :, None, None] * horizon.demand_factor[:, None]
    lacking = wanted - _arriving(facts, network, flows, saved) - short - hauled
    label = names.grid("villages", "stages", "seasons", "members")

    def place(v: int, g: int, t: int, s: int, m: int) -> str:
        return f"{label(v, t, s, m)}, {GRADES[g]} water"

    return [
        judge("village_water", "Every village gets what its people need", lacking, WATER, place, wanted),
        judge("shortage_in_design_member", "No shortage and no hauling in a design member",
              (short + hauled) * horizon.design, WATER, place),
        judge("shortage_survival", "Shortage leaves everyone the survival floor", short - may_lack, WATER, place,
              wanted),
    ]  # fmt: skip


def demands(facts: Facts, newly: Numbers) -> tuple[Numbers, Numbers]:
    """Demand (village, grade, stage) in a season of factor 1, m³/day, and what of it is kept in the worst case.

    Institutions are served where people newly are on safe piped water; in the worst case they keep their own share.
    """
    tables, settings = facts.basin.tables, facts.basin.settings
    modes, institutions = tables["modes"], tables["institutions"]
    litres = modes["litres_per_person_per_day"].to_numpy(float)
    survival = np.minimum(litres, settings.survival_litres_per_person_per_day)
    demand, kept = (
        np.stack([newly @ (amount * (modes["grade"] == grade).to_numpy(bool)) for grade in GRADES], axis=1)
        for amount in (litres, survival)
    )
    owner = facts.names.codes("villages", institutions["village"])
    needs = (institutions["persons"] * institutions["litres_per_person_per_day"]).to_numpy(float)
    wanted = summed(facts.size("villages"), owner, needs)
    piped = newly @ (modes["grade"] == "safe").to_numpy(float) > PERSONS.absolute
    at_least = summed(facts.size("villages"), owner, needs * institutions["survival_share"].to_numpy(float))
    demand[:, 1] += piped * wanted[:, None]
    kept[:, 1] += piped * at_least[:, None]
    to_source = settings.peak_day_factor / (1.0 - settings.distribution_loss_share) / 1000.0
    return demand * to_source, kept * to_source


def _arriving(facts: Facts, network: Network, flows: Flows, saved: Numbers) -> Numbers:
    """What stays in each village, with what no longer leaks: (village, grade, stage, season, member)."""
    arrives = flows.entering * network.keeps[:, None, None, None] + saved
    into = [np.where(kind, network.to_village, -1) for kind in (~network.safe, network.safe)]
    by_grade = np.stack([summed(facts.size("villages"), owner, arrives) for owner in into], axis=1)
    by_grade[:, 1] -= summed(facts.size("villages"), network.from_village, flows.entering)
    return by_grade
