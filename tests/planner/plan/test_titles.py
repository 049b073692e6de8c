"""Rows are called by their titles, also inside sentences."""

from pathlib import Path

from planner.basin import Basin
from planner.plan.titles import Titles

TUTORIAL = Basin.read(Path(__file__).parents[3] / "datasets" / "tutorial" / "basin")


def test_a_sentence_calls_stages_and_channels_by_their_titles() -> None:
    titles = Titles(TUTORIAL)
    stage, channel = titles.of("stages", "stage_1"), titles.of("channels", "government_grant")
    said = titles.in_text("The channel government_grant lacks 13,595 USD in stage_1.")
    assert said == f"The channel {channel} lacks 13,595 USD in {stage}."


def test_words_of_the_sentence_stay_even_where_a_row_is_called_so() -> None:
    assert (TUTORIAL.tables["channels"]["channel"] == "aid").any()
    assert Titles(TUTORIAL).in_text("Without aid, 1 person lacks 20 USD.") == "Without aid, 1 person lacks 20 USD."
