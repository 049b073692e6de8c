"""Treatment: sites, trains, and which train makes which source safe."""

from functools import cache

import numpy as np
import pandas as pd

from datasets.ratanakiri import clusters, quality, supply
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.people import villages
from datasets.ratanakiri.terrain import plane_km, terrain
from planner.catalogue import figure, technologies

SITES = 40
SITE_SEARCH_KM = 1.2
TRAINS = ("chlorine", "slow_sand_chlorine", "coagulation_sand_chlorine", "ultrafiltration_uv")
PATHOGENS = ("bacteria", "viruses", "protozoa")


@cache
def titles() -> pd.Series:
    """The title of each technology."""
    return technologies().drop_duplicates("technology").set_index("technology")["title"]


@cache
def treatment_sites() -> pd.DataFrame:
    """The highest ground near the centre of each cluster of villages."""
    ground, rows = terrain(), villages()
    place = plane_km(rows.longitude, rows.latitude)
    middle, _ = clusters.centres(place, np.sqrt(rows.persons.to_numpy()), SITES)
    nearest = ((place[:, None] - middle) ** 2).sum(axis=2).argmin(axis=0)
    cells = []
    for village in nearest:
        near = ground.near(rows.longitude[village], rows.latitude[village], SITE_SEARCH_KM)
        cells.append(int(near[np.argmax(ground.elevation_m[near])]))
    return pd.DataFrame(
        {
            "site": [f"site_{number:02d}" for number in range(1, SITES + 1)],
            "title": "Works near " + rows["village"].iloc[nearest].to_numpy(),
            "administration": rows["commune_id"].iloc[nearest].to_numpy(),
            "longitude": ground.longitude[cells].round(5),
            "latitude": ground.latitude[cells].round(5),
            "elevation_m": ground.elevation_m[cells],
        }
    )


@cache
def trains() -> pd.DataFrame:
    """The four trains, with the low end of the published log removals."""
    return pd.DataFrame(
        {
            "train": TRAINS,
            "title": [titles()[train] for train in TRAINS],
            **{f"log_removal_{name}": [figure(train, f"log_removal_{name}") for train in TRAINS] for name in PATHOGENS},
            "barriers": [int(figure(train, "barriers")) for train in TRAINS],
            "recovery_share": [figure(train, "recovery_share") for train in TRAINS],
            "variable_om_usd_per_m3": [figure(train, "variable_om_usd_per_m3") for train in TRAINS],
        }
    )


def train_removals() -> pd.DataFrame:
    """Share of each parameter that a train takes out."""
    rows = [
        (train, parameter, figure(train, f"removal_share_{parameter}")) for train in TRAINS for parameter in quality.PARAMETERS
    ]
    return pd.DataFrame(rows, columns=["train", "parameter", "removal_share"])


@cache
def allowed() -> pd.DataFrame:
    """Whether a train makes a source safe: true or false by source (rows) and train (columns)."""
    source = supply.sources().set_index("source")
    train = trains().set_index("train")
    fits = source["required_barriers"].to_numpy()[:, None] <= train["barriers"].to_numpy()
    for name in PATHOGENS:
        required = source[f"required_log_removal_{name}"].to_numpy()
        fits &= required[:, None] <= train[f"log_removal_{name}"].to_numpy()
    worst = quality.source_quality().pivot_table(index="source", columns="parameter", values="value", aggfunc="max")
    worst = worst.reindex(source.index)
    kept = 1 - train_removals().pivot_table(index="train", columns="parameter", values="removal_share").loc[train.index]
    guideline = quality.parameters().set_index("parameter")["guideline_value"]
    for parameter in worst.columns:
        after = worst[parameter].fillna(0).to_numpy()[:, None] * kept[parameter].to_numpy()
        fits &= after <= guideline[parameter] + 1e-9
    return pd.DataFrame(fits, index=source.index, columns=train.index)


def options(mains: pd.DataFrame) -> pd.DataFrame:
    """One option for each site and train that makes a source with a main to the site safe."""
    reached = mains[["from_node", "to_node"]].drop_duplicates()
    fits = allowed().loc[reached["from_node"]].to_numpy()
    usable = pd.DataFrame(fits, columns=list(TRAINS)).groupby(reached["to_node"].to_numpy()).any()
    rows = usable.rename_axis("site").reset_index().melt("site", var_name="train", value_name="usable")
    rows = rows[rows["usable"]].merge(treatment_sites(), on="site")
    rows["rank"] = rows["train"].map(TRAINS.index)
    rows = rows.sort_values(["site", "rank"], ignore_index=True)

    def priced(quantity: str) -> pd.Series:
        return rows["train"].map({train: figure(train, quantity) for train in TRAINS})

    return pd.DataFrame(
        {
            "option": rows["site"] + "-" + rows["train"],
            "title": rows["train"].map(titles()) + ", " + rows["title"].str.removeprefix("Works "),
            "kind": "treatment",
            "place": rows["site"],
            "train": rows["train"],
            "technology": rows["train"],
            "category": "treatment",
            "administration": rows["administration"],
            "capacity_m3_per_day": assume("treatment_largest"),
            "capex_usd": priced("capex_usd"),
            "capex_usd_per_m3_per_day": priced("capex_usd_per_m3_per_day"),
            "fixed_om_usd_per_year": priced("fixed_om_usd_per_year"),
            "fixed_om_usd_per_year_per_m3_per_day": priced("fixed_om_usd_per_year_per_m3_per_day"),
            "life_years": priced("life_years").astype(int),
            "lead_time_stages": 0,
        }
    )
