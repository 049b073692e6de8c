"""Reservoirs: bounds that can hold, dams that can stand, intakes on the right reach."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import at_rows


def reservoirs_hold_something(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["reservoirs"]
    for code, low, high in (
        ("reservoir.storage_turned", "smallest_storage_m3", "largest_storage_m3"),
        ("reservoir.surface_turned", "surface_at_smallest_m2", "surface_at_largest_m2"),
    ):
        yield from at_rows(
            code, "reservoirs", frame, frame[low] > frame[high],
            f"{{reservoir}}: {low} is above {high}.", column=low, allowed=f"at most {high}",
        )  # fmt: skip


def reservoirs_can_stand(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["reservoirs"], basin.tables["options"]
    built = options.loc[options["kind"] == "reservoir", "place"]
    yield from at_rows(
        "reservoir.never_built", "reservoirs", frame, ~frame["existing"] & ~among(frame["reservoir"], built),
        lambda p: f"{frame['reservoir'].iloc[p]} does not exist and no option builds it.", column="existing",
        allowed="true, or an option of kind reservoir",
    )  # fmt: skip


def intakes_draw_on_their_reservoir(basin: Basin) -> Iterator[Finding]:
    sources, reservoirs = basin.tables["sources"], basin.tables["reservoirs"]
    of_kind, named = sources["kind"] == "reservoir", sources["reservoir"].notna()
    yield from at_rows(
        "source.reservoir_missing", "sources", sources, of_kind != named,
        lambda p: f"{sources['source'].iloc[p]} is of kind {sources['kind'].iloc[p]} and names a reservoir."
        if named.iloc[p] else f"{sources['source'].iloc[p]} is of kind {sources['kind'].iloc[p]} and names no reservoir.",
        column="reservoir", allowed="a name from reservoirs.csv for kind reservoir, else blank",
    )  # fmt: skip
    at = positions(sources["reservoir"], reservoirs["reservoir"])
    if not len(reservoirs):
        return
    reach = reservoirs["reach"].iloc[np.maximum(at, 0)].reset_index(drop=True)
    elsewhere = (at >= 0) & (sources["reach"].reset_index(drop=True).fillna("") != reach).to_numpy(bool)
    yield from at_rows(
        "source.reservoir_reach", "sources", sources, elsewhere,
        lambda p: f"{sources['source'].iloc[p]} draws on {sources['reservoir'].iloc[p]}, which is on {reach.iloc[p]}.",
        column="reach", allowed="the reach of the reservoir",
    )  # fmt: skip


CHECKS = (
    Check(reservoirs_hold_something, ("reservoirs",)),
    Check(reservoirs_can_stand, ("reservoirs", "options")),
    Check(intakes_draw_on_their_reservoir, ("sources", "reservoirs")),
)
