"""Comments in the database."""

import sqlalchemy as sa

from api.persistence.models import Comment


def of_basin(basin_id: str, **subject: str | None) -> "sa.Select[Comment]":
    """The comments in a basin, only those whose columns have the values that are given."""
    query = sa.select(Comment).where(Comment.basin_id == basin_id)
    return query.where(*(getattr(Comment, name) == value for name, value in subject.items() if value is not None))


def in_thread(query: "sa.Select[Comment]", first: str) -> "sa.Select[Comment]":
    """Only a comment and what answers it, and what answers that."""
    thread = sa.select(Comment.id).where(Comment.id == first).cte("thread", recursive=True)
    thread = thread.union_all(sa.select(Comment.id).join(thread, Comment.answer_to == thread.c.id))
    return query.where(Comment.id.in_(sa.select(thread.c.id)))
