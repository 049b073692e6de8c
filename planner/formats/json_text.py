"""Bytes of JSON → plain content, or findings: what JSON leaves open is refused."""

import json
from typing import Any, NoReturn

from planner.checks.finding import BasinError
from planner.checks.report import found, shown

DEPTH_AT_MOST = 20
DIGITS_AT_MOST = 18


def parse_json(data: bytes) -> Any:
    """The content of UTF-8 JSON as dicts, lists and plain values. Raises `BasinError` with a finding.

    Refused are keys that stand twice, NaN and Infinity, and nesting deeper than any basin has. A whole number of too many
    digits becomes a float, as a number too large becomes infinite; where such may not stand is for the reader to say.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse("document.syntax", f"Byte {error.start + 1} of the document is not UTF-8.")
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_constant=_constant)
    except json.JSONDecodeError as error:
        problem = error.msg[0].lower() + error.msg[1:]
        _refuse("document.syntax", f"Line {error.lineno}, character {error.colno}: {problem}.")
    except RecursionError:
        _refuse("document.too_deep", "The document is nested too deep.")
    _demand_shallow(content)
    return content


def _refuse(code: str, message: str, value: Any = None) -> NoReturn:
    raise BasinError([found(code, message, value=value)]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        _refuse("document.key_twice", f"The key {shown(twice)!r} stands twice in one object.", twice)
    return content


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= DIGITS_AT_MOST else float(digits)


def _constant(name: str) -> NoReturn:
    _refuse("document.syntax", f"{name} is not a number that JSON knows.", name)


def _demand_shallow(content: Any) -> None:
    """Refuse content that is nested deeper than any reader should follow, level by level without recursion."""
    level = [content] if isinstance(content, dict | list) else []
    for _ in range(DEPTH_AT_MOST):
        inner = (item for outer in level for item in (outer.values() if isinstance(outer, dict) else outer))
        level = [item for item in inner if isinstance(item, dict | list)]
        if not level:
            return
    _refuse("document.too_deep", f"The document is nested deeper than {DEPTH_AT_MOST} levels.")
