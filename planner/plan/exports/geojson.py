"""A plan on a map as GeoJSON (RFC 7946): who is on which rung, what is built, what the river keeps."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from planner.formats.geojson import Feature, Geometry, shapes_of
from planner.plan.aggregate import aggregate, parse_aggregation
from planner.plan.content import plan_table
from planner.plan.derived import accounts_of
from planner.plan.finite import finite
from planner.plan.plan import Plan
from planner.plan.query_findings import QueryError, unknown
from planner.plan.titles import Titles
from planner.plan.village_service import mean_rung, persons_before, persons_in_stage, share_at_least, typical_rung

PLACE_OF: Final = {
    "source_development": "sources",
    "treatment": "treatment_sites",
    "conveyance": "links",
    "wastewater_treatment": "wastewater_sites",
    "reuse": "reuse_links",
    "catchment_protection": "reaches",
    "leakage_reduction": "links",
    "solar_pumping": "links",
    "clear_water_tank": "treatment_sites",
}
RIVER: Final = ("natural_m3_per_day", "outflow_m3_per_day", "required_m3_per_day", "deficit_m3_per_day")


def plan_geojson(plan: Plan, stage: str | None = None) -> dict[str, Any]:
    """A FeatureCollection of a stage, by default the last; `kind` in the properties tells its three sorts of features apart.

    - `village`, points: persons by rung before the plan (base year) and in the stage, mean and typical rung, share at
      rung 3 or above. Like works they name the account that follows their money.
    - `work`, points and lines: what is built up to the stage, its first stage of service (None if it serves later), its
      capacity in the stage and the capital paid so far.
    - `reach`, lines, or points where no course is known: natural flow, outflow, environmental flow and deficit, mean m³
      a day of the stage over seasons and design members, and the least share of its environmental flow that is kept.
      The administration and account are those of its place, None where it has none.

    `stages` beside the features lists all stages in order with their titles, first and last years. All amounts are in USD
    of the `base_year`.

    What has no place is left out. Every number is finite or None. Raises QueryError for a stage that the basin has not.
    """
    stages = plan.basin.tables["stages"]["stage"].astype(str).tolist()
    stage = stages[-1] if stage is None else stage
    if stage not in stages:
        raise QueryError([unknown("query.value", "stage", stage, stages, "stage")])
    shapes, titles = shapes_of(plan.basin), Titles(plan.basin)
    features = [
        *_villages(plan, stage, shapes["villages"], titles),
        *_works(plan, stage, shapes, titles),
        *_reaches(plan, stage, shapes["reaches"], titles),
    ]
    placed = [finite(feature) for feature in features if feature["geometry"] is not None]
    return {
        "type": "FeatureCollection",
        "name": plan.basin.name,
        "stage": stage,
        "stages": _stages(plan, titles),
        "base_year": plan.basin.settings.base_year,
        "verdict": plan.verdict,
        "features": placed,
    }


def _stages(plan: Plan, titles: Titles) -> list[dict[str, Any]]:
    rows = plan.basin.tables["stages"][["stage", "first_year", "years"]].itertuples(index=False)
    return [
        {
            "stage": str(name),
            "title": titles.of("stages", name),
            "first_year": int(first_year),
            "last_year": int(first_year + years) - 1,
        }
        for name, first_year, years in rows
    ]


def _feature(kind: str, name: str, shape: Geometry, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": f"{kind}/{name}", "geometry": shape, "properties": {"kind": kind, kind: name, **properties}}


def _villages(plan: Plan, stage: str, shapes: list[Geometry], titles: Titles) -> Iterator[Feature]:
    before, after = persons_before(plan.basin, plan.scenario.policy), persons_in_stage(plan.basin, plan.tables, stage)
    figures = pd.concat([_service(before, "before"), _service(after, "after")], axis=1)
    villages = plan.basin.tables["villages"][["village", "administration"]].astype(str)
    paying = _paying(plan, titles)
    rows = zip(villages.to_dict("records"), figures.to_dict("records"), shapes, strict=True)
    for village, figure, shape in rows:
        name = village["village"]
        about = {"title": titles.of("villages", name), **paying[village["administration"]]}
        yield _feature("village", name, shape, about | {str(key): value for key, value in figure.items()})


def _paying(plan: Plan, titles: Titles) -> dict[str, dict[str, str]]:
    """Of each administration its name, and the account that follows its money with its title."""
    return {
        str(name): {"administration": str(name), "account": str(account), "account_title": titles.of("administrations", account)}
        for name, account in accounts_of(plan.basin).items()
    }


def _service(persons: pd.DataFrame, when: str) -> pd.DataFrame:
    """Figures of each village in order, their names ending in `before` or `after`."""
    figures = {f"persons_at_rung_{rung}": persons[rung] for rung in persons.columns}
    figures |= {
        "persons": persons.sum(axis=1),
        "mean_rung": mean_rung(persons),
        "typical_rung": typical_rung(persons),
        "share_at_rung_3_or_above": share_at_least(persons, 3),
    }
    return pd.DataFrame({f"{name}_{when}": values for name, values in figures.items()})


def _works(plan: Plan, stage: str, shapes: dict[str, list[Geometry]], titles: Titles) -> Iterator[Feature]:
    options: dict[Any, Any] = plan.basin.tables["options"].set_index("option").to_dict("index")
    places = {
        kind: dict(zip(plan.basin.tables[table].iloc[:, 0], shapes[table], strict=True)) for kind, table in PLACE_OF.items()
    }
    works: dict[Any, Any] = _built(plan, stage).to_dict("index")
    paying = _paying(plan, titles)
    for name, work in works.items():
        option = options[name]
        about = {
            "title": titles.of("options", name),
            "option_kind": option["kind"],
            "place": option["place"],
            "category": option["category"],
            **paying[option["administration"]],
        }
        yield _feature("work", name, places.get(option["kind"], {}).get(option["place"]), about | work)


def _built(plan: Plan, stage: str) -> pd.DataFrame:
    """What is paid for or serves up to a stage, by option: first stage of service, capacity, capital, whether it serves."""
    order = {name: place for place, name in enumerate(plan.basin.tables["stages"]["stage"])}
    rows = plan.tables["investments"]
    rows = rows[rows["stage"].map(order).astype(float) <= order[stage]]
    begun = rows[rows["serves"].astype(bool) | (rows["capital_usd"] > 0)]
    now = rows[rows["stage"] == stage].set_index("option")
    works = pd.DataFrame(index=pd.Index(begun["option"].unique()))
    first = rows[rows["serves"].astype(bool)].drop_duplicates("option").set_index("option")["stage"]
    return works.assign(
        first_stage=first.reindex(works.index).astype(object),
        serves=now["serves"].reindex(works.index).fillna(False).astype(bool),
        capacity_m3_per_day=now["capacity_m3_per_day"].reindex(works.index),
        capital_usd=rows.groupby("option")["capital_usd"].sum().reindex(works.index),
    )


def _reaches(plan: Plan, stage: str, shapes: list[Geometry], titles: Titles) -> Iterator[Feature]:
    wish = parse_aggregation("river", RIVER, ["reach"], "mean", [f"stage:eq:{stage}"])
    flows = aggregate(plan_table(plan.tables, "river"), plan.basin, wish).to_pandas().set_index("reach")
    rows = plan.tables["river"]
    asked = rows[(rows["stage"] == stage) & (rows["required_m3_per_day"] > 0)]
    kept = (asked["outflow_m3_per_day"] / asked["required_m3_per_day"]).clip(upper=1.0).groupby(asked["reach"]).min()
    names, administrations = (plan.basin.tables["reaches"][column] for column in ("reach", "administration"))
    figures = flows.reindex(names).assign(least_share_kept=kept.reindex(names)).to_dict("records")
    paying, nowhere = _paying(plan, titles), dict.fromkeys(("administration", "account", "account_title"))
    for name, administration, figure, shape in zip(names.astype(str), administrations, figures, shapes, strict=True):
        about = {"title": titles.of("reaches", name), **paying.get(administration, nowhere)}
        yield _feature("reach", name, shape, about | {str(key): value for key, value in figure.items()})
