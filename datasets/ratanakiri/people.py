"""Villages, groups, population, administrations and institutions."""

from functools import cache

import numpy as np
import pandas as pd

from datasets.ratanakiri import facts
from datasets.ratanakiri.facts import assume

PROVINCE = "ratanak_kiri"
GROUPS = ("poor", "other")
BASE_YEAR = 2026


def district_name(title: str) -> str:
    """The identifier of a district."""
    return title.lower().replace(" ", "_")


@cache
def villages() -> pd.DataFrame:
    """One row a village: code, names, place, households of the survey, poor share, electricity and latrines of its
    commune, persons in the base year.

    A village whose households could not be inferred (no poor household was counted) takes what its commune's families
    leave over, or the median village if that is out of range.
    """
    rows = facts.table("villages").merge(
        facts.table("communes")[["commune_code", "families", "electricity_share", "latrine_share", "rice_area_ha"]],
        on="commune_code",
    )
    known = rows.groupby("commune_code")["households_estimated"].transform("sum")
    left_over = (rows["families"] - known).where(lambda left: left.between(20, 300), rows.households_estimated.median())
    rows["households"] = rows["households_estimated"].fillna(left_over)
    rows["poor"] = rows["poor_share"].clip(assume("poor_share_lowest"), assume("poor_share_highest"))
    grown = (1 + assume("growth_since_survey")) ** (BASE_YEAR - assume("survey_year"))
    rows["persons"] = (rows["households"] * assume("persons_per_household") * grown).round()
    rows["village_id"] = "v" + rows["village_code"].astype(str)
    rows["commune_id"] = "c" + rows["commune_code"].astype(str)
    return rows.sort_values("village_code", ignore_index=True)


def village_table(elevation_m: pd.Series) -> pd.DataFrame:
    """The villages of the basin; the elevation is sampled from the grid by the caller."""
    rows = villages()
    return pd.DataFrame(
        {
            "village": rows["village_id"],
            "title": rows["village"],
            "administration": rows["commune_id"],
            "longitude": rows["longitude"],
            "latitude": rows["latitude"],
            "elevation_m": elevation_m,
        }
    )


def administrations() -> pd.DataFrame:
    """The province, its districts (both with accounts) and communes."""
    rows = villages()
    districts = rows[["district"]].drop_duplicates()
    communes = rows[["commune_id", "commune", "district"]].drop_duplicates("commune_id")
    province = pd.DataFrame(
        {"administration": [PROVINCE], "title": "Ratanak Kiri", "level": "province", "parent": None, "account": True}
    )
    district_rows = pd.DataFrame(
        {
            "administration": districts["district"].map(district_name),
            "title": districts["district"],
            "level": "district",
            "parent": PROVINCE,
            "account": True,
        }
    )
    commune_rows = pd.DataFrame(
        {
            "administration": communes["commune_id"],
            "title": communes["commune"],
            "level": "commune",
            "parent": communes["district"].map(district_name),
            "account": False,
        }
    )
    return pd.concat([province, district_rows, commune_rows], ignore_index=True)


def groups() -> pd.DataFrame:
    """Poor households and all others."""
    return pd.DataFrame(
        {"group": GROUPS, "title": ["Poor households", "Other households"], "weight": [assume("poor_weight"), 1.0]}
    )


def population() -> pd.DataFrame:
    """Persons, growth and income of both groups of every village."""
    rows = villages()
    poor_persons = (rows["persons"] * rows["poor"]).round()
    richer = 1 + assume("income_electricity_gain") * (rows["electricity_share"] - rows["electricity_share"].mean())
    by_group = {
        "poor": (poor_persons, assume("income_poor") * richer),
        "other": (rows["persons"] - poor_persons, assume("income_other") * richer),
    }
    parts = [
        pd.DataFrame(
            {
                "village": rows["village_id"],
                "group": group,
                "persons": persons,
                "growth_share_per_year": assume("growth_share"),
                "income_usd_per_person_per_year": income.round(),
            }
        )
        for group, (persons, income) in by_group.items()
    ]
    return _in_village_order(pd.concat(parts))


def institutions() -> pd.DataFrame:
    """A primary school in every village large enough, a health centre in the largest village of each commune."""
    rows = villages()
    with_school = rows[rows["persons"] >= assume("school_smallest_village")]
    schools = pd.DataFrame(
        {
            "institution": "school_" + with_school["village_id"],
            "title": with_school["village"] + " school",
            "village": with_school["village_id"],
            "kind": "school",
            "persons": (with_school["persons"] * assume("school_pupils_share")).round(),
            "litres_per_person_per_day": assume("school_litres"),
        }
    )
    largest = rows.loc[rows.groupby("commune_code")["persons"].idxmax()]
    clinics = pd.DataFrame(
        {
            "institution": "clinic_" + largest["commune_id"],
            "title": largest["commune"] + " health centre",
            "village": largest["village_id"],
            "kind": "clinic",
            "persons": assume("clinic_persons"),
            "litres_per_person_per_day": assume("clinic_litres"),
        }
    )
    return pd.concat([schools, clinics], ignore_index=True)


def _in_village_order(frame: pd.DataFrame) -> pd.DataFrame:
    order = np.lexsort((frame["group"].map(GROUPS.index), frame["village"]))
    return frame.iloc[order].reset_index(drop=True)
