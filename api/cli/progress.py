"""What a command is doing, while it does it: one live line on a terminal, plain lines elsewhere. On standard error."""

import textwrap
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import TracebackType
from typing import Any, Protocol

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner

from planner.plan.words import percent_at_most, quantity

NEWS_EVERY_SECONDS = 2.0
MESSAGE_AT_MOST = 120
OBJECTIVES = {
    "cost": "cost",
    "access": "access",
    "environmental_flow_deficit": "what the river lacks",
    "conservation": "conservation",
    "weighted_sum": "the weighted sum",
}


class News(Protocol):
    """What a line of news is made of: the solver's own, or what a service tells of a run."""

    @property
    def objective(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def phase(self) -> str: ...
    @property
    def incumbent(self) -> float | None: ...
    @property
    def bound(self) -> float | None: ...
    @property
    def gap(self) -> float | None: ...
    @property
    def message(self) -> str: ...


@dataclass(frozen=True)
class RunNews:
    """News of a run as a service tells it: before the search there is only a phase and a message."""

    objective: str = ""
    unit: str = ""
    phase: str = "working"
    incumbent: float | None = None
    bound: float | None = None
    gap: float | None = None
    message: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "RunNews":
        return cls(**{one.name: data[one.name] for one in fields(cls) if data.get(one.name) is not None})


class Progress:
    """News of a command. Use as a context; call `now` at each step and `news` with the solver's events."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step, self._since = "Starting", time.monotonic()
        self._event: News | None = None
        self._printed = ("", 0.0)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)
        self._live: Live | None = None

    def __enter__(self) -> "Progress":
        if self._console.is_terminal:
            spinner = Spinner("dots")
            self._live = Live(
                console=self._console, refresh_per_second=4, transient=True, get_renderable=lambda: self._drawn(spinner)
            )
            self._live.start()
        else:
            self._ticker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        if self._live is not None:
            self._live.stop()
        else:
            self._ticker.join()

    def now(self, step: str) -> None:
        """Say what is being done from here on."""
        with self._lock:
            self._step, self._since, self._event = step, time.monotonic(), None
        self._print_new()

    def news(self, event: "News") -> None:
        """Take news of the solver."""
        with self._lock:
            self._event = event
        self._print_new()

    def remark(self, sentence: str) -> None:
        """Print a sentence that stays."""
        self._console.print(sentence, soft_wrap=True)

    def line(self) -> str:
        """Where things stand, in one line."""
        with self._lock:
            step, event, since = self._step, self._event, self._since
        seconds = time.monotonic() - since
        return " · ".join([f"{step}, {seconds:.0f} s", *_standing(event)])

    def _drawn(self, spinner: Spinner) -> Spinner:
        spinner.update(text=self.line())
        return spinner

    def _print_new(self) -> None:
        """Print at once when a new step or phase begins; the ticker prints the rest."""
        name = f"{self._step}/{self._event and (self._event.objective, self._event.phase)}"
        if self._live is None and name != self._printed[0]:
            self._print(name)

    def _print(self, name: str) -> None:
        self._printed = (name, time.monotonic())
        self._console.print(self.line(), soft_wrap=True)

    def _tick(self) -> None:
        while not self._ended.wait(0.2):
            if time.monotonic() - self._printed[1] >= NEWS_EVERY_SECONDS - 0.2:
                self._print(self._printed[0])


def _standing(event: "News | None") -> Iterator[str]:
    if event is None:
        return
    unit = event.unit.removesuffix(" of the base year")
    words = (event.message or event.phase).splitlines()[0]
    told = textwrap.shorten(words, MESSAGE_AT_MOST, placeholder="…")
    yield f"{_objective(event.objective)}: {told}" if event.objective else told
    yield "no plan yet" if event.incumbent is None else f"best plan {quantity(event.incumbent, unit)}"
    if event.bound is not None:
        yield f"no plan below {quantity(event.bound, unit)}"
    if event.gap is not None:
        of_all = " of all people" if event.unit == "persons" else ""
        yield "proven best" if event.gap <= 0 else f"at most {percent_at_most(event.gap)}{of_all} from the best"


def _objective(name: str) -> str:
    return OBJECTIVES.get(name, name.replace("_", " "))
