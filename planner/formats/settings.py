"""basin.yaml ↔ Settings."""

from typing import Any

import pydantic
import yaml

from planner.basin.field import Column
from planner.basin.horizon import Settings
from planner.basin.tables import columns
from planner.checks.finding import Finding
from planner.checks.report import did_you_mean, found, listed
from planner.formats.bytes_on_disk import text_findings, without_mark

TABLE = "basin"
DEPTH_AT_MOST = 10
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_settings(data: bytes) -> tuple[Settings | None, list[Finding]]:
    """Read the bytes of basin.yaml. Never raises: what is wrong becomes findings."""
    findings = text_findings(data, TABLE)
    if findings:
        return None, findings
    text = without_mark(data).decode("utf-8")
    try:
        findings = _form_findings(text)
        if findings:
            return None, findings
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        row = None if mark is None else mark.line + 1
        return None, [found("settings.syntax", f"The file is not YAML: {problem}.", table=TABLE, row=row)]
    except RecursionError:
        return None, [_too_deep(None)]
    if not isinstance(root, yaml.MappingNode):
        return None, [found("settings.form", "The file is not a list of `key: value` lines.", table=TABLE, row=1)]
    values, rows, findings = _values(root)
    settings, value_findings = validated(values, rows)
    return (None if findings else settings), findings + value_findings


def _form_findings(text: str) -> list[Finding]:
    """Aliases, tags and deep nesting have no place in a list of figures, and can be made to explode."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        row = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return [found("settings.alias", "The file uses an anchor or an alias.", table=TABLE, row=row)]
        tag = getattr(event, "tag", None)
        if tag:
            return [found("settings.tag", f"The file uses the tag {tag}.", table=TABLE, row=row)]
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_AT_MOST:
            return [_too_deep(row)]
    return []


def _line(place: Any) -> int:
    """The line of a YAML event or node in the file."""
    return int(place.start_mark.line) + 1


def _too_deep(row: int | None) -> Finding:
    return found("settings.form", "The file is nested too deep.", table=TABLE, row=row, allowed="key: value")


def _values(root: yaml.MappingNode) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """The value and the line of each key, and what is not a plain `key: value`."""
    values: dict[str, Any] = {}
    rows: dict[str, int] = {}
    findings = []
    constructor = yaml.SafeLoader("")
    for key_node, value_node in root.value:
        row = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode) or not isinstance(value_node, yaml.ScalarNode):
            findings.append(found("settings.form", "A key holds more than one value.", table=TABLE, row=row))
            continue
        key = str(key_node.value)
        if key in values:
            message = f"The key {key} stands twice."
            findings.append(found("settings.key_twice", message, table=TABLE, row=row, column=key))
        try:
            values[key] = constructor.construct_object(value_node)
        except (ValueError, yaml.YAMLError):
            values[key] = str(value_node.value)
        rows[key] = row
    return values, rows, findings


def validated(values: dict[str, Any], rows: dict[str, int]) -> tuple[Settings | None, list[Finding]]:
    """The settings of plain values, and what is wrong with them; `rows` gives the line of each key in a file."""
    described = {column.name: column for column in columns(TABLE)}
    given = {k: v for k, v in values.items() if v is not None or (k in described and described[k].required)}
    try:
        return Settings.model_validate(given, strict=True), []
    except pydantic.ValidationError as error:
        return None, [_finding(str(e["loc"][0]), e["type"], values, rows, described) for e in error.errors()]


def _finding(key: str, kind: str, values: dict[str, Any], rows: dict[str, int], described: dict[str, Column]) -> Finding:
    row = rows.get(key)
    if kind == "extra_forbidden":
        message = f"There is no key {key[:100]!r}."
        absent = [name for name in described if name not in values]
        remedy = did_you_mean(key, absent)
        return found("settings.unknown_key", message, table=TABLE, row=row, column=key[:100], value=key,
                     allowed=listed(described, 40), remedy=remedy)  # fmt: skip
    allowed = described[key].allowed
    if kind == "missing":
        message = f"The key {key} is missing."
        return found("settings.missing_key", message, table=TABLE, row=1, column=key, allowed=allowed)
    value = values[key]
    message = f"The value of {key} is not allowed."
    quotable = kind == "string_type" and isinstance(value, bool | int | float)
    remedy = f"Write it in quotes: {key}: '{value}'." if quotable else None
    return found("settings.value", message, table=TABLE, row=row, column=key, value=value, allowed=allowed, remedy=remedy)


def settings_bytes(settings: Settings) -> bytes:
    """The settings as YAML in their one canonical form: every key, in the order of the fields."""
    values = settings.model_dump()
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False).encode()
