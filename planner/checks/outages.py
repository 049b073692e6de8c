"""Outages: whether the member may have them, and what they are of."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows


def outages_are_stress(basin: Basin) -> Iterator[Finding]:
    frame, members = basin.tables["outages"], basin.tables["members"]
    yield from at_rows(
        "outage.design_member", "outages", frame, among(frame["member"], members.loc[members["kind"] == "design", "member"]),
        "{member} is a design member, in which everything is in service.", column="member", allowed="a member of kind stress",
    )  # fmt: skip


def outages_are_of_one_place(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["outages"]
    places = (("sources", "source"), ("treatment_sites", "site"), ("links", "link"))
    times = np.sum([among(frame["place"], basin.tables[table][key]) for table, key in places], axis=0)
    yield from at_rows(
        "outage.place_twice", "outages", frame, times > 1, "{place} is the name of several places.", column="place",
        allowed="a name that only one of sources, treatment sites and links has",
    )  # fmt: skip


CHECKS = (
    Check(outages_are_stress, ("outages", "members")),
    Check(outages_are_of_one_place, ("outages", "sources", "treatment_sites", "links")),
)
