"""The page speaks seven languages: no word is missing in one, no word is left that nothing says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "web" / "src"
WORDS = SOURCE / "words"
LANGUAGES = ("en", "km", "lo", "my", "th", "vi", "zh")
FAMILIES = (
    "about.",
    "aims.",
    "choices.",
    "phases.",
    "rungs.",
    "runStates.",
    "units.",
    "home.plans_",
)  # asked for by a number or a unit


def texts(language: str) -> dict[str, str]:
    """Every text of a language by its key."""

    def flat(part: Any, key: str) -> Iterator[tuple[str, str]]:
        if isinstance(part, str):
            yield key, part
            return
        inner = part.items() if isinstance(part, dict) else enumerate(part)
        for name, value in inner:
            yield from flat(value, f"{key}.{name}".lstrip("."))

    parts = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((WORDS / language).glob("*.json"))]
    return {key: text for part in parts for key, text in flat(part, "")}


def asked_for() -> set[str]:
    """The keys that the page's source asks for."""
    files = [*SOURCE.rglob("*.svelte"), *(p for p in SOURCE.rglob("*.ts") if not p.name.endswith(".d.ts"))]
    quoted = re.compile(r'"([a-zA-Z]+(?:\.[a-zA-Z]+)+)"')
    known = {key.split(".")[0] for key in texts("en")}
    found = {key for file in files for key in quoted.findall(file.read_text(encoding="utf-8"))}
    return {key for key in found if key.split(".")[0] in known}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_there_in_every_language_with_the_same_figures_in_it(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert list(other) == list(english)
    assert not [key for key, text in other.items() if not text.strip()]
    figures = re.compile(r"\{\{\w+\}\}")
    assert [key for key in english if sorted(figures.findall(english[key])) != sorted(figures.findall(other[key]))] == []


def test_what_the_page_says_is_written_and_what_is_written_is_said() -> None:
    written = {key for key in texts("en") if not key.startswith(FAMILIES)}
    asked = {key for key in asked_for() if not key.startswith(("home.plans", *FAMILIES))}
    assert asked - written == set()
    assert written - asked - {"name"} == set()
