"""The same question has the same answer: again, and in another process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from datasets.synthetic import make
from optimization import Limits, solve
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

POLICY = {
    "objectives": [{"objective": "cost"}],
    "floors": [{"rung": 4, "share": 0.6, "within": "basin", "hard": True}],
}
CHANGES = [
    {"table": "service_plans", "remove": True, "where": {"mode": "near_point_filter"}},
    {"table": "channel_amounts", "multiply": {"amount_usd": 20.0}},
    {"table": "subsidies", "multiply": {"amount_usd_per_year": 20.0}},
]


def solved():
    basin = make(3, sites=2, stages=2, seasons=2, members=2, seed=11, network="tree")
    scenario = resolve(basin, Scenario.from_dict({"name": "again", "changes": CHANGES, "policy": POLICY}))
    return solve(scenario, Limits(time_seconds=60, relative_gap=0.05))


def digests(plan):
    """Each table of a plan in a few letters, to the last digit."""
    return {name: hashlib.sha256(table.to_csv(index=False, float_format="%r").encode()).hexdigest()[:16]
            for name, table in plan.tables.items()}  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return solved()


def test_the_case_builds_a_network_and_ends_before_its_time(plan):
    assert plan.passed, plan.audit.failures
    assert plan.status in ("optimal", "gap_reached")
    assert len(plan.tables["investments"])


def test_the_same_plan_comes_again(plan):
    again = solved()
    assert again.resolved_hash == plan.resolved_hash
    for name, table in plan.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, check_exact=True, obj=name)


def test_the_same_plan_comes_in_another_process(plan):
    # Another seed of Python's hashes, so that no order hangs on a set.
    here = Path(__file__)
    script = f"import {here.stem} as again; print(again.digests(again.solved()))"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=here.parent, env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == str(digests(plan))
