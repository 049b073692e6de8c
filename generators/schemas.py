"""Schemas of an OpenAPI document → types and models of the client."""

import keyword
import re
from typing import Any

from pydantic import BaseModel

REFERENCE = "#/components/schemas/"
PAGE = re.compile(r"Page_(\w+?)_$")
SIMPLE = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "string": "str"}
TAKEN = set(dir(BaseModel)) | {"etag"}
LINE = 120


def annotation(schema: Any) -> str:
    """A schema as a type."""
    if not isinstance(schema, dict) or not schema:
        return "Any"
    if "$ref" in schema:
        return class_name(schema["$ref"].removeprefix(REFERENCE))
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _union(annotation(part) for part in schema[key])
    kind = schema.get("type")
    if isinstance(kind, list):
        return _union(annotation({**schema, "type": one}) for one in kind)
    if kind == "string":
        return {"date-time": "datetime", "binary": "bytes"}.get(schema.get("format", ""), "str")
    if kind == "array":
        return f"list[{annotation(schema.get('items'))}]"
    if kind == "object":
        return f"dict[str, {annotation(schema.get('additionalProperties'))}]"
    return SIMPLE.get(kind or "", "Any")


def _union(parts: Any) -> str:
    different = dict.fromkeys(part for whole in parts for part in ([whole] if "[" in whole else whole.split(" | ")))
    if "Any" in different:
        return "Any"
    return " | ".join(sorted(different, key=lambda part: part == "None"))


def class_name(component: str) -> str:
    """The class of a component: `Page_BasinAnswer_` is `Page[BasinAnswer]`."""
    page = PAGE.match(component)
    return f"Page[{page[1]}]" if page else component


def reachable(components: dict[str, Any], schemas: list[Any]) -> set[str]:
    """The components that schemas refer to, and those that these refer to."""
    found: set[str] = set()
    waiting = list(schemas)
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = part.get("$ref", "").removeprefix(REFERENCE) if isinstance(part.get("$ref"), str) else ""
            if name and name not in found:
                found.add(name)
                waiting.append(components[name])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found


def models(components: dict[str, Any], names: set[str]) -> str:
    """The module of the answers' models."""
    classes = [_model(name, components[name]) for name in sorted(names) if not PAGE.match(name)]
    return "\n\n".join(classes)


def _model(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return f"{name}: TypeAlias = {annotation(schema)!r}"
    lines = [f"class {name}(Model):", f'    """{one_line(schema.get("description") or f"{name}.")}"""', ""]
    required = set(schema.get("required", ()))
    lines += [_field(field, content, field in required) for field, content in schema["properties"].items()]
    return "\n".join(lines)


def _field(name: str, schema: dict[str, Any], required: bool) -> str:
    kind = annotation(schema)
    if not required and "default" not in schema and kind not in ("Any", "None") and not kind.endswith("| None"):
        kind = f"{kind} | None"
    default = (
        None if required else "None" if not isinstance(schema.get("default"), str | int | float | bool) else schema["default"]
    )
    value = "None" if default == "None" else repr(default)
    if not required and isinstance(schema.get("default"), list | dict):
        # What another model is by default is that model with all its own defaults.
        made = f"lambda: {kind}()" if "$ref" in schema else type(schema["default"]).__name__
        value = f"Field(default_factory={made})"
    safe = safe_name(name)
    if safe != name:
        value = f"Field({'' if required else f'default={value}, '}alias={name!r})"
        return f"    {safe}: {kind} = {value}"
    return f"    {safe}: {kind}" if required else f"    {safe}: {kind} = {value}"


def safe_name(name: str) -> str:
    """A name that Python and pydantic leave free."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if keyword.iskeyword(plain) or plain in TAKEN else plain


def one_line(text: str) -> str:
    """The first sentence or two of a description, in one line."""
    first = " ".join(text.split("\n\n")[0].split()).replace("\\", "\\\\").replace('"""', "'''")
    return first if len(first) <= LINE else first[: LINE - 1].rsplit(" ", 1)[0] + " …"
