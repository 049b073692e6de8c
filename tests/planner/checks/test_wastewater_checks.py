"""What is described of wastewater and can never be."""

from typing import Any

import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.checks import check
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.formulation.wastewater_basin import CANAL, USED_WATER


def codes(*changes: dict[str, Any]) -> set[str]:
    scenario = Scenario.from_dict({"name": "tiny", "changes": [*USED_WATER, *CANAL, *changes]})
    return {finding.code for finding in check(resolve(Basin.read(find("tutorial")), scenario).basin)}


def test_wastewater_that_fits_together_has_no_finding() -> None:
    assert not {
        code for code in codes() if code.split(".")[0] in ("wastewater_area", "wastewater_removal", "reuse_link", "option")
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {"table": "options", "where": {"option": "small_ponds"}, "set": {"kind": "reuse", "place": "canal"}},
            "wastewater_removal.no_treatment",
        ),
        (
            {"table": "options", "where": {"option": "small_ponds"}, "set": {"kind": "reuse", "place": "canal"}},
            "wastewater_area.untreatable",
        ),
        (
            {"table": "wastewater_removals", "remove": True, "where": {"option": "small_ponds"}},
            "wastewater_treatment.removes_nothing",
        ),
        ({"table": "options", "remove": True, "where": {"option": "dug_canal"}}, "reuse_link.not_laid"),
    ],
)
def test_what_can_never_be_is_found(change: dict[str, Any], code: str) -> None:
    assert code in codes(change)
