"""Folders broken at random: a finding with a place and a remedy, never a traceback, never slow."""

from pathlib import Path

from benchmarks.fuzz import fuzz


def test_a_basin_broken_at_random_is_answered_with_findings(small_basin: Path) -> None:
    outcome = fuzz(small_basin, count=40)
    assert outcome.faults == []
    assert outcome.folders == 40
    assert outcome.with_errors > 26
    assert len(outcome.codes) > 10
