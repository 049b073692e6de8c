"""What is put inside villages: enough whole units for those newly on a mode, never fewer, at their price."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.renewals import payments, residual_share
from planner.plan.audit.tolerances import MONEY, MONEY_PER_YEAR, PERSONS, UNITS


@dataclass(frozen=True)
class Assets:
    """Units, capital and running costs: shapes (village, asset, stage), residual (village, asset)."""

    units: Numbers
    capital: Numbers
    running: Numbers
    residual: Numbers


def assets_of(facts: Facts, claims: Claims) -> Assets:
    """What the claimed units cost, each addition paid and renewed on its own."""
    table, claimed = facts.basin.tables["assets"], claims["village_assets"]
    at = tuple(claimed[column].to_numpy() for column in ("village", "asset", "stage"))
    units = dense(facts.size("villages", "assets", "stages"), at, claimed["units"])
    added = np.maximum(np.diff(np.maximum.accumulate(units, axis=2), axis=2, prepend=0.0), 0.0)
    installed = added * table["capex_usd"].to_numpy(float)[:, None]
    life = table["life_years"].to_numpy(np.intp)
    return Assets(
        units=units,
        capital=np.einsum("vab,abt->vat", installed, payments(life, facts.horizon)),
        running=units * table["fixed_om_usd_per_year"].to_numpy(float)[:, None],
        residual=(installed * residual_share(life, facts.horizon)).sum(axis=2),
    )


def check_assets(facts: Facts, claims: Claims, assets: Assets, newly: Numbers) -> list[AuditCheck]:
    """All rules of village assets. `newly`: persons (village, stage, mode) beyond what the base year's works hold."""
    names, claimed = facts.names, claims["village_assets"]
    place = names.grid("villages", "assets", "stages")
    at = tuple(claimed[column].to_numpy() for column in ("village", "asset", "stage"))
    capital = dense(assets.units.shape, at, claimed["capital_usd"])
    running = dense(assets.units.shape, at, claimed["running_cost_usd_per_year"])
    table = facts.basin.tables["mode_assets"]
    divisible = table["asset"][table["basis"] == "village_persons"]
    whole = ~facts.basin.tables["assets"]["asset"].isin(divisible).to_numpy(bool)
    needed = _needed(facts, newly)
    return [
        judge("asset_whole_units", "Taps, points and filters are counted in whole units",
              np.abs(assets.units - np.round(assets.units)) * whole[:, None], UNITS, place),
        judge("asset_enough", "Enough units for the persons on each mode", needed - assets.units, UNITS, place, needed),
        judge("asset_removed", "Units are never taken away", -np.diff(assets.units, axis=2), UNITS, place,
              assets.units[:, :, 1:]),
        judge("asset_capital", "Capital of village assets: additions and renewals in the stages they fall in",
              np.abs(capital - assets.capital), MONEY, place, assets.capital),
        judge("asset_running_cost", "Running costs of village assets", np.abs(running - assets.running),
              MONEY_PER_YEAR, place, assets.running),
    ]  # fmt: skip


def _needed(facts: Facts, newly: Numbers) -> Numbers:
    """Units (village, asset, stage) that those newly on the modes take."""
    names, table = facts.names, facts.basin.tables["mode_assets"]
    counted = np.zeros(facts.size("villages", "assets", "stages"))
    once = np.zeros_like(counted)
    everybody = facts.people.persons.sum(axis=1)
    # A unit is not owed to a person who is there by rounding only.
    surely = np.maximum(0.0, newly - PERSONS.absolute - PERSONS.relative * newly)
    rows = zip(names.codes("modes", table["mode"]), names.codes("assets", table["asset"]), table["basis"],
               table["persons_per_unit"], strict=True)  # fmt: skip
    for mode, asset, basis, persons_per_unit in rows:
        if basis == "persons_on_mode":
            counted[:, asset] += np.ceil(surely[:, :, mode] / persons_per_unit)
            continue
        amount = 1.0 if basis == "village" else everybody / persons_per_unit
        once[:, asset] = np.maximum(once[:, asset], (surely[:, :, mode] > 0) * amount)
    return counted + once
