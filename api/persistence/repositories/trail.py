"""The trail in the database."""

from datetime import datetime

import sqlalchemy as sa

from api.persistence.models import TrailEntry


def entries(
    *,
    basin_id: str | None = None,
    subject: str | None = None,
    subject_id: str | None = None,
    user_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> "sa.Select[TrailEntry]":
    """What was changed, of a basin, a kind of thing, one thing, by somebody, in a time."""
    query = sa.select(TrailEntry)
    wanted = {"basin_id": basin_id, "subject": subject, "subject_id": subject_id, "user_id": user_id}
    for column, value in wanted.items():
        if value is not None:
            query = query.where(getattr(TrailEntry, column) == value)
    if since is not None:
        query = query.where(TrailEntry.created_at >= since)
    return query if until is None else query.where(TrailEntry.created_at < until)
