"""Trains that could make the sources of a site safe: the cheapest, none of which another one beats."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin import Basin
from planner.basin.health_targets import PATHOGENS, asked_of
from planner.basin.tables import columns
from planner.catalogue.treatment_steps import REMOVAL, combinations, combined, treatment_steps
from planner.formats.cells import filled

_SLACK = 1e-9
MARKED = [("trains", "log_removal_bacteria"), ("train_removals", "removal_share"), ("options", "capex_usd")]
NOTE = "Costs and removals of steps from the catalogue, assumed there; log removals are low ends as cited."


def _safe(basin: Basin, trains: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """(source, train): log removals and barriers are enough, and every guideline value is kept in every season."""
    tables = basin.tables
    asked = asked_of(tables["sources"], tables["log_removal_targets"])
    given = trains[[*(f"log_removal_{name}" for name in PATHOGENS), "barriers"]].to_numpy(float)
    safe = (given[None] >= asked[:, None] - _SLACK).all(axis=2)
    worst = tables["source_quality"].groupby(["parameter", "source"])["value"].max()
    guideline = tables["parameters"].set_index("parameter")["guideline_value"]
    for parameter, limit in zip(guideline.index.astype(str), guideline, strict=True):
        if parameter not in worst.index.get_level_values(0):
            continue
        raw = worst[parameter].reindex(tables["sources"]["source"]).fillna(0.0).to_numpy(float)
        removed = trains.get(f"{REMOVAL}{parameter}", pd.Series(0.0, index=trains.index)).to_numpy(float)
        safe &= raw[:, None] * (1 - removed) <= limit * (1 + _SLACK)
    return np.asarray(safe)


def _yearly(basin: Basin, trains: pd.DataFrame) -> npt.NDArray[np.float64]:
    """(train, 2) cost a year: the fixed part, and the part by m³/day, capital by annuity."""
    rate, life = basin.settings.discount_rate_share_per_year, trains["life_years"].to_numpy(float)
    annuity = rate / (1 - (1 + rate) ** -life) if rate > 0 else 1 / life
    fixed = trains["capex_usd"] * annuity + trains["fixed_om_usd_per_year"]
    by_capacity = trains["capex_usd_per_m3_per_day"] * annuity + trains["fixed_om_usd_per_year_per_m3_per_day"]
    return np.column_stack([fixed, (by_capacity + 365 * trains["variable_om_usd_per_m3"]) / trains["recovery_share"]])


def _unbeaten(safe: npt.NDArray[np.bool_], cost: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """(train,) that make some source safe, while no other makes as many of them safe for no more, fixed and by capacity."""
    covers = (safe[:, :, None] >= safe[:, None, :]).all(axis=0)
    cheap = (cost[:, None] <= cost[None] + _SLACK).all(axis=2)
    better = (safe.sum(axis=0)[:, None] > safe.sum(axis=0)) | (cost[:, None] < cost[None] - _SLACK).any(axis=2)
    return np.asarray(safe.any(axis=0) & ~(covers & cheap & better).any(axis=0))


def candidates(basin: Basin) -> pd.DataFrame:
    """Trains of each site that are worth offering, cheapest first.

    Columns: site, train, title, sources (those with a main to the site that it makes safe), fixed_usd_per_year,
    usd_per_year_per_m3_per_day, log removals and barriers, assumed.
    """
    steps = treatment_steps()
    trains = combined(steps, combinations(steps))
    safe, cost = _safe(basin, trains), _yearly(basin, trains)
    links, sources = basin.tables["links"], basin.tables["sources"]["source"]
    told = [*(f"log_removal_{name}" for name in PATHOGENS), "barriers", "assumed"]
    frames = []
    for site in basin.tables["treatment_sites"]["site"]:
        reached = np.flatnonzero(sources.isin(links.loc[links["to_node"] == site, "from_node"]))
        kept = np.flatnonzero(_unbeaten(safe[reached], cost))
        kept = kept[np.lexsort((cost[kept, 1], cost[kept, 0]))]
        names = [" ".join(sources.iloc[reached[safe[reached, train]]]) for train in kept]
        of_site = trains.loc[kept, ["train", "title"]].assign(site=site, sources=names)
        of_site[["fixed_usd_per_year", "usd_per_year_per_m3_per_day"]] = cost[kept]
        frames.append(of_site.join(trains[told]))
    first = ["site", "train", "title", "sources", "fixed_usd_per_year", "usd_per_year_per_m3_per_day"]
    return pd.concat(frames, ignore_index=True)[[*first, *told]] if frames else pd.DataFrame(columns=[*first, *told])


def with_candidates(basin: Basin, category: str, largest_m3_per_day: float) -> Basin:
    """The basin with the candidates as trains and options of their sites. What it has by that name stays as it is."""
    steps, tables = treatment_steps(), basin.tables
    found = candidates(basin)
    every = combined(steps, combinations(steps)).set_index("train", drop=False)
    used = every.loc[[name for name in found["train"].unique() if name not in set(tables["trains"]["train"])]]
    removals = [
        {"train": train, "parameter": parameter, "removal_share": used.loc[train, f"{REMOVAL}{parameter}"]}
        for train in used["train"]
        for parameter in tables["parameters"]["parameter"]
        if f"{REMOVAL}{parameter}" in used
    ]
    administration = tables["treatment_sites"].set_index("site")["administration"]
    copied = ["capex_usd", "capex_usd_per_m3_per_day", "fixed_om_usd_per_year", "fixed_om_usd_per_year_per_m3_per_day",
              "life_years"]  # fmt: skip
    options = every.loc[found["train"], ["title", *copied]].reset_index()
    options = options.assign(
        option=found["site"] + "-" + found["train"],
        kind="treatment",
        place=found["site"],
        technology=found["train"],
        category=category,
        administration=found["site"].map(administration),
        capacity_m3_per_day=largest_m3_per_day,
        lead_time_stages=0,
    )
    options = options[~options["option"].isin(tables["options"]["option"])]
    marked = set(zip(tables["origins"]["of_table"], tables["origins"]["of_column"], strict=True))
    marks = pd.DataFrame([pair for pair in MARKED if pair not in marked], columns=["of_table", "of_column"])
    marks = marks.assign(origin="derived", note=NOTE)
    added = {"trains": used, "train_removals": pd.DataFrame(removals), "options": options, "origins": marks}
    return dataclasses.replace(
        basin, tables={**tables, **{name: _joined(name, tables[name], rows) for name, rows in added.items()}}
    )


def _joined(name: str, table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The table with rows added, in its own columns and kinds."""
    if not len(rows):
        return table
    own = [rows[c.name] if c.name in rows else filled(c, len(rows)) for c in columns(name)]
    added = pd.DataFrame({series.name: series.to_numpy() for series in own}).astype(table.dtypes.to_dict())
    return pd.concat([table, added], ignore_index=True)
