"""Pathogens: every train that takes in water tells what it removes, and what its strictest source asks for."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.network import Flows, Network, asked
from planner.plan.audit.tolerances import COUNT, LOG_REMOVAL, WATER

FIGURES = ("log_removal_bacteria", "log_removal_viruses", "log_removal_protozoa", "barriers")


def check_log_removals(facts: Facts, claims: Claims, network: Network, flows: Flows) -> list[AuditCheck]:
    """The claimed figures against the basin and the flows, and that what is asked for is reached."""
    names, claimed = facts.names, claims["log_removals"]
    site, train, stage = (claimed[column].to_numpy() for column in ("site", "train", "stage"))
    shape = facts.size("treatment_sites", "trains", "stages")
    fed = (flows.feed_train >= 0) & (flows.feed_m3_per_day > WATER.absolute)
    link = flows.feed_link[fed]
    at = (network.to_site[link], flows.feed_train[fed], flows.feed_period[0][fed])
    owed, told = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    owed[at], told[site, train, stage] = True, True
    rows = names.rows(treatment_sites=site, trains=train, stages=stage)
    checks = [judge("log_removals_told", "Every train that takes in water tells its log removals", owed & ~told, COUNT,
                    names.grid("treatment_sites", "trains", "stages"))]  # fmt: skip
    seen = owed[site, train, stage]
    wrong_asked, wrong_given, short = np.zeros(len(claimed)), np.zeros(len(claimed)), np.zeros(len(claimed))
    for figure in FIGURES:
        needed = np.zeros(shape)
        np.maximum.at(needed, at, asked(facts, figure)[network.from_source[link]])
        given = facts.basin.tables["trains"][figure].to_numpy(float)[train]
        said_asked, said_given = claimed[f"asked_{figure}"].to_numpy(float), claimed[figure].to_numpy(float)
        wrong_asked = np.maximum(wrong_asked, np.abs(said_asked - needed[site, train, stage]) * seen)
        wrong_given = np.maximum(wrong_given, np.abs(said_given - given))
        short = np.maximum(short, (needed[site, train, stage] - given) * seen)
    return [
        *checks,
        judge("log_removals_asked", "Log removals and barriers asked for", wrong_asked, LOG_REMOVAL, rows),
        judge("log_removals_given", "Log removals and barriers of each train", wrong_given, LOG_REMOVAL, rows),
        judge("log_removals_reached", "Every log removal and barrier asked for is reached", short, LOG_REMOVAL, rows),
    ]
