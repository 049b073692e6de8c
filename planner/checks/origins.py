"""Where figures come from."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows, did_you_mean, listed


def origins_name_real_columns(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["origins"]
    tables = [Settings.table, *ROW_OF]
    known = frame["of_table"].isin(tables)
    yield from at_rows(
        "origin.unknown_table", "origins", frame, ~known, lambda p: f"There is no table {frame['of_table'].iloc[p]}.",
        column="of_table", allowed=listed(tables, len(tables)),
        remedy=lambda p: did_you_mean(str(frame["of_table"].iloc[p]), tables),
    )  # fmt: skip
    names = {(table, column.name) for table in tables for column in columns(table)}
    pairs = list(zip(frame["of_table"], frame["of_column"], strict=True))
    strange = known.to_numpy() & np.array([pair not in names for pair in pairs], dtype=bool)
    yield from at_rows(
        "origin.unknown_column", "origins", frame, strange,
        lambda p: f"The table {pairs[p][0]} has no column {pairs[p][1]}.", column="of_column",
        remedy=lambda p: did_you_mean(pairs[p][1], [column.name for column in columns(pairs[p][0])]),
    )  # fmt: skip


def origins_say_what_they_rest_on(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["origins"]
    for origin, column, code in (
        ("assumed", "assumption", "origin.without_assumption"),
        ("given", "citation", "origin.without_citation"),
    ):
        yield from at_rows(
            code, "origins", frame, (frame["origin"] == origin) & frame[column].isna(),
            f"{{of_table}}.{{of_column}} is {origin} and names no {column}.",
            column=column, allowed=f"a name from {column}s.csv",
        )  # fmt: skip


def assumptions_lie_in_their_range(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["assumptions"]
    turned = frame["low"] > frame["high"]
    yield from at_rows(
        "assumption.range_turned", "assumptions", frame, turned,
        lambda p: f"The low end of {frame['assumption'].iloc[p]} lies above its high end.", column="low",
        allowed="at most the high end",
    )  # fmt: skip
    outside = ~turned & ((frame["value"] < frame["low"]) | (frame["value"] > frame["high"]))
    yield from at_rows(
        "assumption.outside_range", "assumptions", frame, outside,
        lambda p: f"{frame['assumption'].iloc[p]} lies outside {frame['low'].iloc[p]:g} to {frame['high'].iloc[p]:g}.",
        column="value", allowed="low to high",
    )  # fmt: skip


def assumptions_and_citations_are_used(basin: Basin) -> Iterator[Finding]:
    origins = basin.tables["origins"]
    for table, column in (("assumptions", "assumption"), ("citations", "citation")):
        frame = basin.tables[table]
        yield from at_rows(
            f"{column}.unused", table, frame, ~among(frame[column], origins[column]),
            f"No figure rests on {{{column}}}.", column=column,
            allowed=f"a {column} that a row of origins.csv names",
        )  # fmt: skip


CHECKS = (
    Check(origins_name_real_columns, ("origins",)),
    Check(origins_say_what_they_rest_on, ("origins",)),
    Check(assumptions_lie_in_their_range, ("assumptions",)),
    Check(assumptions_and_citations_are_used, ("assumptions", "citations", "origins")),
)
