"""The catalogues of sentences, one file a language beside this one: each English sentence with what it is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final, get_args

from planner.sentences.template import Place, Template
from planner.sentences.titles import titles_told
from planner.translations.languages import ENGLISH, LANGUAGES, State

_HERE: Final = Path(__file__).parent
Pairs = tuple[tuple[Template, Template], ...]

_ENGLISH_FIGURES: Final = "0123456789,."


@dataclass(frozen=True)
class Catalogue:
    """The sentences of a language.

    `state` says whether people who speak it have read them. `figures` are its ten digits, the sign between thousands and
    that before decimals; `comma` and `last` stand between the parts of a list. None of these languages has a plural: a noun is
    the same for one and for many, so that the English singular and plural are two sentences with one translation. `titles`
    are those of a basin's tables and columns, which sentences name.
    """

    code: str
    state: State
    figures: str
    comma: str
    last: str
    texts: dict[str, str]
    titles: Mapping[str, str]

    @cached_property
    def sentences(self) -> Pairs:
        """Every English sentence with its translation, those that say most themselves first."""
        pairs = ((Template(english), Template(said)) for english, said in self.texts.items())
        return tuple(sorted(pairs, key=lambda pair: -pair[0].weight))

    def that_may_be(self, text: str) -> Pairs:
        """Those of the sentences that begin as the text does, or with a place, in their order."""
        return self._by_letter.get(text[:1], self._by_letter[""])

    @cached_property
    def _by_letter(self) -> dict[str, Pairs]:
        letters = {"", *(english.words[0][:1] for english, _ in self.sentences)}
        return {letter: tuple(pair for pair in self.sentences if pair[0].words[0][:1] in ("", letter)) for letter in letters}

    def figure(self, text: str) -> str:
        """A number that is written in English, with the digits and signs of the language."""
        return text.translate(str.maketrans(_ENGLISH_FIGURES, self.figures))

    def part(self, place: Place, text: str) -> str:
        """What stands in a place of kind `name` or `figure`."""
        return self.figure(text) if place.kind == "figure" else text


@cache
def catalogue(code: str) -> Catalogue:
    """The sentences of a language. Raises KeyError where there is none, ValueError where its file is not one."""
    if code == ENGLISH or code not in LANGUAGES:
        raise KeyError(code)
    content = json.loads((_HERE / f"{code}.json").read_text(encoding="utf-8"))
    if content["language"] != code or content["state"] not in get_args(State) or len(content["figures"]) != len(_ENGLISH_FIGURES):
        raise ValueError(f"{code}.json does not say its language, state and figures.")
    signs = (content["figures"], content["comma"], content["last"])
    return Catalogue(code, content["state"], *signs, content["texts"], titles_told(code))
