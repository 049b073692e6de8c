"""Titles of a basin's tables and columns in another language, as sentences name them: as they stand, and in small letters."""

import re
from types import MappingProxyType
from typing import Final

from planner.basin.reference import json_schema
from planner.basin.tables import ROW_OF
from planner.translations.languages import ENGLISH, language
from planner.translations.texts import english

_KIND_NAMES: Final = sorted({row.key[0].replace("_", " ") for row in ROW_OF.values()}, key=len, reverse=True)
_KINDS: Final = re.compile(f"(^|, )({'|'.join(_KIND_NAMES)}) ")


def titles_told(code: str) -> MappingProxyType[str, str]:
    """What each English title of a table or column of a basin is in the language.

    `Use demand` is there as `use demand` too, and then begins small in the language. Of several columns that are called the
    same, the first one's title is meant. Raises KeyError where there is no such language.
    """
    texts, told = language(code).texts, dict[str, str]()
    for key, title in english({"basin": json_schema()}).items():
        if key.endswith(".title") and key in texts:
            said = texts[key]
            told.setdefault(title, said)
            for small in (_begun_small(title), title.lower()):
                told.setdefault(small, _begun_small(said))
    return MappingProxyType(told)


def place_told(place: str, code: str) -> str:
    """A place of the audit such as `village Lam Pat, stage 2027–2031` with its kinds in the language, and names as they stand."""
    if code == ENGLISH:
        return place
    told = titles_told(code)
    return _KINDS.sub(lambda kind: f"{kind[1]}{told.get(kind[2], kind[2])} ", place)


def _begun_small(text: str) -> str:
    return text[:1].lower() + text[1:]
