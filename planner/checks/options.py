"""Options: what they build, where, and what they ask of each other."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import at_rows

PLACE_OF_KIND = {
    "source_development": ("sources", "source"),
    "treatment": ("treatment_sites", "site"),
    "conveyance": ("links", "link"),
    "reservoir": ("reservoirs", "reservoir"),
    "wastewater_treatment": ("wastewater_sites", "wastewater_site"),
    "reuse": ("reuse_links", "reuse_link"),
    "catchment_protection": ("reaches", "reach"),
    "operator_training": ("administrations", "administration"),
    "leakage_reduction": ("links", "link"),
    "efficient_irrigation": ("other_uses", "use"),
    "solar_pumping": ("links", "link"),
    "clear_water_tank": ("treatment_sites", "site"),
}
WITHOUT_CAPACITY = (
    "source_development",
    "reservoir",
    "catchment_protection",
    "operator_training",
    "leakage_reduction",
    "efficient_irrigation",
    "clear_water_tank",
)
Matrix = sparse.csr_array


def options_stand_where_they_can(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    for kind, (table, key) in PLACE_OF_KIND.items():
        wrong = (frame["kind"] == kind) & ~among(frame["place"], basin.tables[table][key])
        yield from at_rows(
            "option.place", "options", frame, wrong,
            f"{{option}} is of kind {kind}, and {{place}} is not in {table}.csv.",
            column="place", allowed=f"a name from {table}.csv",
        )  # fmt: skip


def only_treatment_has_a_train(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    treatment = frame["kind"] == "treatment"
    yield from at_rows(
        "option.train_missing", "options", frame, treatment & frame["train"].isna(),
        lambda p: f"{frame['option'].iloc[p]} is of kind treatment and names no train.", column="train",
        allowed="a name from trains.csv",
    )  # fmt: skip
    yield from at_rows(
        "option.train_unwanted", "options", frame, ~treatment & frame["train"].notna(),
        lambda p: f"{frame['option'].iloc[p]} is of kind {frame['kind'].iloc[p]} and names a train.", column="train",
        allowed="blank unless the kind is treatment",
    )  # fmt: skip


def capacity_fits_the_kind(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    without = frame["kind"].isin(WITHOUT_CAPACITY)
    yield from at_rows(
        "option.capacity_missing", "options", frame, ~without & frame["capacity_m3_per_day"].isna(),
        lambda p: f"{frame['option'].iloc[p]} has no capacity.", column="capacity_m3_per_day", allowed="above 0 m³/day",
    )  # fmt: skip
    yield from at_rows(
        "option.capacity_unused", "options", frame, without & frame["capacity_m3_per_day"].notna(),
        lambda p: f"{frame['option'].iloc[p]} has a capacity, which does not count for {frame['kind'].iloc[p]}.",
        column="capacity_m3_per_day", allowed=f"blank for {', '.join(WITHOUT_CAPACITY)}",
    )  # fmt: skip
    for column in ("capex_usd_per_m3_per_day", "fixed_om_usd_per_year_per_m3_per_day"):
        yield from at_rows(
            "option.price_by_capacity", "options", frame, (frame["kind"] != "treatment") & (frame[column] > 0),
            lambda p: f"{frame['option'].iloc[p]} has a price by capacity, which only treatment has.",
            column=column, allowed="0 unless the kind is treatment",
        )  # fmt: skip


def only_what_has_a_capacity_is_counted(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    free = (frame["capex_usd_per_m3_per_day"] > 0) | (frame["fixed_om_usd_per_year_per_m3_per_day"] > 0)
    single = frame["kind"].isin(WITHOUT_CAPACITY) & (frame["kind"] != "clear_water_tank")
    yield from at_rows(
        "option.count_unused", "options", frame, (frame["largest_count"] > 1) & (single | free),
        lambda p: f"{frame['option'].iloc[p]} has no capacity of one unit that could be counted.", column="largest_count",
        allowed="1 for a source, a reservoir, or where capacity is chosen freely",
    )  # fmt: skip


def options_are_not_too_late(basin: Basin) -> Iterator[Finding]:
    frame, stages = basin.tables["options"], basin.tables["stages"]
    earliest = np.maximum(positions(frame["earliest_stage"], stages["stage"]), 0)
    never = earliest + frame["lead_time_stages"].to_numpy() >= len(stages)
    yield from at_rows(
        "option.too_late", "options", frame, never,
        lambda p: f"{frame['option'].iloc[p]} would serve only after the last stage.", column="lead_time_stages",
        allowed=f"to serve within {len(stages)} stages",
    )  # fmt: skip


def only_missing_sources_are_developed(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    for kind, table, key in (("source_development", "sources", "source"), ("reservoir", "reservoirs", "reservoir")):
        place = basin.tables[table]
        wrong = (frame["kind"] == kind) & among(frame["place"], place.loc[place["existing"], key])
        yield from at_rows(
            "option.develops_existing", "options", frame, wrong,
            lambda p: f"{frame['option'].iloc[p]} develops {frame['place'].iloc[p]}, which exists.", column="place",
            allowed=f"a {key} with existing = false",
        )  # fmt: skip


def requirements_can_be_met(basin: Basin) -> Iterator[Finding]:
    """No option requires itself in the end, nor one that can never stand beside it."""
    options, frame = basin.tables["options"], basin.tables["option_requirements"]
    if not len(frame):
        return
    one, other = positions(frame["option"], options["option"]), positions(frame["requires"], options["option"])
    size = len(options)
    graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(size, size))
    _, part = connected_components(graph, directed=True, connection="strong")
    round_trip = part[one] == part[other]
    yield from at_rows(
        "option.requires_itself", "option_requirements", frame, round_trip,
        lambda p: f"{frame['option'].iloc[p]} requires {frame['requires'].iloc[p]}, which requires it in the end.",
        column="requires", allowed="options that do not require this one",
    )  # fmt: skip
    if round_trip.any():
        return
    rival = _rivals(graph, options["exclusive_group"].astype("category").cat.codes.to_numpy())
    yield from at_rows(
        "option.requires_rival", "option_requirements", frame, rival[one],
        lambda p: f"What {frame['option'].iloc[p]} requires can never stand with it: two of one exclusive group.",
        column="requires", allowed="options of different exclusive groups",
    )  # fmt: skip


def _rivals(graph: Matrix, group: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Options that together with all they require, in the end, hold two options of one exclusive group."""
    size = graph.shape[0]
    needed = sparse.csr_array(sparse.eye_array(size)) + (graph > 0).astype(float)
    while True:
        further = sparse.csr_array(needed @ needed)
        further.data[:] = 1.0
        if further.nnz == needed.nnz:
            break
        needed = further
    grouped = np.flatnonzero(group >= 0)
    if not len(grouped):
        return np.zeros(size, dtype=bool)
    belongs = sparse.csr_array((np.ones(len(grouped)), (grouped, group[grouped])), shape=(size, int(group.max()) + 1))
    needed.data[:] = 1.0
    count = sparse.csr_array(needed @ belongs)
    count.data = np.where(count.data > 1, 1.0, 0.0)
    return np.asarray(count.sum(axis=1)).ravel() > 0


CHECKS = (
    Check(
        options_stand_where_they_can,
        (
            "options",
            "sources",
            "treatment_sites",
            "links",
            "reservoirs",
            "wastewater_sites",
            "reuse_links",
            "reaches",
            "administrations",
        ),
    ),
    Check(only_treatment_has_a_train, ("options",)),
    Check(capacity_fits_the_kind, ("options",)),
    Check(only_what_has_a_capacity_is_counted, ("options",)),
    Check(options_are_not_too_late, ("options", "stages")),
    Check(only_missing_sources_are_developed, ("options", "sources", "reservoirs")),
    Check(requirements_can_be_met, ("options", "option_requirements")),
)
