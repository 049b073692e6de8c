"""Plain content of JSON that the planner reads by itself: bounded before it gets there."""

import math
from typing import Annotated, Any

from pydantic import AfterValidator

DEPTH_AT_MOST = 12
INTEGER_AT_MOST = 10**18


def bounded(content: Any) -> Any:
    """The content, if databases can keep it and readers can follow it. Raises ValueError."""
    level = [content]
    for _ in range(DEPTH_AT_MOST):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                inner += item
            else:
                _demand_plain(item)
        if not inner:
            return content
        level = inner
    raise ValueError(f"Nested deeper than {DEPTH_AT_MOST} levels.")


def _demand_plain(item: Any) -> None:
    if isinstance(item, str) and any(_unusable(character) for character in item):
        raise ValueError("Text has no control characters and no halves of characters.")
    if isinstance(item, float) and not math.isfinite(item):
        raise ValueError("Numbers are finite.")
    if isinstance(item, int) and abs(item) > INTEGER_AT_MOST:
        raise ValueError(f"Whole numbers are at most {INTEGER_AT_MOST}.")


def _unusable(character: str) -> bool:
    return (character < " " and character not in "\n\t") or character == "\x7f" or "\ud800" <= character <= "\udfff"


PlainObject = Annotated[dict[str, Any], AfterValidator(bounded)]
PlainList = Annotated[list[Any], AfterValidator(bounded)]
