"""The account of each administration, put together anew."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.loans import repayments
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.people import reached
from planner.plan.audit.running import subsidies_received, tariffs_received
from planner.plan.audit.service import Service
from planner.plan.audit.spending import Spending
from planner.plan.audit.tolerances import MONEY, MONEY_PER_YEAR, PERSONS, Tolerance

BASIC = 3


def check_accounts(facts: Facts, claims: Claims, service: Service, spending: Spending) -> list[AuditCheck]:
    """Every figure of the claimed accounts, from the basin and the other tables."""
    claimed, horizon = claims["accounts"], facts.horizon
    shape = (*facts.size("administrations"), horizon.stages)
    at = claimed["account"].to_numpy(), claimed["stage"].to_numpy()
    capital, running = spending.capital.sum(axis=0), spending.running.sum(axis=0)
    raised, received = _raised_and_received(facts, claims)
    place = facts.names.grid("administrations", "stages")

    def claim(code: str, title: str, column: str, true: Numbers, tolerance: Tolerance) -> AuditCheck:
        said = dense(shape, at, claimed[column])
        return judge(f"account_{code}", f"Accounts: {title}", np.abs(said - true), tolerance, place, true)

    return [
        claim("capital", "capital of the works", "capital_usd", capital, MONEY),
        claim("raised", "what the channels of an administration pay", "raised_usd", raised, MONEY),
        claim("received", "what channels of others pay", "received_usd", received, MONEY),
        claim("running", "running costs", "running_cost_usd_per_year", running, MONEY_PER_YEAR),
        claim("tariffs", "tariffs", "tariffs_usd_per_year", tariffs_received(facts, claims), MONEY_PER_YEAR),
        claim("subsidies", "subsidies", "subsidies_usd_per_year", subsidies_received(facts, claims), MONEY_PER_YEAR),
        claim("repaid", "what is owed on loans", "repaid_usd_per_year", repayments(facts, claims), MONEY_PER_YEAR),
        claim("gained", "persons who gain basic service", "gained_persons", _gained(facts, service), PERSONS),
        claim("capital_present", "present value of capital", "capital_present_usd", capital * horizon.discount_at_start, MONEY),
        claim("running_present", "present value of running costs", "running_present_usd", running * horizon.yearly_dollar, MONEY),
    ]


def _raised_and_received(facts: Facts, claims: Claims) -> tuple[Numbers, Numbers]:
    """(account, stage) each: by whom money comes, and to whom from others."""
    names, claimed, channels = facts.names, claims["finance"], facts.basin.tables["channels"]
    shape = (*facts.size("administrations"), facts.horizon.stages)
    by = names.codes("administrations", channels["raised_by"])
    giver = np.where(by >= 0, facts.administrations.account[by], -1)[claimed["channel"].to_numpy()]
    account, stage = claimed["account"].to_numpy(), claimed["stage"].to_numpy()
    amount = claimed["amount_usd"].to_numpy(float)
    known, foreign = giver >= 0, giver != account
    raised = dense(shape, (giver[known], stage[known]), amount[known])
    return raised, dense(shape, (account[foreign], stage[foreign]), amount[foreign])


def _gained(facts: Facts, service: Service) -> Numbers:
    people, account = facts.people, facts.administrations.account
    village = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    more = (reached(service.persons, people.rung) - reached(people.before, people.rung))[..., BASIC].sum(axis=1)
    gained = np.zeros((*facts.size("administrations"), facts.horizon.stages))
    np.add.at(gained, account[village], more)
    return gained
