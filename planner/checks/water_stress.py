"""Sub-basins: whether they have reaches."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows


def sub_basins_have_reaches(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["sub_basins"]
    yield from at_rows(
        "sub_basin.no_reach", "sub_basins", frame, ~among(frame["sub_basin"], basin.tables["sub_basin_reaches"]["sub_basin"]),
        "No reach belongs to {sub_basin}.", column="sub_basin", allowed="a row in sub_basin_reaches.csv",
    )  # fmt: skip


CHECKS = (Check(sub_basins_have_reaches, ("sub_basins", "sub_basin_reaches")),)
