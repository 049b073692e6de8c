"""English texts in another language: each is found among the sentences of the catalogue, and said with its figures and names."""

from functools import lru_cache
from typing import Final

from planner.sentences.catalogue import Catalogue, catalogue
from planner.sentences.template import Template
from planner.translations.languages import ENGLISH

LETTERS_AT_MOST: Final = 2000  # what is longer is no sentence of ours
_DEPTH_AT_MOST: Final = 12
_PARTS_AT_MOST: Final = 12
_AND: Final = " and "
_COMMA: Final = ", "
_STOP: Final = ". "


@lru_cache(maxsize=20_000)
def in_language(text: str, code: str) -> str:
    """The text in a language, or as it stands where the language has no such sentence. Several sentences are said one by one."""
    if code == ENGLISH or not text or len(text) > LETTERS_AT_MOST:
        return text
    return _Said(catalogue(code)).text(text) or text


class _Said:
    """Finds one text in a catalogue; what was looked for once is not looked for again."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._seen: dict[str, str | None] = {}

    def text(self, text: str) -> str | None:
        """One sentence, a list of phrases, or sentences one after the other; None where a part of it is not known."""
        return self._phrase(text, 0) or self._sentences(text)

    def _sentences(self, text: str) -> str | None:
        first, stop, rest = text.partition(_STOP)
        if not stop:
            return None
        said, others = self._phrase(f"{first}.", 0), self.text(rest)
        return f"{said} {others}" if said and others else None

    def _phrase(self, text: str, depth: int) -> str | None:
        if depth > _DEPTH_AT_MOST:
            return None
        if text not in self._seen:
            self._seen[text] = None  # while it is looked for, it is not found within itself
            self._seen[text] = self._whole(text, depth) or self._listed(text, depth)
        return self._seen[text]

    def _whole(self, text: str, depth: int) -> str | None:
        for english, translation in self._known.that_may_be(text):
            parts = english.found_in(text)
            said = None if parts is None else self._filled(english, translation, parts, depth)
            if said is not None:
                return said
        return None

    def _filled(self, english: Template, translation: Template, parts: dict[str, str], depth: int) -> str | None:
        told = {}
        for place in english.places:
            part = parts[place.name]
            if place.kind in ("phrase", "said"):
                said = self._phrase(part, depth + 1)
                if said is None and place.kind == "phrase":
                    return None
                told[place.name] = part if said is None else said
            else:
                told[place.name] = self._known.part(place, part)
        return translation.filled(told)

    def _listed(self, text: str, depth: int) -> str | None:
        """`a, b and c`, where each is a phrase."""
        for between, sign in ((_COMMA, self._known.comma), (_AND, self._known.last)):
            at = text.find(between)
            tried = 0
            while at > 0 and tried < _PARTS_AT_MOST:
                first = self._whole(text[:at], depth + 1)
                rest = self._phrase(text[at + len(between) :], depth + 1) if first else None
                if first and rest:
                    return f"{first}{sign}{rest}"
                at, tried = text.find(between, at + 1), tried + 1
        return None
