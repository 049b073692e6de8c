"""Whether a text stands in the source: what a catalogue translates must be said somewhere."""

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from inspect import getdoc
from pathlib import Path
from typing import get_args

from planner.basin.tables import columns
from planner.plan.derived import LEVELS
from planner.plan.tables import ROW_OF
from planner.scenario.policy import Bound

ROOT = Path(__file__).parents[3]
ROOMS = ("planner", "optimization", "api")
_WORDS_OF_A_UNIT = 60  # letters at most


def stands(shape: str) -> bool:
    """Whether the source says a text of this shape: as it is, as a quantity or count, or put together of two texts."""
    said = written()
    quantity = shape.removeprefix("{} ")
    if shape in said or (
        quantity != shape and len(quantity) < _WORDS_OF_A_UNIT and said & {quantity, quantity.removesuffix("s")}
    ):
        return True
    cuts = [cut for cut in range(1, len(shape)) if shape[cut] in " ,;" and said & {shape[cut:], shape[cut:].strip()}]
    return any(shape[:cut] in {"{}", *said} for cut in cuts)


@cache
def written() -> frozenset[str]:
    """Every text with `{}` where something is filled in: constants, f-strings, what findings mean and how they are mended."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    said = {text for file in files for text in said_in(ast.parse(file.read_text(encoding="utf-8")))}
    with (ROOT / "planner/checks/catalogue.csv").open(encoding="utf-8") as lines:
        said |= {row[part] for row in csv.DictReader(lines) for part in ("remedy", "meaning")}
    # Kinds of options and aims are told by their names without underscores.
    said |= {name.replace("_", " ") for column in columns("options") for name in column.choices if column.name == "kind"}
    said |= {name.replace("_", " ") for name in get_args(Bound.model_fields["objective"].annotation)}
    # Tables of a plan and levels of administrations are called by their names; each paragraph about a table is told by itself.
    said |= {name.replace("_", " ").capitalize() for name in (*ROW_OF, *LEVELS)}
    said |= {paragraph for row in ROW_OF.values() for paragraph in (getdoc(row) or "").split("\n\n")}
    return frozenset(said)


def said_in(tree: ast.AST) -> Iterator[str]:
    """The shapes of the texts in a piece of source, those with places as one."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield re.sub(r"\{\w*\}", "{}", tree.value)
    elif isinstance(tree, ast.JoinedStr):
        told = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in tree.values)
        yield re.sub(r"\{\w*\}", "{}", told.replace("{{}}", "{}"))  # names that are filled in later
    for inner in ast.iter_child_nodes(tree):
        if not (isinstance(tree, ast.JoinedStr) and isinstance(inner, ast.Constant)):
            yield from said_in(inner)
