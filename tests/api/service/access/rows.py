"""The form of a row of the access table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A route, and the least that one must be to use it.

    `least`: nobody, account, organisation_member, reader, stakeholder, analyst, planner, owner, organisation_administrator,
    administrator, author (of what the route is about: the scene's stakeholder) or self (the account `owner`, as a kind of the
    scene). `scope` is what an API key needs, `body` one that the route takes. Where a text of it is an
    identifier's name in braces, the scene's is sent. `shared`: whether a share link of the basin
    suffices where a reader does. `asked` is a query to send, with identifiers of the scene in braces. `refusal` is what one
    who may use it is answered, where `body` holds no real password or link.
    """

    method: str
    path: str
    least: str
    body: dict[str, Any] | None = None
    scope: str = "read"
    shared: bool = True
    owner: str = "stranger"
    asked: str = ""
    refusal: int | None = None

    def content(self, places: Mapping[str, str]) -> dict[str, Any] | None:
        """The body with the scene's identifiers."""
        named = {f"{{{name}}}": identifier for name, identifier in places.items()}
        return self.body and {
            key: named.get(value, value) if isinstance(value, str) else value for key, value in self.body.items()
        }

    def query(self, places: Mapping[str, str]) -> str:
        """The query with the scene's identifiers."""
        return f"?{self.asked.format(**places)}" if self.asked else ""
