"""What is in service in each season of each member, read anew from the basin."""

import numpy as np

from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers


def in_service(facts: Facts, table: str) -> Numbers:
    """Share (place of the table, season, member) that is in service."""
    names, outages = facts.names, facts.basin.tables["outages"]
    share = np.ones(facts.size(table, "seasons", "members"))
    codes = zip(names.codes(table, outages["place"]), names.codes("seasons", outages["season"]),
                names.codes("members", outages["member"]), outages["available_share"].to_numpy(float), strict=True)  # fmt: skip
    for place, season, member, left in codes:
        if place >= 0:
            share[place, season, member] = left
    return share
