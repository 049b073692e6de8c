"""Wastewater: whether what is described can ever be treated or reused."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows


def areas_can_be_treated(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["wastewater_areas"], basin.tables["options"]
    treating = options.loc[options["kind"] == "wastewater_treatment", "place"]
    yield from at_rows(
        "wastewater_area.untreatable", "wastewater_areas", frame,
        frame["wastewater_site"].notna() & ~among(frame["wastewater_site"], treating),
        "{wastewater_area} leads to {wastewater_site}, where no option treats wastewater.", column="wastewater_site",
        allowed="a site at which an option of kind wastewater_treatment stands, or blank",
    )  # fmt: skip


def removals_belong_to_treatments(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["wastewater_removals"], basin.tables["options"]
    treating = options["kind"] == "wastewater_treatment"
    yield from at_rows(
        "wastewater_removal.no_treatment", "wastewater_removals", frame,
        among(frame["option"], options.loc[~treating, "option"]),
        "{option} is not of kind wastewater_treatment, and removes nothing.", column="option",
        allowed="an option of kind wastewater_treatment",
    )  # fmt: skip
    yield from at_rows(
        "wastewater_treatment.removes_nothing", "options", options, treating & ~among(options["option"], frame["option"]),
        "{option} treats wastewater, and wastewater_removals.csv has no row for it.", column="option",
        allowed="a row in wastewater_removals.csv",
    )  # fmt: skip


def reuse_links_can_be_laid(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["reuse_links"], basin.tables["options"]
    laid = options.loc[options["kind"] == "reuse", "place"]
    yield from at_rows(
        "reuse_link.not_laid", "reuse_links", frame, ~among(frame["reuse_link"], laid),
        "{reuse_link} is laid by no option.", column="reuse_link", allowed="the place of an option of kind reuse",
    )  # fmt: skip


CHECKS = (
    Check(areas_can_be_treated, ("wastewater_areas", "options")),
    Check(removals_belong_to_treatments, ("wastewater_removals", "options")),
    Check(reuse_links_can_be_laid, ("reuse_links", "options")),
)
