"""What is wrong with a rule, and where in its text."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["expression", "where", "foreach"]


@dataclass(frozen=True)
class Span:
    """Characters of a text, from `start` up to before `end`."""

    start: int
    end: int


class RuleError(ValueError):
    """A rule cannot be used. `span` are the characters of the part of the rule that it is about."""

    def __init__(self, message: str, span: Span, remedy: str = "", part: Part = "expression") -> None:
        self.message, self.span, self.remedy, self.part = message, span, remedy, part
        super().__init__(message)

    def within(self, part: Part) -> "RuleError":
        """The same, said of another part of the rule."""
        return RuleError(self.message, self.span, self.remedy, part)

    def pointed(self, text: str) -> str:
        """The line of the text with a caret below the place."""
        start = min(self.span.start, len(text))
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        line = text[begin:] if end < 0 else text[begin:end]
        width = max(1, min(self.span.end, begin + len(line)) - start)
        return f"{line}\n{' ' * (start - begin)}{'^' * width}"

    def place(self, text: str) -> str:
        """Line and character, counted from 1."""
        before = text[: min(self.span.start, len(text))]
        return f"line {before.count(chr(10)) + 1}, character {len(before) - before.rfind(chr(10))}"
