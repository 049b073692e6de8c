"""A sentence with places for what differs from time to time, and how it is found again in a text.

`People at rung {rung:figure} or above, {stage}` has a place for a figure and one for a name. A place is one of

- `{stage}`: a name or anything else that is kept as it stands,
- `{rung:figure}`: a number, written with the signs of the language,
- `{size:phrase}`: a text that has a sentence of its own, or a list of such texts,
- `{name:said}`: a phrase where there is one, else kept as it stands,
- `{column:title}`: the title of a table or column of a basin.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

Kind = Literal["name", "figure", "phrase", "said", "title"]

_PLACE: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
# Thai, Lao, Burmese and Khmer. Around Chinese, pages leave room by themselves (text-autospace).
_UNSPACED: Final = "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"
_TOUCHING: Final = re.compile(f"(?<={_UNSPACED})(?=[A-Za-z])|(?<=[A-Za-z])(?={_UNSPACED})")
_FIGURE: Final = re.compile(r"[+−-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class Place:
    """A place in a sentence: what it is called, and what may stand there."""

    name: str
    kind: Kind

    def takes(self, text: str) -> bool:
        """Whether a text may stand here, as far as its letters tell."""
        return bool(text) and (self.kind != "figure" or _FIGURE.fullmatch(text) is not None)


@dataclass(frozen=True)
class Template:
    """A sentence with its places. Two places never touch, so that the words between tell them apart."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words before, between and after the places: one more than there are places."""
        return tuple(_PLACE.split(self.text)[::3])

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """In the order of the text. Raises ValueError for a kind that there is not."""
        return tuple(Place(name, _kind(kind)) for name, kind in _PLACE.findall(self.text))

    @property
    def weight(self) -> int:
        """Letters that are not of places: of several sentences that fit a text, the one with most is meant."""
        return sum(len(words) for words in self.words)

    def found_in(self, text: str) -> dict[str, str] | None:
        """What stands in each place if the whole text is this sentence; None where it is not.

        Each word group is taken where it stands first, in one pass: no text takes longer than its length.
        """
        first, *between = self.words
        if not between:
            return {} if text == first else None
        last = between.pop()
        end = len(text) - len(last)
        if not (text.startswith(first) and text.endswith(last)) or end < len(first):
            return None
        held, start = [], len(first)
        for words in between:
            at = text.find(words, start + 1, end)
            if at < 0:
                return None
            held.append(text[start:at])
            start = at + len(words)
        held.append(text[start:end])
        pairs = list(zip(self.places, held, strict=True))
        return {place.name: part for place, part in pairs} if all(place.takes(part) for place, part in pairs) else None

    def filled(self, parts: dict[str, str]) -> str:
        """The sentence with a text in each place. A name in Latin letters stands apart from a script that sets no spaces."""
        return _TOUCHING.sub(" ", _PLACE.sub(lambda place: parts[place[1]], self.text))


def shape(text: str) -> str:
    """A sentence without the names of its places: equal for those that differ in them alone."""
    return _PLACE.sub("{}", text)


def _kind(written: str) -> Kind:
    known: tuple[Kind, ...] = get_args(Kind)
    for kind in known:
        if kind == (written or "name"):
            return kind
    raise ValueError(f"{written} is no kind of place; there are {', '.join(known)}.")
