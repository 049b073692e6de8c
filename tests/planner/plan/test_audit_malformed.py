"""Malformed tables fail the audit; they never stop it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan.audit import audit
from planner.plan.audit.claims import read_claims
from planner.plan.audit.names import Names
from planner.plan.tables import ROW_OF, columns
from tests.planner.plan.tutorial_on_tables import LEAST_COST, least_cost_tables, tutorial

ODD_VALUES = (None, np.nan, np.inf, -1e300, 1e16, -1, "nobody", "", True, [1], {"a": 1}, b"x", 10**30, pd.NaT, 2.5)
TABLES_TOGETHER = [list(ROW_OF)[at : at + 6] for at in range(0, len(ROW_OF), 6)]
PLACES = [(table, column.name) for table in ROW_OF for column in columns(table)]


def failures(tables: dict[str, pd.DataFrame]) -> set[str]:
    return {check.code for check in audit(tutorial(), LEAST_COST, tables).failures}


def missing_tables(tables: dict[str, pd.DataFrame]) -> int:
    return next(check.count_failed for check in audit(tutorial(), LEAST_COST, tables).failures if check.code == "table_missing")


@pytest.fixture(scope="module")
def all_checks() -> list[str]:
    return [check.code for check in audit(tutorial(), LEAST_COST, least_cost_tables()).checks]


@pytest.mark.parametrize("table", ROW_OF)
def test_a_table_without_rows_is_read_alike_whether_its_columns_are_in_order_or_not(table: str) -> None:
    names = Names.of(tutorial())
    ordered, turned = (pd.DataFrame({c.name: [] for c in order}) for order in (columns(table), columns(table)[::-1]))
    pd.testing.assert_frame_equal(read_claims({table: ordered}, names)[table], read_claims({table: turned}, names)[table])


@settings(max_examples=8, deadline=None)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(ODD_VALUES), row=st.integers(0, 200))
def test_an_odd_cell_never_stops_the_audit(all_checks: list[str], place: tuple[str, str], value: object, row: int) -> None:
    tables = least_cost_tables()
    table, column = place
    frame = tables[table]
    if len(frame):
        cells = frame[column].astype(object).tolist()
        cells[row % len(cells)] = value
        tables[table] = frame.assign(**{column: pd.Series(cells, dtype=object, index=frame.index)})
    assert [check.code for check in audit(tutorial(), LEAST_COST, tables).checks] == all_checks


@pytest.mark.parametrize("table", ROW_OF)
def test_an_empty_table_never_stops_the_audit(table: str) -> None:
    tables = least_cost_tables()
    had_rows = len(tables[table]) > 0
    tables[table] = tables[table].head(0)
    assert bool(failures(tables)) == had_rows


@pytest.mark.parametrize("together", TABLES_TOGETHER, ids=lambda names: names[0])
def test_each_missing_table_is_told(together: list[str]) -> None:
    tables = {name: frame for name, frame in least_cost_tables().items() if name not in together}
    assert missing_tables(tables) == len(together)


@pytest.mark.parametrize("together", TABLES_TOGETHER, ids=lambda names: names[0])
def test_each_table_without_columns_is_told(together: list[str]) -> None:
    bare = dict.fromkeys(together, pd.DataFrame(index=range(3)))
    assert missing_tables(least_cost_tables() | bare) == sum(len(columns(table)) for table in together)


def test_no_tables_at_all_is_no_plan() -> None:
    assert {"table_missing", "row_missing", "service_everyone_once", "objective_told"} <= failures({})


def test_something_that_is_no_table_is_told() -> None:
    assert "table_missing" in failures(least_cost_tables() | {"flows": [1, 2, 3]})  # type: ignore[dict-item]


def test_a_column_that_stands_there_twice_is_told() -> None:
    tables = least_cost_tables()
    tables["river"] = pd.concat([tables["river"], tables["river"][["season"]]], axis=1)
    assert failures(tables) == {"column_unknown"}


def test_numbers_written_as_words_are_not_numbers() -> None:
    tables = least_cost_tables()
    tables["flows"]["flow_m3_per_day"] = tables["flows"]["flow_m3_per_day"].astype(str)
    assert "value_invalid" in failures(tables)


def test_tables_read_back_from_files_are_the_same_plan(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tables = {}
    for name, frame in least_cost_tables().items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
        tables[name] = pd.read_csv(tmp_path / f"{name}.csv")
    assert failures(tables) == set()
