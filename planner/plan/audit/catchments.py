"""Protection of catchments: what sources give with it, and what is given up for it, counted anew."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import MONEY_PER_YEAR


def protected_yields(facts: Facts, works: Works, yields: Numbers) -> Numbers:
    """Yields (source, season, member) as the catchments that are protected in each stage change them: with a stage axis."""
    names, effects = facts.names, facts.basin.tables["protection_effects"]
    # Of few options and sources: an array over all options would be far larger than the plan.
    change = np.zeros(facts.size("sources", "seasons", "stages"))
    stands = works.serves[names.codes("options", effects["option"])]
    source, season = names.codes("sources", effects["source"]), names.codes("seasons", effects["season"])
    np.add.at(change, (source, season), effects["yield_change_share"].to_numpy(float)[:, None] * stands)
    return np.asarray(yields[:, None] * (1.0 + np.moveaxis(change, 2, 1)[..., None]))


def kept_out(facts: Facts, works: Works) -> Numbers:
    """Share of the raw value (source, parameter, stage) that the protection standing in a stage keeps out."""
    names, table = facts.names, facts.basin.tables["protection_quality"]
    share = np.zeros(facts.size("sources", "parameters", "stages"))
    at = names.codes("sources", table["source"]), names.codes("parameters", table["parameter"])
    stands = works.serves[names.codes("options", table["option"])]
    np.add.at(share, at, table["kept_out_share"].to_numpy(float)[:, None] * stands)
    return share


def given_up(facts: Facts, works: Works) -> tuple[Codes, Codes, Numbers]:
    """Option and account of each opportunity cost, and USD a year (cost, stage)."""
    names, table = facts.names, facts.basin.tables["opportunity_costs"]
    option = names.codes("options", table["option"])
    account = facts.administrations.account[names.codes("administrations", table["administration"])]
    return option, account, table["opportunity_cost_usd_per_year"].to_numpy(float)[:, None] * works.serves[option]


def check_given_up(facts: Facts, claims: Claims, works: Works) -> list[AuditCheck]:
    """What accounts are said to give up against what stands."""
    claimed, names = claims["given_up"], facts.names
    option, account, amount = given_up(facts, works)
    said_of = tuple(claimed[column].to_numpy() for column in ("option", "account", "stage"))
    # Only options that give something up, or are said to.
    concerned = np.unique(np.concatenate([option, said_of[0]])).astype(np.intp)
    true = np.zeros((len(concerned), *facts.size("administrations", "stages")))
    np.add.at(true, (np.searchsorted(concerned, option), account), amount)
    at = (np.searchsorted(concerned, said_of[0]), *said_of[1:])
    said = dense(true.shape, at, claimed["opportunity_cost_usd_per_year"])
    label = names.grid("options", "administrations", "stages")
    return [
        judge("given_up", "What accounts give up is that of the options that stand", np.abs(said - true), MONEY_PER_YEAR,
              lambda o, a, t: label(int(concerned[o]), a, t), true)
    ]  # fmt: skip
