"""The texts of JSON schemas by key, and schemas in other languages.

A key says where a text stands: `villages.title` is the title of the table, `villages.village.title` that of its column
`village`, `floor.rung.help` the help of the key `rung` of a policy's floor.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from planner.translations.languages import Language

PARTS: Final = {"title": "title", "help": "description"}


def english(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Every text of several schemas, each given with its name, by key."""
    return {key: holder[part] for name, schema in schemas.items() for key, holder, part in _texts(schema, name)}


def translated(schema: Mapping[str, Any], name: str, language: Language) -> dict[str, Any]:
    """A copy of the schema with its texts in the language, English where it has none.

    `x-language` and `x-translation` say which language that is, and whether it was reviewed.
    """
    content = copy.deepcopy(dict(schema))
    for key, holder, part in list(_texts(content, name)):
        holder[part] = language.texts.get(key, holder[part])
    return {**content, "x-language": language.code, "x-translation": language.state}


def untranslated(texts: Mapping[str, str], language: Language, *, parts: Iterable[str] = PARTS) -> dict[str, str]:
    """The English texts, by key, that the language does not have yet; `parts` are of title and help."""
    wanted = tuple(f".{part}" for part in parts)
    return {key: text for key, text in texts.items() if key not in language.texts and key.endswith(wanted)}


def _texts(schema: Any, name: str) -> Iterator[tuple[str, Any, str]]:
    """Key, the part of the schema that holds the text, and under which of its keys."""
    yield from _object(schema, name)
    for definition, inner in schema.get("$defs", {}).items():
        yield from _object(inner, _snake(definition))


def _object(schema: Any, name: str) -> Iterator[tuple[str, Any, str]]:
    yield from _of_one(schema, name)
    for key, inner in schema.get("properties", {}).items():
        rows = inner.get("items", {})
        if "properties" in rows:
            yield from _of_one(inner, key)
            yield from _object(rows, key)
        elif "properties" in inner:
            yield from _object(inner, key)
        else:
            yield from _of_one(inner, f"{name}.{key}")


def _of_one(schema: Any, key: str) -> Iterator[tuple[str, Any, str]]:
    for said, part in PARTS.items():
        if isinstance(schema.get(part), str) and schema[part]:
            yield f"{key}.{said}", schema, part


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
