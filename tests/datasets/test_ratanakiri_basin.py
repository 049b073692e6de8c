"""Ratanak Kiri hangs together: people, river, sources and pipes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import datasets.ratanakiri
from planner.basin import Basin
from planner.basin.tables import ROWS, columns
from planner.checks import check

FOLDER = Path(datasets.ratanakiri.__file__).parent


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(FOLDER / "basin")


@pytest.fixture(scope="module")
def natural_flow(basin: Basin) -> pd.DataFrame:
    """Flow by reach (rows) and season and member (columns), before any use."""
    local = basin.tables["inflow"].pivot_table(
        index="reach", columns=["season", "member"], values="inflow_m3_per_day", sort=False
    )
    reaches = basin.tables["reaches"].set_index("reach")
    total = local.loc[reaches.index].copy()
    for reach, downstream in reaches["downstream"].dropna().items():
        total.loc[downstream] += total.loc[reach]
    return total


def test_nothing_is_found_wrong(basin: Basin) -> None:
    assert [finding for finding in check(basin) if finding.severity != "note"] == []


def test_there_are_241_villages_in_nine_districts(basin: Basin) -> None:
    assert len(basin.tables["villages"]) == 241
    administrations = basin.tables["administrations"]
    assert administrations["level"].value_counts().to_dict() == {"province": 1, "district": 9, "commune": 49}


def test_the_people_fit_the_census(basin: Basin) -> None:
    # 217,453 in 2019 and 238,975 in 2023 lead to about 257,000 in 2026.
    assert basin.tables["population"]["persons"].sum() == pytest.approx(257_000, rel=0.02)


def test_everybody_has_a_baseline(basin: Basin) -> None:
    shares = basin.tables["baseline"].groupby(["village", "group"])["share"].sum()
    assert len(shares) == 2 * 241
    assert np.allclose(shares, 1, atol=1e-12)


def test_the_poor_are_worse_served_to_begin_with(basin: Basin) -> None:
    rows = basin.tables["baseline"].merge(basin.tables["population"], on=["village", "group"])
    below = rows[rows["mode"].isin(["surface", "unimproved"])]
    worse = (below["share"] * below["persons"]).groupby(below["group"]).sum()
    everybody = basin.tables["population"].groupby("group")["persons"].sum()
    assert worse["poor"] / everybody["poor"] > worse["other"] / everybody["other"]


def test_catchments_agree_with_those_published_at_the_dams() -> None:
    check_rows = pd.read_csv(FOLDER / "derived" / "catchment_check.csv")
    off = check_rows["difference_share"].abs()
    assert len(check_rows) == 17
    assert (off < 0.03).sum() >= 14
    assert off[check_rows["catchment_area_km2"] > 2000].max() < 0.08
    assert off.max() < 0.2


def test_mean_flow_agrees_with_the_one_published_at_lower_se_san_1(basin: Basin, natural_flow: pd.DataFrame) -> None:
    # 385 m³/s at 11,114 km²; this dam was not used to scale the runoff.
    reaches = basin.tables["reaches"].set_index("reach")
    sesan = reaches[reaches.index.str.startswith("sesan")]
    at_dam = (sesan["catchment_area_km2"] - 11_114).abs().idxmin()
    days = basin.tables["seasons"].set_index("season")["days"]
    design = basin.tables["members"].query("kind == 'design'").set_index("member")["probability"]
    mean = sum(
        natural_flow.loc[at_dam, (season, member)] * days[season] / 365 * design[member]
        for season in days.index
        for member in design.index
    )
    assert mean / 86_400 == pytest.approx(385, rel=0.07)


def test_dry_years_bring_less_than_wet_ones(natural_flow: pd.DataFrame) -> None:
    year = natural_flow.T.groupby(level="member").sum().T
    assert (year["wet_year"] > year["normal_year"]).all()
    assert (year["normal_year"] > year["dry_year"]).all()
    assert (year["dry_year"] > year["drought"]).all()


def test_the_dry_year_leaves_water_beside_the_environmental_flow(basin: Basin, natural_flow: pd.DataFrame) -> None:
    kept = basin.tables["environmental_flow"].set_index(["reach", "season"])["environmental_flow_m3_per_day"]
    for (season, member), flow in natural_flow.items():
        if member != "drought":
            assert (kept.xs(season, level="season")[flow.index] < flow).all()


def test_tessmann_asks_for_more_than_the_variable_monthly_flow(basin: Basin) -> None:
    other = pd.read_csv(FOLDER / "derived" / "environmental_flow_tessmann.csv")
    both = basin.tables["environmental_flow"].merge(other, on=["reach", "season"], suffixes=("", "_tessmann"))
    assert len(both) == len(other)
    assert (both["environmental_flow_m3_per_day_tessmann"] > both["environmental_flow_m3_per_day"]).all()


def test_reach_lines_follow_the_river(basin: Basin) -> None:
    lines = basin.tables["reach_lines"]
    assert set(lines["reach"]) == set(basin.tables["reaches"]["reach"])
    assert lines.groupby("reach").size().between(2, 40).all()
    step = lines.groupby("reach")[["longitude", "latitude"]].diff().abs().max(axis=None)
    assert step < 0.05


def test_nearly_every_village_can_be_piped_from_three_sites(basin: Basin) -> None:
    links = basin.tables["links"]
    from_sites = links[links["from_node"].str.startswith("site")]
    ways = from_sites.groupby("to_node").size().reindex(basin.tables["villages"]["village"]).fillna(0)
    assert ways.min() >= 1
    assert (ways < 3).sum() <= 5


def test_gravity_pipes_run_downhill(basin: Basin) -> None:
    links = basin.tables["links"]
    assert (links.loc[links["kind"] == "gravity", "lift_m"] < 0).all()
    assert (links.loc[links["kind"] == "gravity", "variable_om_usd_per_m3"] == 0).all()
    assert (links.loc[links["kind"] == "pumped", "variable_om_usd_per_m3"] > 0).all()


def test_a_dearer_size_of_a_link_carries_more(basin: Basin) -> None:
    pipes = basin.tables["options"].query("kind == 'conveyance'").sort_values(["place", "capex_usd"], kind="stable")
    larger = pipes.groupby("place")["capacity_m3_per_day"].diff().dropna()
    assert len(larger) > 100
    assert (larger > 0).all()


def test_every_column_of_figures_says_where_it_comes_from(basin: Basin) -> None:
    told = set(zip(basin.tables["origins"]["of_table"], basin.tables["origins"]["of_column"], strict=True))
    untold = [
        (row.table, column.name)
        for row in ROWS
        if row.table != "assumptions" and len(basin.tables[row.table])
        for column in columns(row.table)
        if column.kind in ("number", "integer") and (row.table, column.name) not in told
    ]
    assert untold == []


def test_assumptions_are_many_and_each_has_a_reason(basin: Basin) -> None:
    assumptions = basin.tables["assumptions"]
    assert len(assumptions) >= 40
    assert assumptions["why"].str.len().min() > 3
    assert ((assumptions["low"] <= assumptions["value"]) & (assumptions["value"] <= assumptions["high"])).all()


def test_serving_everybody_costs_more_than_there_is(basin: Basin) -> None:
    pump = basin.tables["assets"].set_index("asset").loc["handpump_point", "capex_usd"]
    people = basin.tables["population"]["persons"].sum()
    existing = basin.tables["baseline"].merge(basin.tables["population"], on=["village", "group"])
    near = existing[existing["mode"].isin(["near_point", "house_tap"])]
    without = people - (near["share"] * near["persons"]).sum()
    assert without / 150 * pump > basin.tables["channel_amounts"]["amount_usd"].sum()
