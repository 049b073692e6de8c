"""Answers of a question about a basin, kept until a table that it looked at is another one.

A scenario changes two tables of fifty, and a form is checked at every key: what only looks at the others need not be asked
again. Which tables a question looks at is not declared but seen: a question that looked at the same tables as before finds
the same, and asks for no other.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from weakref import ref

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.checks.finding import Finding

Question = Callable[[Basin], Iterable[Finding]]
BASINS_KEPT: Final = 4


class _Watched(Mapping[str, pd.DataFrame]):
    """The tables of a basin, and which of them were looked at."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.seen.add(name)
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        self.seen.update(self.tables)
        return iter(self.tables)

    def __len__(self) -> int:
        self.seen.update(self.tables)
        return len(self.tables)


@dataclass(frozen=True)
class _Answer:
    settings: Settings
    seen: "Mapping[str, ref[pd.DataFrame] | None]"
    findings: tuple[Finding, ...]

    def holds(self, basin: Basin) -> bool:
        """Whether the question would see the very same tables. Frames are never changed in place (`Basin`)."""
        same = all(basin.tables.get(name) is (frame and frame()) for name, frame in self.seen.items())
        return same and self.alive and self.settings == basin.settings

    @property
    def alive(self) -> bool:
        return all(frame is None or frame() is not None for frame in self.seen.values())


class Remembered:
    """A question that is asked again only of tables that it has not seen."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._answers: deque[_Answer] = deque(maxlen=BASINS_KEPT)
        self._lock = threading.Lock()

    def __call__(self, basin: Basin) -> tuple[Finding, ...]:
        with self._lock:
            known = next((answer for answer in self._answers if answer.holds(basin)), None)
        return known.findings if known else self._asked(basin)

    def _asked(self, basin: Basin) -> tuple[Finding, ...]:
        watched = replace(basin)
        tables = _Watched(basin.tables)
        object.__setattr__(watched, "tables", tables)
        findings = tuple(self._question(watched))
        frames = {name: basin.tables.get(name) for name in tables.seen}
        seen = {name: None if frame is None else ref(frame) for name, frame in frames.items()}
        with self._lock:
            alive = [answer for answer in self._answers if answer.alive]
            self._answers = deque([_Answer(basin.settings, seen, findings), *alive], maxlen=BASINS_KEPT)
        return findings
