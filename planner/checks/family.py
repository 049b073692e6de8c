"""A check and the tables it needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.basin.basin import Basin
from planner.checks.finding import Finding


@dataclass(frozen=True)
class Check:
    """One question to a basin. It is asked only where every table in `needs` could be read (`basin`: the settings).

    `about` is the table whose rows alone can be at fault: where it has none, nothing is asked.
    """

    run: Callable[[Basin], Iterable[Finding]]
    needs: tuple[str, ...]
    about: str | None = None
