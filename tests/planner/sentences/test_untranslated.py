"""What is still said in English only is listed, sentence by sentence: a new one is translated, or listed knowingly."""

import ast
import csv
from collections.abc import Iterator
from typing import Final

from api.errors import ApiProblem
from planner.sentences import Template, catalogue, shape
from tests.planner.sentences.written import ROOT, said_in

LIST: Final = ROOT / "tests/planner/sentences/untranslated.txt"
ROOMS: Final = ("planner/checks", "planner/scenario", "optimization", "api")
MAKERS: Final = {"found", "finding", "at_rows", "fault", "rows_needed", "Demand", "Suspect", "WayOut"}


def problems(kind: type[ApiProblem]) -> Iterator[str]:
    """Names of all kinds of problems."""
    yield kind.__name__
    for one in kind.__subclasses__():
        yield from problems(one)


def sentences() -> Iterator[str]:
    """The shapes of sentences that stand where problems and findings are made, and of all remedies of findings."""
    makers = MAKERS | set(problems(ApiProblem))
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
                if name in makers:
                    yield from said_in(node)
    with (ROOT / "planner/checks/catalogue.csv").open(encoding="utf-8") as lines:
        yield from (row["remedy"] for row in csv.DictReader(lines))


def in_english_only() -> set[str]:
    """Those of them that no sentence of the catalogues is, nor takes."""
    known = [Template(english) for english in catalogue("km").texts if english != "{said:phrase}."]
    shapes = {shape(template.text) for template in known}
    told = {text for text in sentences() if " " in text and text.endswith((".", "?"))}
    return {text for text in told - shapes if not any(f"{text[:1].lower()}{text[1:].rstrip('.')}" == one for one in shapes)}


def test_what_is_said_in_english_only_is_listed() -> None:
    listed = LIST.read_text(encoding="utf-8").splitlines()
    assert sorted(in_english_only() - set(listed)) == [], "Translate these in planner/sentences, or list them."
    assert sorted(set(listed) - in_english_only()) == [], "Take these off the list: they are translated, or no longer said."
    assert listed == sorted(listed)
