"""Trains made of steps, and which of them are worth offering."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from datasets.cases import find
from planner.basin import Basin
from planner.catalogue import figure
from planner.catalogue.treatment_steps import combinations, combined, treatment_steps
from planner.checks import check, errors
from planner.screening.trains import candidates, with_candidates

TUTORIAL = Basin.read(find("tutorial"))


def test_steps_in_a_row_remove_together() -> None:
    # Arsenic: clarification takes 0.6, the rapid filter 0.25 of the rest: 1 − 0.4 · 0.75 = 0.7. Log removals add: 0.2 + 0.2 + 2.
    steps = treatment_steps()
    train = combined(steps, [("clarification", "rapid_sand", "chlorine")]).iloc[0]
    assert train["removal_share_arsenic"] == pytest.approx(0.7)
    assert [train[f"log_removal_{p}"] for p in ("bacteria", "viruses", "protozoa")] == pytest.approx([2.4, 1.1, 1.4])
    assert train["barriers"] == 3
    assert train["recovery_share"] == pytest.approx(0.965 * 0.975 * 0.99)
    # 0.025 on all of the water, 0.015 on 0.965 of it, 0.02 on 0.965 · 0.975.
    assert train["variable_om_usd_per_m3"] == pytest.approx(0.025 + 0.015 * 0.965 + 0.02 * 0.965 * 0.975)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("chlorine", ("chlorine",)),
        ("slow_sand_chlorine", ("slow_sand", "chlorine")),
        ("coagulation_sand_chlorine", ("clarification", "rapid_sand", "chlorine")),
        ("ultrafiltration_uv", ("ultrafiltration", "ultraviolet")),
    ],
)
def test_steps_add_up_to_the_trains_of_the_catalogue(name: str, row: tuple[str, ...]) -> None:
    train = combined(treatment_steps(), [row]).iloc[0]
    for quantity in ("capex_usd", "capex_usd_per_m3_per_day", "fixed_om_usd_per_year", "log_removal_bacteria",
                     "log_removal_viruses", "log_removal_protozoa", "barriers", "removal_share_iron",
                     "removal_share_arsenic", "removal_share_suspended_solids"):  # fmt: skip
        assert train[quantity] == pytest.approx(figure(name, quantity)), quantity


def test_rows_have_each_step_once_and_one_filter() -> None:
    rows = combinations(treatment_steps())
    assert len(rows) == len(set(rows)) == 2 * 2 * 4 * 2 * 2 - 1
    filters = {"slow_sand", "rapid_sand", "ultrafiltration"}
    assert all(len(filters & set(row)) <= 1 for row in rows)


def test_a_candidate_meets_what_its_sources_ask_and_none_is_cheaper() -> None:
    """By hand, train by train: the river asks for 3 / 3 / 2, two barriers, and 40 NTU are to become 5."""
    found = candidates(TUTORIAL)
    steps = treatment_steps()
    every = combined(steps, combinations(steps))
    enough = every[
        (every["log_removal_bacteria"] >= 3) & (every["log_removal_viruses"] >= 3) & (every["log_removal_protozoa"] >= 2)
        & (every["barriers"] >= 2) & (40 * (1 - every["removal_share_turbidity"]) <= 5 + 1e-9)
    ]  # fmt: skip
    assert set(found["train"]) <= set(enough["train"])
    rate = TUTORIAL.settings.discount_rate_share_per_year
    annuity = rate / (1 - (1 + rate) ** -20)
    fixed = enough["capex_usd"] * annuity + enough["fixed_om_usd_per_year"]
    assert found["fixed_usd_per_year"].min() == pytest.approx(fixed.min())
    assert np.all(np.diff(found["fixed_usd_per_year"]) >= 0)
    assert found["assumed"].all()


def test_written_candidates_are_options_of_a_sound_basin(tmp_path: Path) -> None:
    written = with_candidates(TUTORIAL, "treatment", 200.0)
    again = with_candidates(written, "treatment", 200.0)
    assert not errors(check(written)) and not errors(check(again))
    assert (
        len(again.tables["options"])
        == len(written.tables["options"])
        == len(TUTORIAL.tables["options"]) + len(candidates(TUTORIAL))
    )
    result = CliRunner().invoke(app, ["trains", "tutorial", "--write", str(tmp_path / "more"), "--json"])
    assert result.exit_code == 0, result.output
    assert {row["site"] for row in json.loads(result.stdout)["trains"]} == {"works"}
    read = Basin.read(tmp_path / "more")
    assert set(candidates(TUTORIAL)["train"]) <= set(read.tables["trains"]["train"])


def test_a_category_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(app, ["trains", "tutorial", "--write", "nowhere", "--category", "bridges"])
    assert result.exit_code != 0
    assert "bridges" in result.output
    assert "Traceback" not in result.output
