"""Clear-water tanks at treatment sites: whether what is asked for can be held."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows

KIND = "clear_water_tank"


def volumes_are_of_tanks(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["site_tanks"], basin.tables["options"]
    tanks = options.loc[options["kind"] == KIND, "option"]
    known = among(frame["option"], options["option"])
    yield from at_rows(
        "site_tank.other_kind", "site_tanks", frame, known & ~among(frame["option"], tanks),
        "{option} is no clear-water tank.", column="option", allowed=f"an option of kind {KIND}",
    )  # fmt: skip
    yield from at_rows(
        "site_tank.no_volume", "options", options, (options["kind"] == KIND) & ~among(options["option"], frame["option"]),
        "Nothing says how much the tank {option} holds.", column="option", allowed="a row in site_tanks.csv",
    )  # fmt: skip


def storage_has_tanks_at_sites(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["site_storage"], basin.tables["options"]
    asked = (frame["least_hours"] > 0) | (frame["peak_hour_factor"] > 1)
    offered = options.loc[options["kind"] == KIND, "place"]
    yield from at_rows(
        "site_storage.no_tank", "site_storage", frame, asked & (frame["existing_m3"] == 0) & ~among(frame["site"], offered),
        "Storage is asked for at {site}, where no tank stands or may be built.", column="least_hours",
        allowed=f"an option of kind {KIND}, tanks that exist, or nothing asked for",
    )  # fmt: skip


CHECKS = (
    Check(volumes_are_of_tanks, ("site_tanks", "options")),
    Check(storage_has_tanks_at_sites, ("site_storage", "options")),
)
