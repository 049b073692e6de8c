"""The languages that texts are there in, read from the files beside this one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

HERE = Path(__file__).parent
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(path.stem for path in HERE.glob("*.json")))
State = Literal["reviewed", "unreviewed"]


@dataclass(frozen=True)
class Language:
    """A language: its code (BCP 47), its own name, whether people who speak it have read the texts, and the texts by key.

    English has no texts of its own: it is what stands in the code.
    """

    code: str
    title: str
    state: State
    texts: Mapping[str, str]


@cache
def language(code: str) -> Language:
    """The language of a code. Raises KeyError where there is none, ValueError where its file is not one."""
    if code == ENGLISH:
        return Language(ENGLISH, "English", "reviewed", MappingProxyType({}))
    if code not in LANGUAGES:
        raise KeyError(code)
    content = json.loads((HERE / f"{code}.json").read_text(encoding="utf-8"))
    if content["language"] != code or content["state"] not in get_args(State):
        raise ValueError(f"{code}.json does not say its language and state.")
    return Language(code, content["title"], content["state"], MappingProxyType(content["texts"]))
