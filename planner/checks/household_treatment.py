"""Treatment at home: whether it is one of the mode that it names, and whether it makes any water safe."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.basin.health_targets import PATHOGENS, asked_of
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import at_rows

SAME = ("grade", "litres_per_person_per_day", "collection_minutes", "pays_tariff")
TABLE = "household_treatments"


def treatment_is_one_of_its_water(basin: Basin) -> Iterator[Finding]:
    """Mode and untreated mode differ in the treatment alone."""
    frame, modes = basin.tables[TABLE], basin.tables["modes"]
    if not len(frame):
        return
    treated, plain = (modes.iloc[positions(frame[column], modes["mode"])] for column in ("mode", "untreated_mode"))
    chained = among(frame["untreated_mode"], frame["mode"])
    yield from at_rows(
        "household_treatment.chain", TABLE, frame, chained, "{untreated_mode} is itself treated at home.",
        column="untreated_mode", allowed="a mode without treatment at home",
    )  # fmt: skip
    differ = np.any([treated[name].to_numpy() != plain[name].to_numpy() for name in SAME], axis=0)
    yield from at_rows(
        "household_treatment.other_water", TABLE, frame, differ & ~chained,
        "{mode} and {untreated_mode} differ in more than the treatment.", column="untreated_mode",
        allowed="equal " + ", ".join(SAME),
    )  # fmt: skip
    yield from at_rows(
        "household_treatment.rung", TABLE, frame, treated["rung"].to_numpy() < plain["rung"].to_numpy(),
        "{mode} stands on a lower rung than {untreated_mode}.", column="mode", allowed="a rung as high or higher",
    )  # fmt: skip
    yield from at_rows(
        "household_treatment.no_asset", TABLE, frame, ~among(frame["mode"], basin.tables["mode_assets"]["mode"]),
        "{mode} takes no asset, so that treatment at home would cost nothing.", column="mode",
        allowed="a row in mode_assets.csv",
    )  # fmt: skip


def some_treatment_makes_the_water_safe(basin: Basin) -> Iterator[Finding]:
    """Log removals and barriers alone; how much of a parameter is left is seen when plans are offered."""
    frame, water = basin.tables[TABLE], basin.tables["household_waters"]
    sources = basin.tables["sources"]
    asked = asked_of(sources, basin.tables["log_removal_targets"])[positions(water["source"], sources["source"])]
    reached = frame[[*(f"log_removal_{name}" for name in PATHOGENS), "barriers"]].to_numpy(float)
    same = water["untreated_mode"].astype(object).to_numpy()[:, None] == frame["untreated_mode"].astype(object).to_numpy()
    enough = same & (reached[None] >= asked[:, None] - 1e-9).all(axis=2)
    yield from at_rows(
        "household_water.never_safe", "household_waters", water, same.any(axis=1) & ~enough.any(axis=1),
        "No treatment at home makes the water of {untreated_mode} in {village} safe, and none is offered there.",
        column="source", allowed="log removals and barriers as asked of the source",
    )  # fmt: skip
    yield from at_rows(
        "household_water.no_treatment", "household_waters", water, ~same.any(axis=1),
        "No treatment at home is one of {untreated_mode}.", column="untreated_mode",
        allowed="an untreated_mode of household_treatments.csv",
    )  # fmt: skip


CHECKS = (
    Check(treatment_is_one_of_its_water, (TABLE, "modes", "mode_assets")),
    Check(
        some_treatment_makes_the_water_safe,
        (TABLE, "household_waters", "modes", "sources", "log_removal_targets", "villages"),
        about="household_waters",
    ),
)
