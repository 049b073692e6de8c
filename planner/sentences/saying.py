"""English texts in another language: each is found among the sentences of the catalogue, and said with its figures and names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from planner.sentences.catalogue import Catalogue, catalogue
from planner.sentences.template import Template
from planner.translations.languages import ENGLISH

LETTERS_AT_MOST: Final = 2000  # what is longer is no sentence of ours
_DEPTH_AT_MOST: Final = 12
_PARTS_AT_MOST: Final = 12
_AND: Final = " and "
_SEMICOLON: Final = "; "
_COMMA: Final = ", "
_STOP: Final = ". "


@lru_cache(maxsize=20_000)
def in_language(text: str, code: str) -> str:
    """The text in a language, or as it stands where the language has no such sentence. Several sentences are said one by one."""
    if code == ENGLISH or not text or len(text) > LETTERS_AT_MOST:
        return text
    return _Said(catalogue(code)).text(text) or text


@dataclass(frozen=True)
class _Told:
    """A text in the language, and how many of its letters are kept as they stand: names, and what was not known."""

    text: str
    kept: int


class _Said:
    """Finds one text in a catalogue; what was looked for once is not looked for again.

    Where several sentences fit a text, the one is meant that keeps the fewest letters as names, of those the longest.
    """

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._seen: dict[str, _Told | None] = {}

    def text(self, text: str) -> str | None:
        """One sentence, a list of phrases, or sentences one after the other; None where a part of it is not known."""
        told = self._one(text)
        if told is None or told.kept:
            told = self._sentences(text) or told
        return told.text if told else None

    def _one(self, text: str) -> _Told | None:
        """One phrase or sentence, as it stands or begun with a capital: what keeps fewer letters as names."""
        told = self._phrase(text, 0)
        begun = self._begun(text) if told is None or told.kept else None
        return begun if begun and (told is None or begun.kept < told.kept) else told

    def _begun(self, text: str) -> _Told | None:
        """A phrase that begins a sentence, and so with a capital, in either language."""
        told = self._phrase(text[0].lower() + text[1:], 0) if text[0].isupper() else None
        return None if told is None else _Told(told.text[0].upper() + told.text[1:], told.kept)

    def _sentences(self, text: str) -> _Told | None:
        first, stop, rest = text.partition(_STOP)
        if not stop:
            return None
        said, others = self._one(f"{first}."), self.text(rest)
        return _Told(f"{said.text} {others}", said.kept) if said and others else None

    def _phrase(self, text: str, depth: int) -> _Told | None:
        if depth > _DEPTH_AT_MOST:
            return None
        if text not in self._seen:
            self._seen[text] = None  # while it is looked for, it is not found within itself
            self._seen[text] = self._best(text, depth)
        return self._seen[text]

    def _best(self, text: str, depth: int) -> _Told | None:
        best: _Told | None = None
        for told in self._each(text, depth):
            if told.kept == 0:
                return told
            best = told if best is None or told.kept < best.kept else best
        return best

    def _each(self, text: str, depth: int) -> Iterator[_Told]:
        title = None if text in self._known.texts else self._title(text)
        if title is not None:
            yield title
        # What stands between semicolons is one thing after the other before it is part of anything else.
        yield from self._listed(text, depth, _SEMICOLON, _SEMICOLON)
        for english, translation in self._known.that_may_be(text):
            parts = english.found_in(text)
            told = None if parts is None else self._filled(english, translation, parts, depth)
            if told is not None:
                yield told
        yield from self._listed(text, depth, _COMMA, self._known.comma)
        yield from self._listed(text, depth, _AND, self._known.last)

    def _title(self, text: str) -> _Told | None:
        title = self._known.titles.get(text)
        return None if title is None else _Told(title, 0)

    def _filled(self, english: Template, translation: Template, parts: dict[str, str], depth: int) -> _Told | None:
        told, kept = {}, 0
        for place in english.places:
            part = parts[place.name]
            said = self._title(part) if place.kind == "title" else None
            if place.kind in ("phrase", "said"):
                said = self._phrase(part, depth + 1)
            if said is None and place.kind in ("phrase", "title"):
                return None
            told[place.name] = said.text if said else self._known.part(place, part)
            kept += said.kept if said else 0 if place.kind == "figure" else len(part)
        return _Told(translation.filled(told), kept)

    def _listed(self, text: str, depth: int, between: str, sign: str) -> Iterator[_Told]:
        """`a, b` with one sign between, where each is a phrase or such a list itself."""
        at = text.find(between)
        tried = 0
        while at > 0 and tried < _PARTS_AT_MOST:
            first = self._phrase(text[:at], depth + 1)
            rest = self._phrase(text[at + len(between) :], depth + 1) if first else None
            if first and rest:
                yield _Told(f"{first.text}{sign}{rest.text}", first.kept + rest.kept)
            at, tried = text.find(between, at + 1), tried + 1
