"""Plans: read, archived, compared."""

from collections.abc import Sequence

import pyarrow as pa

from api.errors import Conflict
from api.persistence.content import ContentStore
from api.persistence.database import now
from api.persistence.models import PlanRow
from api.services import plan_content
from planner.plan.aggregate import aggregate, parse_aggregation
from planner.plan.derived import derived_columns
from planner.plan.query import Query, parse_query, select


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


def rows_of(
    store: ContentStore, plan: PlanRow, table: str, filters: Sequence[str], columns: Sequence[str], sort: Sequence[str]
) -> pa.Table:
    """The rows and columns of a plan's table that are asked for. Raises QueryError."""
    query = parse_query(table, filters, columns, sort)
    return _selected(store, plan, table, query)


def _selected(store: ContentStore, plan: PlanRow, table: str, query: Query) -> pa.Table:
    looked_up = {column.name for column in derived_columns(table)} & set(query.names)
    basin = plan_content.basin_of(store, plan) if looked_up else None
    return select(plan_content.table_of(store, plan, table), table, query, basin)


def aggregated(
    store: ContentStore,
    plan: PlanRow,
    table: str,
    measures: Sequence[str],
    by: Sequence[str],
    function: str,
    filters: Sequence[str],
) -> pa.Table:
    """Figures of a plan's table put together. Raises QueryError."""
    wish = parse_aggregation(table, measures, by, function, filters)
    return aggregate(plan_content.table_of(store, plan, table), plan_content.basin_of(store, plan), wish)
