"""The shapes of all texts that stand in the source: what a catalogue translates must be one of them."""

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("planner", "optimization", "api")


@cache
def written() -> frozenset[str]:
    """Every text with `{}` where something is filled in: constants, f-strings and the remedies of findings."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    said = {text for file in files for text in _of(ast.parse(file.read_text(encoding="utf-8")))}
    with (ROOT / "planner/checks/catalogue.csv").open(encoding="utf-8") as lines:
        said |= {row[part] for row in csv.DictReader(lines) for part in ("remedy", "meaning")}
    # A quantity is a figure with any unit, and a count one with any noun.
    return frozenset(
        said | {f"{{}} {unit}" for unit in said if len(unit) < 60} | {f"{{}} {noun}s" for noun in said if len(noun) < 60}
    )


def _of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w*\}", "{}", node.value)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
