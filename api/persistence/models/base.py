"""What all tables share."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.persistence.clock import now
from api.persistence.types import Identifier, Moment, new_identifier

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A row. Tables with `audited` leave a trace of every change (see `api.persistence.trail`)."""

    metadata = sa.MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment}

    audited: ClassVar[bool] = False
    secret: ClassVar[frozenset[str]] = frozenset()  # columns whose values the trail never shows
    untold: ClassVar[frozenset[str]] = frozenset()  # columns whose change alone is no news

    def __init__(self, **values: Any) -> None:
        """A new row, complete at once: defaults are there before it is written."""
        for column in sa.inspect(type(self)).columns:
            if column.key not in values and column.default is not None:
                default: Any = column.default
                values[column.key] = default.arg(None) if default.is_callable else default.arg
            elif column.nullable:
                values.setdefault(column.key, None)
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


class Identified:
    """A row with an identifier of its own, which sorts by the time of making."""

    id: Mapped[str] = mapped_column(Identifier, primary_key=True, default=new_identifier)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Revised:
    """A row that several people may edit: its revision counts up with every change and makes its ETag."""

    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    def revise(self) -> None:
        """Count a change."""
        self.revision += 1
        self.updated_at = now()
