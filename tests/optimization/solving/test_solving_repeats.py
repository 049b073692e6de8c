"""The same problem and seed give the same plan, in this process and in another."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from optimization.solving.limits import Limits
from optimization.solving.progress import ProgressEvent
from optimization.solving.session import solve
from tests.optimization.solving.solving_problems import facility_location

LIMITS = Limits(time_seconds=60, relative_gap=0.005, seed=3)


def test_twice_the_same() -> None:
    problem = facility_location(24, 8, seed=10)
    first, second = solve(problem, LIMITS), solve(problem, LIMITS)
    assert first.record.reproducible
    assert first.values is not None and second.values is not None
    assert (first.values == second.values).all()
    assert first.bound == second.bound


def test_the_same_in_another_process_with_other_hashes() -> None:
    script = """
from tests.optimization.solving.solving_problems import facility_location
from optimization.solving.limits import Limits
from optimization.solving.session import solve
outcome = solve(facility_location(24, 8, seed=10), Limits(time_seconds=60, relative_gap=0.005, seed=3))
print(repr(outcome.objective), repr(outcome.bound), outcome.values.tolist())
"""
    there = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = solve(facility_location(24, 8, seed=10), LIMITS)
    assert here.values is not None
    assert there.strip() == f"{here.objective!r} {here.bound!r} {here.values.tolist()}"


def test_an_event_survives_being_written_down() -> None:
    event = ProgressEvent("proving", 1.5, 10.0, 9.0, 0.1, "a better bound")
    assert ProgressEvent.from_dict(event.to_dict()) == event
    assert np.isclose(event.gap or 0.0, 0.1)
