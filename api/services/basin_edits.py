"""Changes of a basin, made as a scenario would make them, and what they change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.services.findings import with_pointers
from planner.basin import Basin
from planner.basin.difference import BasinDifference, difference
from planner.checks.finding import Finding
from planner.scenario.changes import apply_and_check
from planner.scenario.scenario import Scenario, ScenarioError


@dataclass(frozen=True)
class EditedBasin:
    """A basin after changes, all findings about it, and what changed; without a basin where findings are errors."""

    basin: Basin | None
    findings: Sequence[Finding]
    difference: BasinDifference | None


def edit(basin: Basin, changes: list[Any]) -> EditedBasin:
    """Make changes in order, all of them or none."""
    try:
        edited, findings = apply_and_check(basin, Scenario.from_dict({"name": "edits", "changes": changes}))
    except ScenarioError as error:
        return EditedBasin(None, with_pointers(error.findings), None)
    return EditedBasin(edited, findings, difference(basin, edited))


def shortened(found: BasinDifference, at_most: int) -> dict[str, Any]:
    """A difference as plain content, its lists cut off at a length and counted in full."""
    content = found.to_dict()
    tables = {
        table: {f"{kind}_count": len(rows) for kind, rows in lists.items()}
        | {kind: rows[:at_most] for kind, rows in lists.items()}
        for table, lists in content["tables"].items()
    }
    return {"settings": content["settings"], "tables": tables}
