"""What can be filled in, as JSON schemas, in every language."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from api.schemas.runs import RunLimits
from planner.basin.reference import json_schema
from planner.plan.preferences import Preference
from planner.scenario.policy import Policy
from planner.scenario.scenario import Scenario
from planner.sentences import in_language
from planner.translations import english, language, translated

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Form = Literal["basin", "scenario", "policy", "preferences", "run-limits"]
FORMS: tuple[Form, ...] = get_args(Form)
_MODELS: dict[Form, Any] = {
    "scenario": Scenario,
    "policy": Policy,
    "preferences": list[Preference],
    "run-limits": RunLimits,
}


@dataclass(frozen=True)
class Document:
    """JSON, and a digest of it."""

    data: bytes
    digest: str


def schema(form: Form) -> dict[str, Any]:
    """The JSON schema of a form in English."""
    if form == "basin":
        return json_schema()
    return {"$schema": DRAFT, **TypeAdapter(_MODELS[form]).json_schema()}


@cache
def document(form: Form, code: str) -> Document:
    """The JSON schema of a form in a language, English where the language has no text.

    `x-unit-title` is the unit as readers of the language write it, `x-unit` the unit as programs know it.
    """
    content = translated(schema(form), form, language(code))
    for field in _with_unit(content):
        field["x-unit-title"] = in_language(field["x-unit"], code)
    data = json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    return Document(data, hashlib.sha256(data).hexdigest()[:32])


def _with_unit(part: Any) -> Iterator[dict[str, Any]]:
    """Every place of a schema that has a unit."""
    if isinstance(part, dict):
        if isinstance(part.get("x-unit"), str):
            yield part
        for inner in part.values():
            yield from _with_unit(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _with_unit(inner)


@cache
def texts() -> dict[str, str]:
    """Every English text of every form, by key: what a language can translate."""
    return english({form: schema(form) for form in FORMS})
