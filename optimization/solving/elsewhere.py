"""What a search may be given by whoever begins it: other places to work at its pieces, and somebody who keeps its best.

Both are optional, and neither changes what is found: pieces come to the same wherever they are worked at, and what was kept holds
for the same problem alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from optimization.solving.problem import FloatArray


@dataclass(frozen=True)
class News:
    """How it stands elsewhere.

    `wanted` is how many pieces could be begun there now, `taken` the digests of those begun and not answered, `answers` what has
    come since the last news, by digest, as `pieces.pack_answer` packs them.
    """

    wanted: int = 0
    taken: frozenset[str] = frozenset()
    answers: Mapping[str, bytes] = field(default_factory=dict)


class Elsewhere(Protocol):
    """Other places where pieces are worked at. Its methods are called in the thread that calls `solve`, and may not wait."""

    def offer(self, digest: str, packed: bytes) -> None:
        """A piece that may be worked at, as `Piece.packed` packs it."""

    def withdraw(self, digest: str) -> None:
        """Its answer is not needed any more."""

    def news(self) -> News:
        """How it stands now; each answer once."""


@dataclass(frozen=True)
class Best:
    """What a search has of a problem: no plan is better than `bound`, and `values` (n, None where there is none) is a plan."""

    bound: float
    values: FloatArray | None


class Keeper(Protocol):
    """Keeps the best of searches beyond the end of their process. A problem is named by its digest."""

    def kept(self, digest: str) -> Best | None:
        """What was kept last of a problem."""

    def keep(self, digest: str, best: Best) -> None:
        """Called before anybody is told of it, in the thread that calls `solve`; may not wait."""


@dataclass(frozen=True)
class Aid:
    """Either, both, or none."""

    elsewhere: Elsewhere | None = None
    keeper: Keeper | None = None
