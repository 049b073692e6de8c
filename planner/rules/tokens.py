"""A rule's text as tokens, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal

from planner.rules.errors import RuleError, Span

Kind = Literal["name", "number", "text", "unit", "sign", "end"]
TOKENS_AT_MOST = 1500
_PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>[^\W\d]\w*)
  | (?P<text>"[^"\n]*")
  | (?P<sign><=|>=|!=|[=<>+\-*/()\[\],:.])
    """,
    re.VERBOSE,
)
_UNIT = re.compile(r"\[([^\[\]\n]{0,60})\]")
WORDS = frozenset({"sum", "min", "max", "piecewise", "where", "in", "as", "and", "or", "not"})


@dataclass(frozen=True)
class Token:
    """One word of a rule."""

    kind: Kind
    text: str
    span: Span


def tokens(text: str) -> list[Token]:
    """The tokens of a text, the last of kind `end`. Raises RuleError at a character that means nothing."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        # Directly after a number, brackets hold its unit; elsewhere they hold indices.
        unit = _UNIT.match(text, position) if found and found[-1].kind == "number" else None
        match = unit or _PATTERN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        span = Span(position, match.end())
        position = match.end()
        if unit is not None:
            found.append(Token("unit", unit.group(1).strip(), span))
        elif match.lastgroup != "space":
            found.append(_token(match, span))
        if len(found) > TOKENS_AT_MOST:
            raise RuleError("The rule is too long.", span, f"Write it with at most {TOKENS_AT_MOST} words and signs.")
    return [*found, Token("end", "", Span(len(text), len(text)))]


def _token(match: "re.Match[str]", span: Span) -> Token:
    if match.lastgroup == "text":
        return Token("text", match.group()[1:-1], span)
    if match.lastgroup == "number":
        return Token("number", match.group(), span)
    return Token("name" if match.lastgroup == "name" else "sign", match.group(), span)


def _unreadable(text: str, position: int) -> RuleError:
    span = Span(position, position + 1)
    if text[position] == '"':
        return RuleError("The quotation mark is not closed.", Span(position, len(text)), 'Close it with ".')
    if text[position] in "'‘’“”":
        return RuleError("Names are quoted otherwise.", span, 'Put a name between straight double quotation marks: "name".')
    meant = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"}.get(text[position])
    remedy = f"Write {meant}." if meant else "Leave it out."
    return RuleError(f"The character {text[position]!r} means nothing here.", span, remedy)
