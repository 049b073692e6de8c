"""Every figure of the catalogue has a range and says where it comes from."""

import pytest

from planner.catalogue import citations, figure, log_removals, technologies


def test_each_value_lies_in_its_range() -> None:
    rows = technologies()
    outside = rows[(rows["value"] < rows["low"]) | (rows["value"] > rows["high"])]
    assert outside.empty, outside


def test_no_figure_is_given_twice() -> None:
    assert not technologies().duplicated(["technology", "quantity"]).any()


def test_what_is_not_assumed_names_its_source() -> None:
    rows = technologies()
    assert rows.loc[~rows["assumed"], "citation"].notna().all()
    assert set(rows["citation"].dropna()) <= set(citations()["citation"])


def test_every_assumed_figure_says_why() -> None:
    rows = technologies()
    assert rows.loc[rows["assumed"], "note"].str.len().gt(3).all()


def test_trains_remove_the_low_ends_of_their_steps() -> None:
    low = log_removals().set_index(["process", "pathogen"])["low"]
    chlorine, uv = "Chlorination, drinking water", "UV disinfection 40 mJ/cm2"
    steps = {
        "chlorine": [chlorine],
        "slow_sand_chlorine": ["Slow sand filtration", chlorine],
        "coagulation_sand_chlorine": ["Conventional clarification", "Granular high-rate filtration", chlorine],
        "ultrafiltration_uv": ["Ultrafiltration", uv],
    }
    for train, processes in steps.items():
        for pathogen in ("bacteria", "viruses", "protozoa"):
            together = sum(low[process, pathogen] for process in processes)
            assert figure(train, f"log_removal_{pathogen}") == pytest.approx(together)


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(KeyError, match="bamboo_pipe"):
        figure("bamboo_pipe", "capex_usd")
