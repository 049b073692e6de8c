"""A question about a basin is asked again only where a table that it looked at is another one."""

from dataclasses import replace

import pandas as pd

from datasets.cases import find
from planner.basin import Basin
from planner.checks import check
from planner.checks.finding import Finding
from planner.checks.remembered import Remembered
from planner.checks.report import found

BASIN = Basin.read(find("tutorial"))


def with_table(basin: Basin, name: str, table: pd.DataFrame) -> Basin:
    return replace(basin, tables={**basin.tables, name: table})


def counting() -> tuple[Remembered, list[int]]:
    """A question that tells of a village without people, and how often it was asked."""
    asked: list[int] = []

    def question(basin: Basin) -> list[Finding]:
        asked.append(1)
        empty = set(basin.tables["villages"]["village"]) - set(basin.tables["population"]["village"])
        return [found("table.empty", f"{name} has nobody.", table="villages") for name in sorted(empty)]

    return Remembered(question), asked


def test_the_same_tables_give_the_same_findings_without_asking() -> None:
    question, asked = counting()
    assert question(BASIN) == question(BASIN) == question(with_table(BASIN, "options", BASIN.tables["options"].head(1))) == ()
    assert len(asked) == 1


def test_another_table_of_those_looked_at_is_asked_about() -> None:
    question, asked = counting()
    question(BASIN)
    few = with_table(BASIN, "population", BASIN.tables["population"].head(1))
    assert len(question(few)) == len(BASIN.tables["villages"]) - 1
    assert question(BASIN) == ()
    assert len(asked) == 2


def test_other_settings_are_asked_about() -> None:
    question, asked = counting()
    question(BASIN)
    question(replace(BASIN, settings=BASIN.settings.model_copy(update={"name": "other"})))
    assert len(asked) == 2


def test_a_table_that_is_gone_is_not_taken_for_one_that_was_missing() -> None:
    asked: list[int] = []

    def question(basin: Basin) -> list[Finding]:
        asked.append(1)
        return [] if basin.tables.get("tanks") is None else [found("table.unknown", "There are tanks.", table="tanks")]

    remembered = Remembered(question)
    without = replace(BASIN, tables={name: table for name, table in BASIN.tables.items() if name != "tanks"})
    passing = with_table(BASIN, "tanks", BASIN.tables["tanks"].copy())
    assert len(remembered(passing)) == 1
    del passing
    assert remembered(without) == ()
    assert len(remembered(BASIN)) == 1


def test_all_checks_find_in_a_changed_basin_what_they_find_in_one_that_was_never_seen() -> None:
    check(BASIN)
    for name in ("villages", "population", "options", "links", "inflow", "modes"):
        changed = with_table(BASIN, name, BASIN.tables[name].head(2))
        unseen = replace(changed, tables={table: frame.copy() for table, frame in changed.tables.items()})
        assert check(changed) == check(unseen), name
