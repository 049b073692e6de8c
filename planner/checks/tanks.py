"""Tanks: whether what is asked for can be held."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows


def tanks_are_assets_of_their_own(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["tanks"]
    yield from at_rows(
        "tank.of_a_mode", "tanks", frame, among(frame["asset"], basin.tables["mode_assets"]["asset"]),
        "{asset} is taken by a mode, so its units are not free to be tanks.", column="asset",
        allowed="an asset without a row in mode_assets.csv",
    )  # fmt: skip


def storage_has_tanks(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["village_storage"]
    asked = (frame["least_hours"] > 0) | (frame["peak_hour_factor"] > 1)
    yield from at_rows(
        "village_storage.no_tank", "village_storage", frame, asked & (not len(basin.tables["tanks"])),
        "Storage is asked for in {village}, and no tank is on offer.", column="least_hours",
        allowed="rows in tanks.csv, or nothing asked for",
    )  # fmt: skip


CHECKS = (
    Check(tanks_are_assets_of_their_own, ("tanks", "mode_assets")),
    Check(storage_has_tanks, ("tanks", "village_storage")),
)
