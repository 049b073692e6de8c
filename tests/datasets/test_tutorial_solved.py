"""The solver finds the tutorial's worked plans, table by table."""

import pandas as pd
import pytest

from datasets.cases import find
from optimization import Limits, solve
from planner.basin import Basin
from planner.plan.tables import ROW_OF
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

FOLDER = find("tutorial").parent
TABLES = sorted(path.stem for path in (FOLDER / "expected" / "least_cost").glob("*.csv"))


@pytest.fixture(scope="module")
def plans():
    basin = Basin.read(find("tutorial"))
    return {
        name: solve(
            resolve(basin, Scenario.read(FOLDER / "scenarios" / f"{name}.yaml")),
            Limits(time_seconds=30, relative_gap=1e-9),
        )
        for name in ("least_cost", "equity_first")
    }


def comparable(frame, table):
    """Rows by their key, without those in which nothing happens."""
    key = [column for column in ROW_OF[table].key if column in frame.columns]
    frame = frame.set_index(pd.MultiIndex.from_frame(frame[key].astype(object).fillna("")))
    happens = frame.drop(columns=key).select_dtypes("number").abs().max(axis=1) > 1e-6
    keeps_all = table in ("village_plans", "objectives", "channel_balances")
    return frame if keeps_all else frame[happens]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_the_solver_finds_the_worked_table(plans, scenario, table):
    worked = comparable(pd.read_csv(FOLDER / "expected" / scenario / f"{table}.csv"), table)
    found = comparable(plans[scenario].tables[table], table)
    if table == "objectives":
        found = found.loc[found["order"] > 0]
    assert sorted(found.index) == sorted(worked.index)
    for column in worked.columns.difference(ROW_OF[table].key):
        numeric = pd.api.types.is_numeric_dtype(worked[column])
        wanted = pytest.approx(worked[column].tolist(), rel=1e-9, abs=1e-4) if numeric else worked[column].tolist()
        assert found.loc[worked.index, column].tolist() == wanted, column


@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_the_worked_plan_passes_the_audit_and_is_proven(plans, scenario):
    assert plans[scenario].passed
    assert plans[scenario].status == "optimal"
