"""Sizes of pipe on the links of the tutorial: by gravity where the fall suffices, else pumped, else none, and it is said."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from planner.basin import Basin
from planner.checks import check
from planner.hydrology.pipes import hazen_williams_capacity_m3_per_day, hazen_williams_head_loss_m_per_m
from planner.network.candidates import candidates_of, sizes_of
from planner.network.sizing import Demands
from planner.network.writing import with_options
from tests.optimization.tiny_basins import tutorial


def on_links(spring=0.0, raw=0.0, riverside=0.0, farside=0.0):
    return np.array([spring, raw, riverside, farside])


def rows(candidates, link):
    return candidates.offered[candidates.offered["link"] == link].reset_index(drop=True)


def test_a_fall_of_forty_metres_carries_the_water_by_itself():
    # Spring at 340 m, Hilltop at 300 m, 5 m kept at its tank: 35 m over 1 km; DN63 is 55.4 mm wide inside.
    found = candidates_of(tutorial(), on_links(spring=100.0))
    only = rows(found, "spring_pipe")
    assert list(only["pipe_size"]) == ["pipe_dn63"]
    assert list(only["way"]) == ["gravity"]
    assert only["capacity_m3_per_day"][0] == pytest.approx(hazen_williams_capacity_m3_per_day(0.0554, 0.035))
    assert only["capex_usd"][0] == pytest.approx(1000 * 6)
    assert found.findings == ()


def test_where_one_size_is_too_narrow_the_next_one_carries_it():
    found = candidates_of(tutorial(), on_links(spring=400.0))
    assert list(rows(found, "spring_pipe")["pipe_size"]) == ["pipe_dn110"]
    table = found.table[found.table["link"] == "spring_pipe"]
    assert list(table["way"]) == ["too narrow", "gravity", "wider than needed", "wider than needed"]


def test_a_pump_lifts_the_height_the_head_kept_and_what_friction_takes():
    # Works at 130 m, Farside at 160 m, 8 km: 30 + 5 + friction of 15 m³/day.
    first = rows(candidates_of(tutorial(), on_links(farside=15.0)), "farside_pipe").iloc[0]
    lift = 35 + 8000 * float(hazen_williams_head_loss_m_per_m(0.0554, 15.0))
    assert first["way"] == "pumped"
    assert first["pumping_head_m"] == pytest.approx(lift)
    assert first["energy_kwh_per_m3"] == pytest.approx(9.81 * lift / 3600 / 0.6)
    assert first["capex_usd"] == pytest.approx(8000 * 6 + 8000 + 50 * lift)


def test_a_gravity_link_that_cannot_carry_its_flow_becomes_pumped_and_it_is_said():
    # 10 m less 7 m kept, over 1 km: DN225, 198.2 mm inside, carries 2070 m³/day; pumped at 1 m/s 2670 m³/day.
    found = candidates_of(tutorial(), on_links(riverside=2500.0), Demands(head_kept_m=7.0))
    assert [(finding.code, finding.row) for finding in found.findings] == [("pipes.becomes_pumped", 4)]
    assert set(rows(found, "riverside_pipe")["way"]) == {"pumped"}
    written = with_options(tutorial(), found, "conveyance", 0.15)
    link = written.tables["links"].set_index("link").loc["riverside_pipe"]
    assert link["kind"] == "pumped"
    energy = rows(found, "riverside_pipe")["energy_kwh_per_m3"].max()
    assert link["variable_om_usd_per_m3"] == pytest.approx(energy * 0.15, abs=1e-4)
    by_head = with_options(tutorial(), found, "conveyance", 0.15, "grid").tables["links"].set_index("link")
    assert by_head.loc["riverside_pipe", "energy"] == "grid"
    assert by_head.loc["riverside_pipe", "pumping_head_m"] == pytest.approx(
        rows(found, "riverside_pipe")["pumping_head_m"].max(), abs=0.05
    )
    assert by_head["energy"].notna().sum() == 1


def test_what_no_size_carries_is_dropped_and_it_is_said():
    found = candidates_of(tutorial(), on_links(riverside=50_000.0, farside=15.0), Demands(largest_head_m=20.0))
    assert {finding.code for finding in found.findings} == {"pipes.dropped"}
    assert [finding.message.split(": ")[1] for finding in found.findings] == [
        "too narrow.",
        "too high for one pumping step.",
    ]
    assert not len(found.offered)


def test_a_basin_s_own_sizes_come_before_those_of_the_catalogue():
    own = pd.DataFrame({"pipe_size": ["hose"], "title": ["Hose"], "inner_diameter_mm": [40.0], "usd_per_m": [2.0],
                        "hazen_williams_coefficient": [120.0], "wall_roughness_mm": [0.1], "life_years": [5],
                        "fixed_om_share_per_year": [0.1], "citation": [None]})  # fmt: skip
    basin = dataclasses.replace(tutorial(), tables={**tutorial().tables, "pipe_sizes": own})
    assert list(sizes_of(basin)["pipe_size"]) == ["hose"]
    offered = candidates_of(basin, on_links(spring=50.0), Demands(formula="darcy_weisbach")).offered
    assert list(offered["pipe_size"]) == ["hose"]
    assert offered["fixed_om_usd_per_year"][0] == pytest.approx(1000 * 2 * 0.1)


def test_the_command_writes_a_sound_basin_with_the_options(tmp_path: Path):
    answer = CliRunner().invoke(app, ["pipes", "tutorial", "--write", str(tmp_path / "sized")])
    assert answer.exit_code == 0, answer.output
    written = Basin.read(tmp_path / "sized")
    assert check(written) == []
    options = written.tables["options"].set_index("option")
    assert options.loc["spring_pipe-pipe_dn63", "place"] == "spring_pipe"
    assert set(tutorial().tables["options"]["option"]) < set(options.index)


def test_the_command_names_a_link_that_is_not_there():
    answer = CliRunner().invoke(app, ["pipes", "tutorial", "--link", "canal"])
    assert answer.exit_code == 2
    assert "no link canal" in answer.output
