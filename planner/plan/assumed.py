"""What a plan's basin rests on: figures that nobody measured, and how many columns are given, derived or assumed."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.plan.titles import readable

ORIGINS: Final = ("given", "derived", "assumed")


def assumed_figures(basin: Basin) -> pd.DataFrame:
    """The table `assumptions` with what rests on each, those that most columns rest on first.

    `rests`: words for those columns; `sources`: the titles of what the same columns cite; one string each.
    """
    assumptions, origins = basin.tables["assumptions"], basin.tables["origins"]
    own = origins[origins["assumption"].notna()]
    places = own.assign(place=[_place(table, column) for table, column in zip(own["of_table"], own["of_column"], strict=True)])
    rests = places.groupby("assumption")["place"].agg(lambda told: "; ".join(dict.fromkeys(told)))
    cited = basin.tables["citations"].set_index("citation")["title"]
    beside = own[["of_table", "of_column", "assumption"]].merge(
        origins.loc[origins["citation"].notna(), ["of_table", "of_column", "citation"]], on=["of_table", "of_column"]
    )
    sources = (
        beside["citation"].map(cited).groupby(beside["assumption"]).agg(lambda told: "; ".join(dict.fromkeys(told.dropna())))
    )
    order = assumptions["assumption"].map(own["assumption"].value_counts()).fillna(0).astype(int)
    told = assumptions.assign(
        columns_resting=order,
        rests=assumptions["assumption"].map(rests).fillna(""),
        sources=assumptions["assumption"].map(sources).fillna(""),
        unit=assumptions["unit"].fillna(""),
    )
    return told.iloc[order.to_numpy().argsort(kind="stable")[::-1]].reset_index(drop=True)


def origin_counts(basin: Basin) -> Mapping[str, int]:
    """How many columns of the basin's tables are given, derived, assumed; one that is several of these counts in each."""
    origins = basin.tables["origins"][["of_table", "of_column", "origin"]].drop_duplicates()
    found = origins["origin"].value_counts()
    return {origin: int(found.get(origin, 0)) for origin in ORIGINS}


def _place(table: str, column: str) -> str:
    """`Prices of pipes: price`: table and column in words."""
    known_table = table in ROW_OF or table == Settings.table
    titles = {known.name: known.title for known in columns(table)} if known_table else {}
    return f"{readable(table).capitalize()}: {titles.get(column, readable(column))}"
