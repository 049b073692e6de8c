"""What cannot all hold where no plan exists, as a set of which nothing can be left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ConflictPart:
    """Limits of one kind that belong to a conflict.

    `members` names some of them with their places and periods, `count` says how many there are. `may_give_way`: whether a
    scenario could ask for less of it; what could not only ties the others together.
    """

    title: str
    members: tuple[str, ...]
    count: int
    may_give_way: bool

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return asdict(self)

    def in_words(self) -> str:
        """One line."""
        rest = self.count - len(self.members)
        return f"{self.title}: {'; '.join(self.members)}{f'; and {rest} more' if rest else ''}"


@dataclass(frozen=True)
class IrreducibleConflict:
    """Limits that cannot all hold, while they can without any one of them, as long as parts of works may be built.

    Where none is given, `parts` is empty and `note` says why.
    """

    parts: tuple[ConflictPart, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "IrreducibleConflict":
        """The conflict that was written so."""
        parts = [ConflictPart(**{**part, "members": tuple(part["members"])}) for part in content["parts"]]
        return cls(tuple(parts), content["note"])
