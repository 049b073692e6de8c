"""Where the figures come from: assumptions, origins by table and column, and the check of the river."""

import pandas as pd

from datasets.ratanakiri import facts, river, service, works
from planner.catalogue import citations as catalogue_citations
from planner.catalogue import technologies

COLUMNS = ["of_table", "of_column", "origin", "assumption", "citation", "note"]
OPTION_COLUMNS = {
    "capex_usd": "capex_usd",
    "capex_usd_per_m": "capex_usd",
    "capex_usd_per_m_lift": "capex_usd",
    "capex_usd_per_m3_per_day": "capex_usd_per_m3_per_day",
    "fixed_om_usd_per_year": "fixed_om_usd_per_year",
    "fixed_om_share_per_year": "fixed_om_usd_per_year",
    "fixed_om_usd_per_year_per_m3_per_day": "fixed_om_usd_per_year_per_m3_per_day",
    "life_years": "life_years",
    "inner_diameter_mm": "capacity_m3_per_day",
}
TRAIN_COLUMNS = ("recovery_share", "variable_om_usd_per_m3", "barriers", *(f"log_removal_{p}" for p in works.PATHOGENS))


def _figure_of(technology: str, quantity: str) -> tuple[str, str] | None:
    """The table and column of the basin that a figure of the catalogue goes into; None if it goes nowhere."""
    if technology in works.TRAINS:
        if quantity.startswith("removal_share_"):
            return "train_removals", "removal_share"
        if quantity in TRAIN_COLUMNS:
            return "trains", quantity
    table = "assets" if technology in service.ASSETS else "options"
    column = OPTION_COLUMNS.get(quantity)
    return None if column is None else (table, column)


def _catalogue() -> pd.DataFrame:
    """The figures of the catalogue that the basin's tables hold."""
    rows = technologies()
    rows["figure"] = [_figure_of(name, quantity) for name, quantity in zip(rows.technology, rows.quantity, strict=True)]
    unused = rows["category"].isin(set(service.ASSETS.values())) & ~rows["technology"].isin(set(service.ASSETS))
    rows = rows[rows["figure"].notna() & ~unused]
    rows["name"] = rows["technology"] + "." + rows["quantity"]
    rows["of_table"] = rows["figure"].str[0]
    rows["of_column"] = rows["figure"].str[1]
    return rows


def assumptions() -> pd.DataFrame:
    """The assumptions of this case and, after them, the assumed figures of the catalogue."""
    rows = _catalogue()
    rows = rows[rows["assumed"]]
    priced = pd.DataFrame(
        {
            "assumption": rows["name"],
            "title": rows["title"] + ": " + rows["quantity"].str.replace("_", " "),
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "unit": rows["unit"],
            "why": rows["note"],
        }
    )
    own = facts.table("assumptions").drop(columns="figures")
    return pd.concat([own, priced], ignore_index=True)


def _from_assumptions() -> pd.DataFrame:
    rows = facts.table("assumptions")[["assumption", "title", "figures"]]
    rows = rows.assign(figure=rows["figures"].str.split()).explode("figure")
    place = rows["figure"].str.split(".", n=1, expand=True)
    return pd.DataFrame(
        {
            "of_table": place[0],
            "of_column": place[1],
            "origin": "assumed",
            "assumption": rows["assumption"],
            "note": rows["title"],
        }
    )


def _from_catalogue() -> pd.DataFrame:
    rows = _catalogue()
    assumed = rows[rows["assumed"]]
    resting = assumed[["of_table", "of_column", "citation"]].assign(
        origin="assumed", assumption=assumed["name"], note=assumed["title"]
    )
    given = rows[~rows["assumed"]].drop_duplicates(["of_table", "of_column", "citation"])
    return pd.concat([resting, given[["of_table", "of_column", "citation"]].assign(origin="given", note="Catalogue")])


def origins() -> pd.DataFrame:
    """Which column rests on what, in the order of tables and columns."""
    rows = pd.concat([facts.table("origins"), _from_assumptions(), _from_catalogue()], ignore_index=True)
    return rows.sort_values(["of_table", "of_column"], kind="stable", ignore_index=True)[COLUMNS]


def citations() -> pd.DataFrame:
    """The sources of this case and those of the catalogue that its figures rest on."""
    used = origins()["citation"].dropna()
    rows = pd.concat([facts.table("citations"), catalogue_citations()], ignore_index=True)
    return rows[rows["citation"].isin(used)].reset_index(drop=True)


def catchment_check() -> pd.DataFrame:
    """Derived beside published catchments, and mean flows at the dams of the catchment."""
    return river.catchment_check()
