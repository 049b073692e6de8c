"""The trail: every change of an audited row, written in the transaction that makes it."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from api.persistence.models import Base, TrailEntry

ACTOR = "rivershare_actor"
_SHOWN_CHARACTERS = 4000


class Actor:
    """Who changes something: an account or the service itself, how, and in which request."""

    def __init__(self, user_id: str | None, via: str, request_id: str | None = None) -> None:
        self.user_id, self.via, self.request_id = user_id, via, request_id


def acting(session: Session, actor: Actor) -> None:
    """From here on, changes of this session are the actor's."""
    session.info[ACTOR] = actor


@event.listens_for(Session, "before_flush")
def _leave_traces(session: Session, *_: Any) -> None:
    actor = session.info.get(ACTOR, Actor(None, "service"))
    for action, rows in (("created", session.new), ("changed", session.dirty), ("deleted", session.deleted)):
        for row in list(rows):
            if isinstance(row, Base) and row.audited:
                entry = _entry(row, action, actor)
                if entry is not None:
                    session.add(entry)


def _entry(row: Base, action: str, actor: Actor) -> TrailEntry | None:
    state = inspect(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        name, history = str(column.key), state.attrs[column.key].history
        if name in row.untold or (action == "changed" and name in ("revision", "updated_at")):
            continue
        if action == "changed" and not history.has_changes():
            continue
        # A default that is filled in on flushing is not there yet: what is set by hand is.
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else getattr(row, name)
        if action != "created":
            before[name] = _shown(row, name, old if action == "changed" else getattr(row, name))
        if action != "deleted":
            after[name] = _shown(row, name, new)
    if action == "changed" and not after:
        return None
    return TrailEntry(
        user_id=actor.user_id,
        via=actor.via,
        request_id=actor.request_id,
        basin_id=row.id if row.__tablename__ == "basins" else getattr(row, "basin_id", None),  # type: ignore[attr-defined]
        organisation_id=getattr(row, "organisation_id", None),
        subject=row.__tablename__,
        subject_id=_identifier(row),
        action=action,
        before=before,
        after=after,
    )


def _identifier(row: Base) -> str:
    return "/".join(str(getattr(row, str(column.key))) for column in inspect(type(row)).primary_key)


def _shown(row: Base, name: str, value: Any) -> Any:
    if name in row.secret:
        return None if value is None else "(secret)"
    if isinstance(value, dict | list | bool | int | float) or value is None:
        return value
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
