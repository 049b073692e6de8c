"""API keys that were looked up a moment ago: a tool sends hundreds of requests with one key.

What this process changes about keys and accounts holds at once. What another process changes, such as `rivershare user disable`,
holds after `SECONDS`.
"""

import time
from threading import Lock
from typing import Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from api.persistence.models import ApiKey, User
from api.persistence.repositories import people
from api.persistence.repositories.people import KeyHolder

SECONDS: Final = 2.0
AT_MOST: Final = 10_000
_TOUCHED: Final = "rivershare_keys_touched"


class KnownKeys:
    """Keys by database and digest, each with when it was looked up and how often keys had been changed by then."""

    def __init__(self) -> None:
        self._found: dict[tuple[sa.URL, str], tuple[float, int, KeyHolder]] = {}
        self._changes = 0
        self._lock = Lock()

    def recall(self, session: Session, digest: str) -> KeyHolder | None:
        """The key with this digest if it was looked up within `SECONDS`; asks no database."""
        known = self._found.get(_place(session, digest))
        fresh = known is not None and known[1] == self._changes and time.monotonic() - known[0] < SECONDS
        return known[2] if known is not None and fresh else None

    def find(self, session: Session, digest: str) -> KeyHolder | None:
        """The key with this digest and its account, as they are or were within `SECONDS`."""
        known = self.recall(session, digest)
        if known is not None:
            return known
        changes = self._changes  # before the look: what is changed meanwhile is looked up again
        holder = people.api_key(session, digest)
        if holder is not None:
            with self._lock:
                if len(self._found) >= AT_MOST:
                    self._found.clear()
                self._found[_place(session, digest)] = time.monotonic(), changes, holder
        return holder

    def forget(self) -> None:
        """Look every key up anew."""
        with self._lock:
            self._changes += 1
            self._found.clear()


def _place(session: Session, digest: str) -> tuple[sa.URL, str]:
    engine = session.bind
    assert isinstance(engine, sa.Engine)
    return engine.url, digest


KNOWN_KEYS: Final = KnownKeys()


@event.listens_for(Session, "after_flush")
def _note(session: Session, _: UOWTransaction) -> None:
    if any(isinstance(row, ApiKey | User) for rows in (session.new, session.dirty, session.deleted) for row in rows):
        session.info[_TOUCHED] = True


@event.listens_for(Session, "after_commit")
def _forget(session: Session) -> None:
    if session.info.pop(_TOUCHED, False):
        KNOWN_KEYS.forget()
