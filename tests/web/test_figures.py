"""Figures of the page and of the service's sentences on it are written in the same way."""

import json
import re
from pathlib import Path

from planner.translations import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
IN_ENGLISH = "0123456789,."
A_LANGUAGE_S = re.compile(r'(\w\w): "(.{12})"')


def test_the_page_writes_figures_with_the_signs_of_the_service() -> None:
    page = dict(A_LANGUAGE_S.findall((ROOT / "web" / "src" / "words" / "signs.ts").read_text(encoding="utf-8")))
    service = {
        code: json.loads((ROOT / "planner" / "sentences" / f"{code}.json").read_text(encoding="utf-8"))["figures"]
        for code in LANGUAGES
        if code != ENGLISH
    }
    browsers_know = {"vi"}
    assert page == {code: signs for code, signs in service.items() if signs != IN_ENGLISH and code not in browsers_know}
