"""What differs between two versions of a basin is told by key and column."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from datasets.synthetic import make
from planner.basin import Basin
from planner.basin.difference import Change, difference


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


def changed(basin: Basin, **tables: pd.DataFrame) -> Basin:
    return Basin(basin.settings, {**basin.tables, **tables})


def test_a_basin_does_not_differ_from_itself_nor_from_its_copy_in_another_order(basin: Basin) -> None:
    turned = Basin(basin.settings, {name: frame.iloc[::-1] for name, frame in basin.tables.items()})
    assert not difference(basin, basin)
    assert not difference(basin, turned)
    assert difference(basin, turned).to_dict() == {"settings": [], "tables": {}}


def test_rows_that_come_and_go_are_named_by_their_keys(basin: Basin) -> None:
    population = basin.tables["population"]
    other = population.iloc[[0]].assign(village="newtown")
    found = difference(basin, changed(basin, population=pd.concat([population.iloc[1:], other], ignore_index=True)))
    table = found.tables["population"]
    group = str(population["group"].iloc[0])
    assert table.removed == [{"village": str(population["village"].iloc[0]), "group": group}]
    assert table.added == [{"village": "newtown", "group": group}]
    assert table.changed == []
    assert list(found.tables) == ["population"]


def test_cells_are_told_with_what_stood_there_before(basin: Basin) -> None:
    villages = basin.tables["villages"]
    new = villages.assign(elevation_m=[1.5, *villages["elevation_m"][1:]], title=[np.nan, *villages["title"][1:]])
    found = difference(basin, changed(basin, villages=new.iloc[::-1])).tables["villages"].changed
    key = {"village": "hilltop"}
    assert found == [
        Change(key, "title", "Hilltop", None),
        Change(key, "elevation_m", float(villages["elevation_m"].iloc[0]), 1.5),
    ]


def test_a_blank_in_a_key_is_a_key_of_its_own(basin: Basin) -> None:
    given = basin.tables["channel_eligibility"]
    one = given.iloc[[0]].assign(administration=np.nan).astype(given.dtypes.to_dict())
    before = changed(basin, channel_eligibility=one)
    assert not difference(before, changed(basin, channel_eligibility=one.copy()))
    found = difference(before, changed(basin, channel_eligibility=one.iloc[:0])).tables["channel_eligibility"]
    assert found.removed[0]["administration"] is None


def test_settings_are_told_too_and_all_is_plain_content(basin: Basin) -> None:
    after = Basin(
        basin.settings.model_copy(update={"base_year": 2030}), {**basin.tables, "villages": basin.tables["villages"][:1]}
    )
    content: dict[str, Any] = difference(basin, after).to_dict()
    assert content["settings"] == [{"column": "base_year", "before": basin.settings.base_year, "after": 2030}]
    assert json.loads(json.dumps(content, allow_nan=False)) == content


def test_forward_and_back_say_the_same_of_a_synthetic_basin() -> None:
    one, other = make(30, 4, seed=1), make(33, 4, seed=2)
    there, back = difference(one, other), difference(other, one)
    assert list(there.tables) == list(back.tables)
    for table, found in there.tables.items():
        assert found.added == back.tables[table].removed
        forward = [(c.column, c.key, c.before, c.after) for c in found.changed]
        assert sorted(map(str, forward)) == sorted(str((c.column, c.key, c.after, c.before)) for c in back.tables[table].changed)
