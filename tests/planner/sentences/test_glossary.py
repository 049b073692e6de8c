"""The glossary holds the terms as the catalogues and the page write them."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from planner.translations import ENGLISH, LANGUAGES
from tests.planner.sentences.written import ROOT

GLOSSARY = ROOT / "planner/translations/glossary.csv"
OTHERS = [code for code in LANGUAGES if code != ENGLISH]


def rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def told(code: str) -> str:
    """All that is told in a language, by the page and by the service."""
    files: list[Path] = [ROOT / f"planner/{kind}/{code}.json" for kind in ("sentences", "translations")]
    files += sorted((ROOT / "web/src/words" / code).glob("*.json"))
    return " ".join(json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False) for file in files).casefold()


def test_every_term_stands_once_and_in_every_language() -> None:
    terms = [row["en"] for row in rows()]
    assert len(set(terms)) == len(terms) > 20
    assert list(rows()[0]) == [ENGLISH, *OTHERS, "source"]
    assert [row["en"] for row in rows() if not all(row[code].strip() for code in OTHERS)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_term_is_used_as_it_stands(code: str) -> None:
    assert [row["en"] for row in rows() if row[code].casefold() not in told(code)] == []
