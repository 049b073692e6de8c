"""The form of a row of the access table."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A route, and the least that one must be to use it.

    `least`: nobody, account, organisation_member, reader, reader_with_account (not the holder of a share link), stakeholder,
    analyst, planner, owner, organisation_administrator, administrator or self. `scope` is what an API key needs. `body` is one that the route takes, where it takes one.
    """

    method: str
    path: str
    least: str
    body: dict[str, Any] | None = None
    scope: str = "read"
