"""A check and the tables it needs."""

from dataclasses import dataclass, field

from planner.checks.remembered import Question, Remembered


@dataclass(frozen=True)
class Check:
    """One question to a basin. It is asked only where every table in `needs` could be read (`basin`: the settings).

    `about` is the table whose rows alone can be at fault: where it has none, nothing is asked.
    """

    run: Question
    needs: tuple[str, ...]
    about: str | None = None
    findings: Remembered = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "findings", Remembered(self.run))
