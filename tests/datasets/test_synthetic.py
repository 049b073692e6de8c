"""Made-up basins look like real ones, and are the same for the same seed."""

import time

import numpy as np
import pandas as pd
import pytest

from datasets.synthetic import make
from planner.basin import Basin
from planner.checks import check


@pytest.fixture(scope="module")
def basin():
    return make(241, members=4, seed=7)


@pytest.mark.parametrize(
    "size",
    [
        {"villages": 1, "stages": 1, "seasons": 1, "members": 1},
        {"villages": 5, "sites": 1, "stages": 2, "seasons": 2, "members": 2},
        {"villages": 60, "seasons": 12, "members": 3, "network": "tree"},
        {"villages": 241, "members": 6},
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_wrong_with_a_made_up_basin(size, seed):
    assert [f for f in check(make(**size, seed=seed)) if f.severity == "error"] == []


def test_the_same_seed_makes_the_same_basin_and_another_seed_another():
    first, again, other = make(50, seed=3), make(50, seed=3), make(50, seed=4)
    assert all(first.tables[name].equals(again.tables[name]) for name in first.tables)
    assert not first.tables["links"].equals(other.tables["links"])


def test_a_made_up_basin_comes_back_from_its_folder_unchanged(basin, tmp_path):
    basin.write(tmp_path / "basin")
    read = Basin.read(tmp_path / "basin")
    assert all(read.tables[name].equals(basin.tables[name]) for name in basin.tables)
    assert read.settings == basin.settings


def test_the_river_branches_and_has_one_outlet(basin):
    reaches = basin.tables["reaches"]
    assert reaches["downstream"].isna().sum() == 1
    assert (reaches["downstream"].value_counts() >= 2).sum() >= 3
    assert reaches["catchment_area_km2"].idxmax() == reaches.index[reaches["downstream"].isna()][0]


def test_those_upstream_are_poorer_and_worse_served(basin):
    height = basin.tables["villages"].set_index("village")["elevation_m"]
    persons = basin.tables["population"].pivot_table(index="village", columns="group", values="persons")
    poor = persons["poor"] / persons.sum(axis=1)
    baseline = basin.tables["baseline"].query("group == 'poor' and mode == 'near_point'").set_index("village")["share"]
    assert poor.corr(height.loc[poor.index], method="spearman") > 0.5
    assert baseline.corr(height.loc[baseline.index], method="spearman") < -0.2


def test_villages_lie_in_clusters(basin):
    at = basin.tables["villages"][["longitude", "latitude"]].to_numpy() * 111.3
    distance = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    spread_evenly_km = 0.5 * np.sqrt(np.prod(np.ptp(at, axis=0)) / len(at))
    assert np.median(distance.min(axis=1)) < 0.6 * spread_evenly_km


def test_most_villages_can_be_reached_by_a_pipe(basin):
    unreachable = [f for f in check(basin) if f.code == "village.unreachable"]
    assert len(unreachable) < 0.1 * len(basin.tables["villages"])


def test_only_springs_that_need_no_treatment_lead_straight_into_villages_as_safe_pipes(basin):
    links, sources = basin.tables["links"], basin.tables["sources"].set_index("source")
    direct = links[links["from_node"].isin(sources.index) & links["to_node"].isin(basin.tables["villages"]["village"])]
    logs = sources.loc[direct["from_node"], "required_log_removal_bacteria"].to_numpy()
    group = basin.tables["options"].drop_duplicates("place").set_index("place")["exclusive_group"]
    into = direct["link"].map(group).str.startswith("into_").fillna(False).to_numpy(dtype=bool)
    assert len(direct) > 10
    assert (into == (logs == 0)).all()


def test_stress_members_are_drier_and_rarer_than_design_members(basin):
    members = basin.tables["members"].set_index("member")
    mean = basin.tables["inflow"].groupby("member")["inflow_m3_per_day"].mean()
    stress = members.index[members["kind"] == "stress"]
    assert mean[stress].max() < mean.drop(stress).min()
    assert members.loc[members["kind"] == "design", "probability"].sum() == pytest.approx(1.0)


def test_tightness_turns_plenty_into_just_enough_for_points():
    def offered(tightness):
        return make(100, tightness=tightness).tables["channel_amounts"]["amount_usd"].sum()

    population = make(100).tables["population"]["persons"].sum()
    assert offered(0.0) > offered(0.5) > offered(1.0)
    assert 40 < offered(1.0) / population < 120
    assert offered(0.0) / population > 160


def test_a_tree_has_pipes_between_villages_and_a_star_has_none():
    def between(network):
        made = make(60, network=network)
        return made.tables["links"]["from_node"].isin(made.tables["villages"]["village"]).sum()

    assert between("star") == 0
    assert between("tree") > 60


def test_ten_thousand_villages_are_made_within_ten_seconds():
    started = time.process_time()
    made = make(10_000, seasons=12)
    assert time.process_time() - started < 10
    assert len(made.tables["villages"]) == 10_000


def test_arguments_out_of_range_are_named():
    with pytest.raises(ValueError, match="seasons is 13; allowed is 1 to 12; tightness is 2"):
        make(5, seasons=13, tightness=2)
    with pytest.raises(ValueError, match="network is ring"):
        make(5, network="ring")


def test_tables_hold_the_types_of_a_basin_that_was_read(basin):
    assert basin.tables["options"]["exclusive_group"].dtype == pd.Series([], dtype="str").dtype
    assert basin.tables["stages"]["first_year"].dtype == np.int64
    assert basin.tables["sources"]["existing"].dtype == bool
