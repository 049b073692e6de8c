"""A basin with candidates among its options."""

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.tables import columns
from planner.checks.names import among
from planner.network.candidates import Candidates, administration_of_ends, sizes_of


def with_options(
    basin: Basin, candidates: Candidates, category: str, energy_usd_per_kwh: float, energy: str | None = None
) -> Basin:
    """The basin with an option for each candidate; one of the same name gives way. A link that can only be pumped says so.

    It has the highest head among its sizes, if a kind of energy is named; else its energy joins its cost of energy and haulage.
    """
    tables = dict(basin.tables)
    own, new = tables["options"], _options(basin, candidates.offered, category)
    kept = own[~among(own["option"], new["option"])]
    tables["options"] = pd.concat([kept, new], ignore_index=True).astype(own.dtypes.to_dict())
    tables["links"] = _links(tables["links"], candidates.offered, energy_usd_per_kwh, energy)
    original = {name: content for name, content in basin.original.items() if name not in ("options.csv", "links.csv")}
    return replace(basin, tables=tables, original=original)


def _options(basin: Basin, offered: pd.DataFrame, category: str) -> pd.DataFrame:
    titles = sizes_of(basin).set_index("pipe_size")["title"].reindex(offered["pipe_size"]).fillna("").to_numpy()
    given = {
        "option": offered["link"] + "-" + offered["pipe_size"],
        "title": titles + np.where(offered["way"] == "pumped", " with pump", ""),
        "kind": "conveyance",
        "place": offered["link"],
        "technology": offered["pipe_size"],
        "category": category,
        "administration": administration_of_ends(basin, offered["link"]),
        "capacity_m3_per_day": offered["capacity_m3_per_day"].round(1),
        "capex_usd": offered["capex_usd"].round(),
        "fixed_om_usd_per_year": offered["fixed_om_usd_per_year"].round(),
        "life_years": offered["life_years"],
        "exclusive_group": _groups(basin, offered["link"]),
    }
    frame = pd.DataFrame(given, index=offered.index)
    return frame.assign(**{c.name: c.default for c in columns("options") if c.name not in given})[
        [column.name for column in columns("options")]
    ]


def _groups(basin: Basin, link: pd.Series) -> pd.Series:
    """The exclusive group of what can be laid on each link already; else the link's own."""
    own = basin.tables["options"]
    grouped = own[(own["kind"] == "conveyance") & own["exclusive_group"].notna()].drop_duplicates("place")
    return link.map(grouped.set_index("place")["exclusive_group"]).fillna(link)


def _links(links: pd.DataFrame, offered: pd.DataFrame, energy_usd_per_kwh: float, energy: str | None) -> pd.DataFrame:
    pumped = offered[offered["way"] == "pumped"].groupby("link")[["energy_kwh_per_m3", "pumping_head_m"]].max()
    highest = pumped.reindex(links["link"]).set_axis(links.index)
    becomes = (links["kind"] == "gravity") & highest["pumping_head_m"].notna()
    links = links.assign(kind=links["kind"].mask(becomes, "pumped"))
    if energy is not None:
        head = links["pumping_head_m"].mask(becomes, highest["pumping_head_m"].round(1))
        return links.assign(pumping_head_m=head, energy=links["energy"].mask(becomes, energy))
    paid = (highest["energy_kwh_per_m3"] * energy_usd_per_kwh).round(4).where(becomes, 0.0)
    return links.assign(variable_om_usd_per_m3=links["variable_om_usd_per_m3"] + paid)
