"""Running costs: covered every year by tariffs that people can afford and by subsidies that exist."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.loans import repayments
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.service import Service
from planner.plan.audit.spending import Spending
from planner.plan.audit.tolerances import MONEY, MONEY_PER_YEAR


def check_running(facts: Facts, claims: Claims, service: Service, spending: Spending) -> list[AuditCheck]:
    """All rules of running costs, tariffs and subsidies."""
    names, claimed = facts.names, claims["running_costs"]
    owed = spending.running.sum(axis=0)
    repaid = repayments(facts, claims)
    at = claimed["account"].to_numpy(), claimed["stage"].to_numpy()
    tariffs, subsidies = tariffs_received(facts, claims), subsidies_received(facts, claims)
    grid = names.grid("administrations", "stages")

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        said = dense(owed.shape, at, claimed[column])
        return judge(code, title, np.abs(said - true), MONEY_PER_YEAR, grid, true)

    return [
        claim("running_cost", "Running costs of works, energy and chemicals", "running_cost_usd_per_year", owed),
        claim("tariffs_summed", "An account receives the tariffs of its villages", "tariffs_usd_per_year", tariffs),
        claim("subsidies_summed", "An account receives the subsidies paid to it", "subsidies_usd_per_year", subsidies),
        judge("running_cost_covered", "Tariffs and subsidies cover the running costs and what is owed on loans",
              owed + repaid - tariffs - subsidies, MONEY_PER_YEAR, grid, owed + repaid),
        *_saved(facts, claims, np.minimum(tariffs, tariffs + subsidies - owed - repaid)),
        *_affordable(facts, claims, service),
        *_subsidised(facts, claims),
    ]  # fmt: skip


def _saved(facts: Facts, claims: Claims, surplus: Numbers) -> list[AuditCheck]:
    """Capital out of tariffs against what they bring beyond running costs and debts: `surplus` (account, stage), USD a year."""
    claimed, channels, names = claims["finance"], facts.basin.tables["channels"], facts.names
    channel, at = claimed["channel"].to_numpy(), (claimed["account"].to_numpy(), claimed["stage"].to_numpy())
    of_tariffs, keeps = (channels["kind"] == "tariff").to_numpy(bool)[channel], channels["carry_over"].to_numpy(bool)[channel]
    amount = claimed["amount_usd"].to_numpy(float) * of_tariffs
    at_once, out_of_savings = (dense(surplus.shape, at, amount * kind) for kind in (~keeps, keeps))
    left = np.maximum(surplus, 0.0) * facts.horizon.years - at_once
    beyond = out_of_savings.cumsum(axis=1) - np.maximum(left, 0.0).cumsum(axis=1)
    place = names.grid("administrations", "stages")
    return [
        judge("tariffs_pay_at_once", "Tariffs pay capital out of the surplus of the stage", -left * (at_once > 0), MONEY, place,
              at_once),
        judge("tariffs_pay_saved", "Tariffs pay capital out of the surplus saved so far", beyond * (out_of_savings > 0), MONEY,
              place, out_of_savings.cumsum(axis=1)),
    ]  # fmt: skip


def tariffs_received(facts: Facts, claims: Claims) -> Numbers:
    """(account, stage) USD a year of the villages of each account."""
    claimed = claims["tariffs"]
    village = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    account = facts.administrations.account[village][claimed["village"].to_numpy()]
    shape = (*facts.size("administrations"), facts.horizon.stages)
    return dense(shape, (account, claimed["stage"].to_numpy()), claimed["tariff_usd_per_year"])


def subsidies_received(facts: Facts, claims: Claims) -> Numbers:
    """(account, stage) USD a year."""
    claimed = claims["subsidies_paid"]
    shape = (*facts.size("administrations"), facts.horizon.stages)
    return dense(shape, (claimed["account"].to_numpy(), claimed["stage"].to_numpy()), claimed["amount_usd_per_year"])


def _affordable(facts: Facts, claims: Claims, service: Service) -> list[AuditCheck]:
    claimed = claims["tariffs"]
    pays = facts.basin.tables["modes"]["pays_tariff"].to_numpy(float)
    income = (service.persons @ pays) * facts.people.income[:, :, None]
    at = tuple(claimed[column].to_numpy() for column in ("village", "group", "stage"))
    tariff = dense(income.shape, at, claimed["tariff_usd_per_year"])
    cap = facts.basin.settings.affordability_share * income
    return [
        judge("tariff_affordable", "No group pays more than the affordable share of the income of those who pay",
              tariff - cap, MONEY_PER_YEAR, facts.names.grid("villages", "groups", "stages"), cap),
        judge("tariff_income", "Income is that of the persons on modes with a tariff",
              np.abs(claimed["income_usd_per_year"].to_numpy(float) - income[at]), MONEY_PER_YEAR,
              facts.names.rows(villages=at[0], groups=at[1], stages=at[2]), income[at]),
    ]  # fmt: skip


def _subsidised(facts: Facts, claims: Claims) -> list[AuditCheck]:
    table, names, claimed = facts.basin.tables["subsidies"], facts.names, claims["subsidies_paid"]
    shape = (*facts.size("subsidies"), facts.horizon.stages)
    row = names.codes("subsidies", table["subsidy"]), names.codes("stages", table["stage"])
    amount = dense(shape, row, table["amount_usd_per_year"])
    area = np.full(shape, -1)
    area[row] = names.codes("administrations", table["administration"])
    subsidy, account, stage = (claimed[c].to_numpy() for c in ("subsidy", "account", "stage"))
    paid = claimed["amount_usd_per_year"].to_numpy(float)
    here = area[subsidy, stage]
    belongs = (here < 0) | facts.administrations.belongs[account, np.maximum(here, 0)]
    return [
        judge("subsidy_amount", "No subsidy pays more than it has", dense(shape, (subsidy, stage), paid) - amount,
              MONEY_PER_YEAR, names.grid("subsidies", "stages"), amount),
        judge("subsidy_eligible", "Subsidies are paid within their administration", paid * ~belongs, MONEY_PER_YEAR,
              names.rows(subsidies=subsidy, administrations=account, stages=stage)),
    ]  # fmt: skip
