"""In which language a page is told: whatever stands on it in English is found among the sentences of that language."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from planner.plan.words import listed
from planner.sentences import catalogue, in_language
from planner.translations import ENGLISH, LANGUAGES, Language, language

_TOLD_IN: Final[ContextVar[str]] = ContextVar("page_language", default=ENGLISH)
_FIGURE: Final = re.compile(r"\d[\d,]*(\.\d+)?")


@contextmanager
def telling(code: str) -> Iterator[None]:
    """While this holds, pages are told in the language. Raises ValueError for a code that is none of LANGUAGES."""
    if code not in LANGUAGES:
        raise ValueError(f"There are no texts in {code}. The languages are {', '.join(LANGUAGES)}.")
    token = _TOLD_IN.set(code)
    try:
        yield
    finally:
        _TOLD_IN.reset(token)


def told_in() -> Language:
    """The language in which pages are told now: English, unless `telling` says another."""
    return language(_TOLD_IN.get())


def told(text: str) -> str:
    """The text in that language, with its signs for figures; names, and what the language has no sentence for, as they stand."""
    code = _TOLD_IN.get()
    if code == ENGLISH:
        return text
    if any(letter.isalpha() for letter in text):
        said = text.strip()
        return text.replace(said, in_language(said, code))
    return _FIGURE.sub(lambda found: catalogue(code).figure(found[0]), text)


def told_list(items: Sequence[str]) -> str:
    """The items, each told by itself, as a list: `a, b and c`."""
    code = _TOLD_IN.get()
    if code == ENGLISH:
        return listed(list(items))
    signs, parts = catalogue(code), [told(item) for item in items]
    return signs.last.join([signs.comma.join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def told_title(table: str, column: str, title: str) -> str:
    """The title of a column as the forms of that language have it, else as it stands."""
    return told_in().texts.get(f"{table}.{column}.title", title)
