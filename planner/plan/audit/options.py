"""What is built in the network: in time, once, with what it needs, at its price."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.renewals import payments, residual_share
from planner.plan.audit.tolerances import COUNT, MONEY, MONEY_PER_YEAR, WATER

NUMBERS = (
    "capacity_m3_per_day", "capex_usd", "capex_usd_per_m3_per_day",
    "fixed_om_usd_per_year", "fixed_om_usd_per_year_per_m3_per_day",
)  # fmt: skip

WITHOUT_CAPACITY = (
    "source_development",
    "reservoir",
    "catchment_protection",
    "operator_training",
    "leakage_reduction",
    "efficient_irrigation",
    "clear_water_tank",
)


@dataclass(frozen=True)
class Works:
    """The options as the plan has them serve, and what that costs: shapes (option, stage), residual (option,)."""

    serves: np.ndarray
    count: Numbers
    capacity: Numbers
    capital: Numbers
    running: Numbers
    residual: Numbers


def works_of(facts: Facts, claims: Claims) -> Works:
    """Capital in the stages where it falls due, running costs and what is left, from what serves with what capacity."""
    table, claimed, horizon = facts.basin.tables["options"], claims["investments"], facts.horizon
    shape = facts.size("options", "stages")
    at = (claimed["option"].to_numpy(), claimed["stage"].to_numpy())
    serves = dense(shape, at, claimed["serves"].astype(float)) > 0
    count = dense(shape, at, claimed["count"].astype(float))
    capacity = dense(shape, at, claimed["capacity_m3_per_day"])
    figures = {name: np.nan_to_num(table[name].to_numpy(float, na_value=np.nan)) for name in NUMBERS}
    further = np.maximum(np.diff(np.maximum.accumulate(count, axis=1), axis=1, prepend=0.0), 0.0)
    larger = np.maximum(np.diff(np.maximum.accumulate(capacity, axis=1), axis=1, prepend=0.0), 0.0)
    installed = _led(
        further * figures["capex_usd"][:, None] + larger * figures["capex_usd_per_m3_per_day"][:, None],
        table["lead_time_stages"].to_numpy(np.intp),
    )
    life = table["life_years"].to_numpy(np.intp)
    return Works(
        serves=serves,
        count=count,
        capacity=capacity,
        capital=np.einsum("ob,obt->ot", installed, payments(life, horizon)),
        running=count * figures["fixed_om_usd_per_year"][:, None]
        + capacity * figures["fixed_om_usd_per_year_per_m3_per_day"][:, None],
        residual=(installed * residual_share(life, horizon)).sum(axis=1),
    )


def _led(by_service: Numbers, lead: Codes) -> Numbers:
    """What serves from a stage on is paid its lead time earlier; at the latest in the first stage."""
    stage = np.arange(by_service.shape[1])
    paid = np.zeros_like(by_service)
    option, serving = np.nonzero(by_service)
    np.add.at(paid, (option, np.maximum(stage[serving] - lead[option], 0)), by_service[option, serving])
    return paid


def check_options(facts: Facts, claims: Claims, works: Works) -> list[AuditCheck]:
    """All rules of the options."""
    return [*_in_time(facts, works), *_together(facts, works), *_figures(facts, claims, works)]


def _in_time(facts: Facts, works: Works) -> list[AuditCheck]:
    table, names = facts.basin.tables["options"], facts.names
    lead = table["lead_time_stages"].to_numpy(np.intp)[:, None]
    earliest = names.codes("stages", table["earliest_stage"])[:, None]
    stage = np.arange(facts.horizon.stages)[None, :]
    removed = works.serves[:, :-1] & ~works.serves[:, 1:]
    place = names.grid("options", "stages")
    largest = table["largest_count"].to_numpy(float)[:, None]
    miscounted = np.where(works.serves, (works.count < 1) | (works.count > largest), works.count != 0)
    fewer = works.count[:, 1:] < works.count[:, :-1]
    return [
        judge("option_count", "What serves stands once, or as often as it may", miscounted, COUNT, place),
        judge("option_count_falls", "What stands several times never becomes fewer", fewer, COUNT, place),
        judge("option_removed", "What serves goes on serving", removed, COUNT, place),
        judge("option_lead_time", "Nothing serves before its lead time is over", works.serves & (stage < lead),
              COUNT, place),
        judge("option_earliest_stage", "Nothing is built before its earliest stage",
              works.serves & (earliest >= 0) & (stage - lead < earliest), COUNT, place),
    ]  # fmt: skip


def _together(facts: Facts, works: Works) -> list[AuditCheck]:
    table, names = facts.basin.tables["options"], facts.names
    group, groups = pd.factorize(table["exclusive_group"].astype(object))
    standing = works.serves.astype(float)
    in_group = np.zeros((len(groups), facts.horizon.stages))
    np.add.at(in_group, group[group >= 0], standing[group >= 0])
    needs = facts.basin.tables["option_requirements"]
    option, required = names.codes("options", needs["option"]), names.codes("options", needs["requires"])
    lacking = works.serves[option] & ~works.serves[required]
    treats = (table["kind"] == "treatment").to_numpy(bool)
    at_site = np.zeros((*facts.size("treatment_sites"), facts.horizon.stages))
    np.add.at(at_site, names.codes("treatment_sites", table["place"][treats]), standing[treats])
    return [
        judge("option_exclusive_group", "At most one option of an exclusive group stands", in_group - 1, COUNT,
              lambda g, t: f"group {groups[g]}, {names.label('stages', t)}"),
        judge("option_requirement", "An option stands only where the option it requires stands", lacking, COUNT,
              lambda i, t: f"{names.label('options', int(option[i]))}, {names.label('stages', t)}"),
        judge("one_train_per_site", "At most one treatment train stands at a site", at_site - 1, COUNT,
              names.grid("treatment_sites", "stages")),
    ]  # fmt: skip


def _figures(facts: Facts, claims: Claims, works: Works) -> list[AuditCheck]:
    table, claimed, place = facts.basin.tables["options"], claims["investments"], facts.names.grid("options", "stages")
    full = np.nan_to_num(table["capacity_m3_per_day"].to_numpy(float, na_value=np.nan))[:, None]
    by_capacity = (table["capex_usd_per_m3_per_day"] > 0) | (table["fixed_om_usd_per_year_per_m3_per_day"] > 0)
    chosen = ((table["kind"] == "treatment") & by_capacity).to_numpy(bool)[:, None]
    full = np.where(table["kind"].isin(WITHOUT_CAPACITY).to_numpy(bool)[:, None], 0.0, full)
    full = full * works.count
    before = np.concatenate([np.zeros_like(works.capacity[:, :1]), works.capacity[:, :-1]], axis=1)
    free = np.maximum(works.capacity - full, before - works.capacity)
    wrong = np.where(works.serves, np.where(chosen, free, np.abs(works.capacity - full)), works.capacity)
    at = (claimed["option"].to_numpy(), claimed["stage"].to_numpy())
    capital = dense(works.capital.shape, at, claimed["capital_usd"])
    running = dense(works.capital.shape, at, claimed["running_cost_usd_per_year"])
    return [
        judge("option_capacity", "Capacity in service is what the option offers and never shrinks", wrong, WATER,
              place, np.broadcast_to(full, wrong.shape)),
        judge("option_capital", "Capital of options: building, enlarging and renewals in the stages they fall in",
              np.abs(capital - works.capital), MONEY, place, works.capital),
        judge("option_running_cost", "Fixed running costs of options", np.abs(running - works.running),
              MONEY_PER_YEAR, place, works.running),
    ]  # fmt: skip
