"""How a command answers: to people or to machines, and with which exit code."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console, RenderableType

if TYPE_CHECKING:
    from planner.plan.conflict import IrreducibleConflict
    from planner.scenario.way_out import WayOut

DONE = 0
WRONG = 2  # findings of severity error, or an input that cannot be used
NO_PLAN = 3  # it is shown that no plan exists
NO_PLAN_YET = 4  # stopped without a plan; one may exist
INTERRUPTED = 130  # Ctrl-C outside a solve, or twice

NARROWEST_WHEN_PIPED = 120


class CliError(Exception):
    """An input that cannot be used, said in one sentence."""


def console(*, stderr: bool = False) -> Console:
    """A console that prints what it is given: names in brackets are names, not markup."""
    plain = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not plain.is_terminal and plain.width < NARROWEST_WHEN_PIPED:
        plain.width = NARROWEST_WHEN_PIPED
    return plain


@dataclass
class Answer:
    """Where a command's words go. With `as_json` people's words are left out and one document is printed."""

    as_json: bool
    out: Console = field(default_factory=console)
    err: Console = field(default_factory=lambda: console(stderr=True))

    def say(self, *what: RenderableType) -> None:
        """Print for people."""
        if not self.as_json:
            for item in what:
                self.out.print(item, soft_wrap=isinstance(item, str))

    def document(self, content: Any) -> None:
        """Print for machines: one JSON document, in which what is not a finite number is null."""
        if self.as_json:
            typer.echo(json.dumps(_plain(content), ensure_ascii=False, indent=1, allow_nan=False))

    def fail(self, sentence: str, code: int, findings: Sequence[Any] = (), **more: Any) -> typer.Exit:
        """Say why there is no result; returns the exit to raise."""
        from api.cli.findings import show

        if self.as_json:
            self.document({"message": sentence, "findings": [item.to_dict() for item in findings], **more})
        else:
            show(findings, self.err)
            self.err.print(sentence, soft_wrap=True)
        return typer.Exit(code)

    def tell_ways_out(self, ways: "Sequence[WayOut]") -> None:
        """Print what a scenario may change so that a plan exists, as it would write it."""
        import yaml

        if not ways or self.as_json:
            return
        self.err.print("Ways out, each solved before it is told:", soft_wrap=True)
        for number, way in enumerate(ways, start=1):
            self.err.print(f"{number}. {way.title}", soft_wrap=True)
            said = {key: value for key, value in way.to_dict().items() if key != "title" and value}
            self.err.print(yaml.safe_dump(said, sort_keys=False, allow_unicode=True), soft_wrap=True)

    def tell_conflict(self, conflict: "IrreducibleConflict | None") -> None:
        """Print the limits that cannot all hold, or why none are given."""
        if conflict is None or self.as_json:
            return
        if not conflict.parts:
            self.err.print(conflict.note, soft_wrap=True)
            return
        self.err.print("These limits cannot all hold, and without any one of them they can:", soft_wrap=True)
        for part in conflict.parts:
            self.err.print(f"- {part.in_words()}", soft_wrap=True)


@contextmanager
def answering(as_json: bool) -> Iterator[Answer]:
    """Run a command's body; what goes wrong with its input becomes words and an exit code, never a traceback."""
    from planner.checks.finding import BasinError
    from planner.plan.outcome import NoPlan
    from planner.plan.store import PlanError
    from planner.scenario.scenario import ScenarioError

    answer = Answer(as_json)
    try:
        yield answer
    except (CliError, PlanError) as error:
        raise answer.fail(str(error), WRONG) from None
    except BasinError as error:
        raise answer.fail(f"The basin cannot be used: {_count(error.findings)}.", WRONG, error.findings) from None
    except ScenarioError as error:
        raise answer.fail(f"The scenario cannot be used: {_count(error.findings)}.", WRONG, error.findings) from None
    except NoPlan as outcome:
        code = NO_PLAN if outcome.proven else NO_PLAN_YET
        ways = [way.to_dict() for way in outcome.ways_out]
        conflict = None if outcome.conflict is None else outcome.conflict.to_dict()
        failed = answer.fail(str(outcome), code, outcome.findings, status=outcome.status, ways_out=ways, conflict=conflict)
        answer.tell_conflict(outcome.conflict)
        answer.tell_ways_out(outcome.ways_out)
        raise failed from None
    except KeyboardInterrupt:
        raise answer.fail("Stopped.", INTERRUPTED) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise answer.fail(f"{place}{error.strerror or error}.", WRONG) from None


def _count(findings: Sequence[Any]) -> str:
    return "1 finding" if len(findings) == 1 else f"{len(findings)} findings"


def _plain(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {str(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    if hasattr(content, "item") and not isinstance(content, str | bytes):
        content = content.item()
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
