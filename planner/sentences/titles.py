"""Titles of a basin's tables and columns in another language, as sentences name them: as they stand, and in small letters."""

from types import MappingProxyType

from planner.basin.reference import json_schema
from planner.translations.languages import language
from planner.translations.texts import english


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


def _begun_small(text: str) -> str:
    return text[:1].lower() + text[1:]
