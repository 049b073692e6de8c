"""Used water, counted anew: from the people's demand to the load that a reach is left with."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.network import summed
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import LOAD, WATER
from planner.plan.audit.water import demands
from planner.scenario.policy import Policy

_PERIOD = ("stage", "season", "member")


@dataclass(frozen=True)
class UsedWater:
    """m³/day, each by stage, season and member; `option` is any option, treatments among them."""

    arising: Numbers  # (area, …) from demand, shortage and shares
    collected: Numbers  # (area, …) as claimed
    treated: Numbers  # (option, …) as claimed
    reused: Numbers  # (reuse link, option, …) as claimed
    arriving: Numbers  # (use, …) what of reuse arrives
    returned: Numbers  # (reach, …) what of it all comes back to the river
    loads: Numbers  # (reach, load, …) kg/day


def used_water(facts: Facts, claims: Claims, newly: Numbers) -> UsedWater:
    """From the persons newly on each mode, the claimed shortage and the claimed treatment."""
    tables, names, shape = facts.basin.tables, facts.names, facts.horizon.shape
    areas, links, sites = tables["wastewater_areas"], tables["reuse_links"], tables["wastewater_sites"]
    at = {
        name: tuple(claims[name][c].to_numpy() for c in _PERIOD) for name in ("wastewater", "wastewater_treated", "reuse_flows")
    }
    area = claims["wastewater"]["wastewater_area"].to_numpy()
    arising = _arising(facts, claims, newly)
    collected = dense(
        (*facts.size("wastewater_areas"), *shape), (area, *at["wastewater"]), claims["wastewater"]["collected_m3_per_day"]
    )
    option = claims["wastewater_treated"]["option"].to_numpy()
    treated = dense(
        (*facts.size("options"), *shape), (option, *at["wastewater_treated"]), claims["wastewater_treated"]["treated_m3_per_day"]
    )
    flows = claims["reuse_flows"]
    by_link = flows["reuse_link"].to_numpy(), flows["option"].to_numpy(), *at["reuse_flows"]
    reused = dense((*facts.size("reuse_links", "options"), *shape), by_link, flows["flow_m3_per_day"])
    keeps = 1.0 - links["loss_share"].to_numpy(float)[:, None, None, None]
    arriving = summed(facts.size("other_uses"), names.codes("other_uses", links["use"]), keeps * reused.sum(axis=1))
    released = treated - reused.sum(axis=0)
    site = _site_of_option(facts)
    reach_of_site = np.append(names.codes("reaches", sites["reach"]), -1)
    area_reach, option_reach = names.codes("reaches", areas["reach"]), reach_of_site[site]
    reaches = facts.size("reaches")
    raw = tables["loads"]["raw_kg_per_m3"].to_numpy(float)
    left = raw * (1.0 - _removal(facts))
    untreated = arising - collected
    loads = summed(reaches, area_reach, untreated[:, None] * raw[:, None, None, None]) + summed(
        reaches, option_reach, released[:, None] * left[:, :, None, None, None]
    )
    returned = summed(reaches, area_reach, untreated) + summed(reaches, option_reach, released)
    return UsedWater(arising, collected, treated, reused, arriving, returned, loads)


def _arising(facts: Facts, claims: Claims, newly: Numbers) -> Numbers:
    """A share of what each village pipes: its demand, less what it does without or hauls."""
    tables, names, horizon = facts.basin.tables, facts.names, facts.horizon
    demand, _ = demands(facts, newly)
    piped = demand.sum(axis=1)[:, :, None, None] * horizon.demand_factor[:, None]
    short = claims["shortage"]
    at = (short["village"].to_numpy(), *(short[column].to_numpy() for column in _PERIOD))
    lacking = short["shortage_m3_per_day"].to_numpy(float) + short["hauled_m3_per_day"].to_numpy(float)
    piped = piped - dense((*facts.size("villages"), *horizon.shape), at, lacking)
    returns = tables["wastewater_returns"]
    share = returns["return_share"].to_numpy(float)[:, None, None, None]
    owner = names.codes("wastewater_areas", returns["wastewater_area"])
    return summed(facts.size("wastewater_areas"), owner, share * piped[names.codes("villages", returns["village"])])


def _site_of_option(facts: Facts) -> np.ndarray:
    """The wastewater site at which each option treats, -1 for options that don't."""
    options = facts.basin.tables["options"]
    treats = (options["kind"] == "wastewater_treatment").to_numpy(bool)
    return np.where(treats, facts.names.codes("wastewater_sites", options["place"]), -1)


def _removal(facts: Facts) -> Numbers:
    """(option, load): share taken out."""
    table, names = facts.basin.tables["wastewater_removals"], facts.names
    codes = names.codes("options", table["option"]), names.codes("loads", table["load"])
    return dense(facts.size("options", "loads"), codes, table["removal_share"])


def check_wastewater(facts: Facts, policy: Policy, claims: Claims, works: Works, used: UsedWater) -> list[AuditCheck]:
    """All rules of used water."""
    names, claimed = facts.names, claims["wastewater"]
    at = tuple(claimed[column].to_numpy() for column in ("wastewater_area", *_PERIOD))
    said, collected, untreated = (claimed[f"{name}_m3_per_day"].to_numpy(float) for name in ("arising", "collected", "untreated"))
    place = names.rows(wastewater_areas=at[0], stages=at[1], seasons=at[2], members=at[3])
    true = used.arising[at]
    whole = names.grid("wastewater_sites", "stages", "seasons", "members")
    led_to = names.codes("wastewater_sites", facts.basin.tables["wastewater_areas"]["wastewater_site"])
    sites = facts.size("wastewater_sites")
    led, taken_in = summed(sites, led_to, used.collected), summed(sites, _site_of_option(facts), used.treated)
    nowhere = used.collected * (led_to < 0)[:, None, None, None]
    return [
        judge("wastewater_arising", "Wastewater is its share of what the village pipes", np.abs(said - true), WATER, place, true),
        judge("wastewater_split", "Wastewater is either led to treatment or untreated",
              np.abs(said - collected - untreated), WATER, place, said),
        judge("wastewater_led_nowhere", "Wastewater is led only to a site that its area has", nowhere, WATER,
              names.grid("wastewater_areas", "stages", "seasons", "members")),
        judge("wastewater_treated", "What is led to a site is what is treated there", np.abs(led - taken_in), WATER, whole, led),
        *_treatment(facts, works, used),
        *_loads(facts, policy, claims, used),
    ]  # fmt: skip


def _treatment(facts: Facts, works: Works, used: UsedWater) -> list[AuditCheck]:
    names, options, links = facts.names, facts.basin.tables["options"], facts.basin.tables["reuse_links"]
    kind = options["kind"]
    treats = (kind == "wastewater_treatment").to_numpy(bool)
    standing = (works.capacity * works.serves)[:, :, None, None]
    laid = np.where((kind == "reuse").to_numpy(bool), names.codes("reuse_links", options["place"]), -1)
    carries = summed(facts.size("reuse_links"), laid, standing)
    astray = names.codes("wastewater_sites", links["wastewater_site"])[:, None] != _site_of_option(facts)[None]
    on_link = used.reused.sum(axis=1)
    period = ("stages", "seasons", "members")
    return [
        judge("wastewater_capacity", "No wastewater treatment takes in more than what stands",
              used.treated - standing * treats[:, None, None, None], WATER, names.grid("options", *period), standing),
        judge("reuse_treated", "No more is reused than was treated", used.reused.sum(axis=0) - used.treated, WATER,
              names.grid("options", *period), used.treated),
        judge("reuse_site", "A reuse link carries only what is treated where it begins",
              used.reused * astray[..., None, None, None], WATER, names.grid("reuse_links", "options", *period)),
        judge("reuse_capacity", "No reuse link carries more than what stands", on_link - carries, WATER,
              names.grid("reuse_links", *period), carries),
    ]  # fmt: skip


def _loads(facts: Facts, policy: Policy, claims: Claims, used: UsedWater) -> list[AuditCheck]:
    table, names, claimed = facts.basin.tables["load_limits"], facts.names, claims["river_loads"]
    shape = facts.size("reaches", "loads")
    limit = np.full(shape, np.inf)
    limit[names.codes("reaches", table["reach"]), names.codes("loads", table["load"])] = table["bearable_kg_per_day"]
    at = tuple(claimed[column].to_numpy() for column in ("reach", "load", *_PERIOD))
    place = names.rows(reaches=at[0], loads=at[1], stages=at[2], seasons=at[3], members=at[4])
    said, bearable, beyond = (claimed[f"{name}_kg_per_day"].to_numpy(float) for name in ("load", "bearable", "excess"))
    true, allowed = used.loads[at], limit[at[0], at[1]]
    excess = used.loads - limit[..., None, None, None]
    hard = excess if policy.load_limits == "hard" else np.zeros(0)
    return [
        judge("river_load", "The load of a reach is what wastewater carries into it", np.abs(said - true), LOAD, place, true),
        judge("river_load_bearable", "What a reach bears is the basin's figure", np.abs(bearable - allowed), LOAD, place,
              bearable),
        judge("river_load_excess", "The excess is the load beyond what the reach bears",
              np.abs(beyond - np.maximum(true - bearable, 0.0)), LOAD, place, true),
        judge("load_limit", "No reach gets more than it bears where the policy holds it hard", hard, LOAD,
              names.grid("reaches", "loads", "stages", "seasons", "members"), used.loads if hard.size else 0.0),
    ]  # fmt: skip
