"""Operations of an OpenAPI document → functions of the client."""

from collections.abc import Iterator
from typing import Any

from generators.schemas import REFERENCE, annotation, one_line, reachable, safe_name

JSON, STREAM = "application/json", "text/event-stream"
METHODS = ("get", "post", "put", "patch", "delete")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation: method, path, and what the document says of it."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def components_used(document: dict[str, Any]) -> set[str]:
    """The components of answers, and those inside of bodies."""
    components = document["components"]["schemas"]
    schemas: list[Any] = []
    for _, _, operation in operations(document):
        schemas += [kind.get("schema") for _, kind in _answers(operation)]
        schemas += list(_fields(document, operation)[0].values())
    return reachable(components, schemas)


def functions(document: dict[str, Any]) -> str:
    """The module of operations: one function each, in the order of their names."""
    made: dict[str, str] = {}
    for method, path, operation in operations(document):
        name = operation["operationId"]
        if name in made:
            raise ValueError(f"Two operations are called {name}: rename one of their routes.")
        made[name] = _function(document, name, method, path, operation)
    return "\n\n".join(made[name] for name in sorted(made))


def _function(document: dict[str, Any], name: str, method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    in_path = [p["name"] for p in parameters if p["in"] == "path"]
    in_query = [p for p in parameters if p["in"] == "query"]
    in_headers = [p for p in parameters if p["in"] == "header"]
    fields, required = _fields(document, operation)
    files = [kind for kind in _body(operation) if not fields]
    answer = _answer_type(operation)
    named = [
        *_named([*in_query, *in_headers], fields, required, files),
        *(["if_match: str | None = None"] if "428" in operation["responses"] else []),
    ]
    arguments = ", ".join([*(f"{safe_name(part)}: str" for part in in_path), *(["*", *named] if named else [])])
    call = [f'"{name}"', f'"{method}"', _path(path, in_path), _value(answer)]
    if in_query:
        pairs = ", ".join(f"{p['name']!r}: {safe_name(p['name'])}" for p in in_query)
        call.append(f"query=sent(**{{{pairs}}})")
    heads = _headers(in_headers, fields, files, operation)
    if heads:
        call.append(f"headers=headers({heads})")
    if fields:
        call.append(f"content=json_body({', '.join(f'{safe_name(field)}={safe_name(field)}' for field in fields)})")
    elif files:
        call.append("content=content")
    lines = [f"def {name}({arguments}) -> Call[{answer}]:", f'    """{one_line(operation["description"])}"""']
    return "\n".join([*lines, f"    return Call({', '.join(call)})"])


def _path(path: str, parts: list[str]) -> str:
    given = "".join(f", {part}={safe_name(part)}" for part in parts)
    return f'path("{path}"{given})' if parts else f'"{path}"'


def _named(query: list[dict[str, Any]], fields: dict[str, Any], required: set[str], files: list[str]) -> list[str]:
    needed = [f"{safe_name(p['name'])}: {annotation(p['schema'])}" for p in query if p.get("required")]
    needed += [f"{safe_name(field)}: {_sent_type(schema)}" for field, schema in fields.items() if field in required]
    if files:
        needed.append("content: bytes | Path")
        needed.append(f"media_type: Literal[{', '.join(map(repr, files))}]" + (f" = {files[0]!r}" if len(files) == 1 else ""))
    free = [f"{safe_name(p['name'])}: {_or_none(annotation(p['schema']))} = None" for p in query if not p.get("required")]
    free += [
        f"{safe_name(field)}: {_sent_type(schema)} | LeftOut = LEFT_OUT"
        for field, schema in fields.items()
        if field not in required
    ]
    return needed + free


def _sent_type(schema: Any) -> str:
    kind = annotation(schema).replace("dict[", "Mapping[").replace("list[", "Sequence[")
    named = isinstance(schema, dict) and "$ref" in str(schema)
    return f"{kind} | Mapping[str, Any]" if named and "[" not in kind else kind


def _or_none(kind: str) -> str:
    return kind if kind == "Any" or kind.endswith("| None") else f"{kind} | None"


def _headers(in_headers: list[dict[str, Any]], fields: dict[str, Any], files: list[str], operation: dict[str, Any]) -> str:
    heads = ["if_match=if_match"] if "428" in operation["responses"] else []
    if fields:
        heads.append('content_type="application/json"')
    elif files:
        heads.append("content_type=media_type")
    if in_headers:
        pairs = ", ".join(f"{p['name']!r}: {safe_name(p['name'])}" for p in in_headers)
        heads.append(f"**{{{pairs}}}")
    return ", ".join(heads)


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return content


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The fields of a JSON body, and those of them that it must have."""
    schema = _body(operation).get(JSON, {}).get("schema", {})
    parts = [part for part in schema.get("anyOf", [schema]) if "$ref" in part]
    if len(parts) != 1:
        return {}, set()
    named = document["components"]["schemas"][parts[0]["$ref"].removeprefix(REFERENCE)]
    return named.get("properties", {}), set(named.get("required", ()))


def _answers(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    well = [response for status, response in operation["responses"].items() if status.startswith("2")]
    return [(media, kind) for response in well for media, kind in response.get("content", {}).items() if media != STREAM]


def _answer_type(operation: dict[str, Any]) -> str:
    kinds = dict.fromkeys(annotation(kind.get("schema")) if media == JSON else "bytes" for media, kind in _answers(operation))
    return " | ".join(kinds) or "None"


def _value(answer: str) -> str:
    """The type as the value by which an answer is read: where it can be a file too, what it is as JSON."""
    return {"None": "NOTHING", "bytes": "BYTES"}.get(answer, answer.removesuffix(" | bytes"))
