"""Lists in pages, each with a cursor to the next."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

import sqlalchemy as sa
from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.errors import Invalid, fault

ITEMS_AT_MOST = 500
Item = TypeVar("Item")
Row = TypeVar("Row")


class Page(BaseModel, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next_cursor: str | None = Field(default=None, description="Sent as `cursor`, it gives the next page. null: this is the last.")


class PageRequest(BaseModel):
    """Which part of a list is wanted."""

    limit: Annotated[int, Field(ge=1, le=ITEMS_AT_MOST, description="Most items in the page.")] = 50
    cursor: Annotated[str | None, Field(max_length=500, description="`next_cursor` of the page before.")] = None


PageQuery = Annotated[PageRequest, Query()]


def encode_cursor(position: str | int) -> str:
    """A position in a list as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, kind: type[Item]) -> Item:
    """The position that a cursor stands for. Raises Invalid where it is none of ours."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        position = None
    if type(position) is not kind or (isinstance(position, str) and not position.isprintable()):
        where = fault("Take next_cursor as it was sent.", parameter="cursor")
        raise Invalid("The cursor is not one of this list.", errors=[where])
    return position


def part_of(rows: Sequence[Item], wanted: PageRequest) -> tuple[Sequence[Item], str | None]:
    """The page of a list that is at hand as a whole, and the cursor to the next."""
    start = 0 if wanted.cursor is None else max(decode_cursor(wanted.cursor, int), 0)
    end = start + wanted.limit
    return rows[start:end], encode_cursor(end) if end < len(rows) else None


def page_of(
    session: Session,
    query: "sa.Select[Row]",
    key: "InstrumentedAttribute[str]",
    wanted: PageRequest,
    *,
    newest_first: bool = True,
) -> tuple[Sequence[Row], str | None]:
    """Rows of a page in the order of an identifier, and the cursor to the next page."""
    if wanted.cursor is not None:
        position = decode_cursor(wanted.cursor, str)
        query = query.where(key < position if newest_first else key > position)
    rows = session.scalars(query.order_by(key.desc() if newest_first else key.asc()).limit(wanted.limit + 1)).all()
    more = len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    return rows, encode_cursor(getattr(rows[-1], key.key)) if more else None
