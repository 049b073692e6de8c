"""Findings about changes and policies, with a pointer into the body that was sent."""

import re
from collections.abc import Iterable
from dataclasses import replace

from planner.checks.finding import Finding

_PART = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


def with_pointers(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a scenario, each with the JSON pointer of its key: `changes[3].set.x` → `/changes/3/set/x`."""
    return [replace(item, where=pointer(item.column)) if item.table is None and item.column else item for item in findings]


def pointer(place: str) -> str:
    """A place such as `changes[3].set.capex_usd` as a JSON pointer."""
    parts = (number or name for number, name in _PART.findall(place))
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)
