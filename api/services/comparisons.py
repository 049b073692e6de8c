"""Plans side by side: those whose audit passed are compared, the others are named."""

from collections.abc import Sequence
from typing import Any, Final

from api.errors import AuditFailed, TooLarge
from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.services import plan_content
from api.services.letters import letters_within
from planner.plan.compare import Comparison, compare
from planner.plan.exports.comparison import comparison_csv
from planner.plan.finite import finite
from planner.reports.summary import summary_html

ROWS_AT_MOST: Final = 4_000_000


def demand_two_results(rows: Sequence[PlanRow]) -> None:
    """Raises AuditFailed where there are fewer than two plans whose figures are results."""
    if len(_results(rows)) < 2:
        failed = ", ".join(row.title for row in rows if not row.passed)
        raise AuditFailed(f"Fewer than two plans have results to compare: the audit of {failed} failed.", remedy="Add others.")


def demand_size(store: ContentStore, rows: Sequence[PlanRow]) -> None:
    """Raises TooLarge where the plans together would not fit into the memory of the service."""
    together = sum(plan_content.rows_in(store, row) for row in rows)
    if together > ROWS_AT_MOST:
        raise TooLarge(
            f"The plans have {together:,} rows together; at most {ROWS_AT_MOST:,} can be compared at once.",
            remedy="Compare fewer plans at once.",
        )


def told(store: ContentStore, rows: Sequence[PlanRow]) -> dict[str, Any]:
    """The comparison as plain content: that of `Comparison.to_dict` with the plans' identifiers, and who is left out."""
    results = _results(rows)
    content = _compared(store, results).to_dict()
    plans = [{"id": row.id, "basin_id": row.basin_id, **plan} for row, plan in zip(results, content["plans"], strict=True)]
    left_out = [
        {"id": row.id, "basin_id": row.basin_id, "title": row.title, "verdict": row.verdict, "audit_passed": False}
        for row in rows
        if not row.passed
    ]
    compared: dict[str, Any] = finite({**content, "plans": plans, "left_out": left_out})
    return compared


def table(store: ContentStore, rows: Sequence[PlanRow]) -> bytes:
    """The comparison of those with results as a tidy CSV table."""
    return comparison_csv(_compared(store, _results(rows)))


def page(store: ContentStore, rows: Sequence[PlanRow], language: str) -> bytes:
    """The comparison as a page told in the language; of a plan whose audit failed it shows what failed."""
    return summary_html([plan_content.plan_of(store, row) for row in rows], language, letters_within).encode()


def _results(rows: Sequence[PlanRow]) -> list[PlanRow]:
    return [row for row in rows if row.passed]


def _compared(store: ContentStore, rows: Sequence[PlanRow]) -> Comparison:
    return compare([plan_content.plan_of(store, row) for row in rows])
