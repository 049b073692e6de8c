"""Villages: who lives there and how they get their water today."""

from collections.abc import Iterator

import pandas as pd

from planner.basin.basin import Basin
from planner.checks.complete import lacking
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.report import at_rows

SHARE_TOLERANCE = 1e-6
PAIR = ["village", "group"]


def population_is_complete(basin: Basin) -> Iterator[Finding]:
    yield from lacking(basin, "population.incomplete", "population", ("villages", "groups"),
                       "write 0 persons if nobody lives there.")  # fmt: skip


def villages_have_people(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["villages"]
    persons = basin.tables["population"].groupby("village")["persons"].sum()
    yield from at_rows(
        "village.empty", "villages", frame, frame["village"].map(persons).fillna(0.0) == 0,
        lambda p: f"Nobody lives in {frame['village'].iloc[p]}.", column="village",
    )  # fmt: skip


def baseline_shares_sum_to_one(basin: Basin) -> Iterator[Finding]:
    """Every group that lives in a village has a baseline, and its shares sum to 1."""
    population = basin.tables["population"]
    total = basin.tables["baseline"].groupby(PAIR)["share"].sum().rename("total").reset_index()
    shares = population[PAIR].merge(total, on=PAIR, how="left")["total"]
    shares.index = population.index
    lives = population["persons"] > 0

    def who(position: int) -> str:
        return f"{population['group'].iloc[position]} in {population['village'].iloc[position]}"

    yield from at_rows(
        "baseline.missing", "population", population, lives & shares.isna(),
        lambda p: f"Nothing says how {who(p)} get their water today.", column="village",
        allowed="rows in baseline.csv whose shares sum to 1",
    )  # fmt: skip
    frame = basin.tables["baseline"]
    first = ~frame.duplicated(PAIR)
    sums = frame.groupby(PAIR)["share"].transform("sum")
    yield from at_rows(
        "baseline.shares", "baseline", frame, first & ((sums - 1).abs() > SHARE_TOLERANCE),
        lambda p: f"The shares of {frame['group'].iloc[p]} in {frame['village'].iloc[p]} sum to {sums.iloc[p]:.9g}.",
        column="share", values=sums, allowed="1 in all modes of a group in a village",
    )  # fmt: skip


def baseline_is_of_somebody(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["baseline"]
    known = pd.MultiIndex.from_frame(basin.tables["population"][PAIR])
    first = ~frame.duplicated(PAIR)
    strange = first & ~pd.Series(pd.MultiIndex.from_frame(frame[PAIR]).isin(known), index=frame.index)
    yield from at_rows(
        "baseline.of_nobody", "baseline", frame, strange,
        lambda p: f"{frame['group'].iloc[p]} in {frame['village'].iloc[p]} has a baseline and no population.",
        column="village", allowed="a village and group of population.csv",
    )  # fmt: skip


CHECKS = (
    Check(population_is_complete, ("villages", "groups", "population")),
    Check(villages_have_people, ("villages", "population")),
    Check(baseline_shares_sum_to_one, ("population", "baseline")),
    Check(baseline_is_of_somebody, ("population", "baseline")),
)
