"""Plans: read, archived, compared."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa
from sqlalchemy.orm import Session

from api.errors import AuditFailed, Conflict, TooLarge
from api.persistence.clock import now
from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.persistence.repositories import plans
from api.services import plan_content
from planner.plan.aggregate import Aggregation, aggregate
from planner.plan.derived import derived_columns
from planner.plan.query import Query, select
from planner.plan.tables import columns

WORKBOOK_ROWS_AT_MOST: Final = 100_000


def archive(plan: PlanRow) -> None:
    """Put a plan away: it is no longer listed, and still read. Raises Conflict where it is already."""
    if plan.archived_at is not None:
        raise Conflict("The plan is archived already.", remedy="Restore it first.")
    plan.archived_at = now()


def restore(plan: PlanRow) -> None:
    """Take an archived plan back into the lists. Raises Conflict where it is not archived."""
    if plan.archived_at is None:
        raise Conflict("The plan is not archived.")
    plan.archived_at = None


def branch_plans(session: Session, run_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The plans of branches by run, each with its identifier; a run with one plan for all has none."""
    return {
        run_id: [{**branch, "plan_id": plan_id} for plan_id, branch in found]
        for run_id, found in plans.of_branches(session, run_ids).items()
    }


def demand_results(plan: PlanRow, *, failed: bool) -> None:
    """Raises AuditFailed for a plan whose figures are no results, unless failed ones are asked for."""
    if not plan.passed and not failed:
        raise AuditFailed(plan.verdict)


def demand_workbook_size(rows: int) -> None:
    """Raises TooLarge where a workbook of so many rows would take minutes to make and to open."""
    if rows > WORKBOOK_ROWS_AT_MOST:
        raise TooLarge(
            f"A workbook of {rows:,} rows is too large; at most {WORKBOOK_ROWS_AT_MOST:,} rows go into one.",
            remedy="Ask for fewer rows or for one table, or take CSV or Parquet.",
        )


def with_titles(table: str, query: Query) -> Query:
    """The question with the title of each name beside the column that holds it."""
    titles = {column.name for column in derived_columns(table) if column.name.endswith("_title")}
    wanted = query.columns or tuple(column.name for column in columns(table))
    beside = (name for column in wanted for name in (column, f"{column}_title") if name == column or name in titles)
    return replace(query, columns=tuple(dict.fromkeys(beside)))


def rows_of(store: ContentStore, plan: PlanRow, table: str, query: Query) -> pa.Table:
    """The rows and columns of a plan's table that a question asks for."""
    looked_up = {column.name for column in derived_columns(table)} & set(query.names)
    basin = plan_content.basin_of(store, plan) if looked_up else None
    return select(plan_content.table_of(store, plan, table), table, query, basin)


def aggregated(store: ContentStore, plan: PlanRow, wish: Aggregation) -> pa.Table:
    """Figures of a plan's table put together."""
    return aggregate(plan_content.table_of(store, plan, wish.table), plan_content.basin_of(store, plan), wish)
