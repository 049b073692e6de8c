"""The YAML of a scenario → plain content. Numbers and booleans as in YAML 1.2: `no` and `2027-01-01` are text."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from planner.scenario.findings import finding
from planner.scenario.scenario import ScenarioError

BYTES_AT_MOST = 2_000_000
DEPTH_AT_MOST = 12


def read_yaml(path: Path) -> Any:
    """Content of a YAML file as dicts, lists and plain values. Raises ScenarioError with findings by line."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ScenarioError([finding("scenario.file", f"{path} is not an ordinary file.")])
        if size > BYTES_AT_MOST:
            message = f"{path} has {size} bytes; a scenario has at most {BYTES_AT_MOST}."
            raise ScenarioError([finding("scenario.file", message)])
        data = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or type(error).__name__}."
        raise ScenarioError([finding("scenario.file", message)]) from None
    return read_text(data, str(path))


def read_text(data: bytes, name: str = "The file") -> Any:
    """Content of the bytes of a YAML file, which messages call by its name. Raises ScenarioError with findings by line."""
    if len(data) > BYTES_AT_MOST:
        message = f"{name} has {len(data)} bytes; a scenario has at most {BYTES_AT_MOST}."
        raise ScenarioError([finding("scenario.file", message)])
    try:
        return parse_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"{name} is not UTF-8 text: byte {error.start + 1} cannot be read."
        raise ScenarioError([finding("scenario.syntax", message)]) from None


def parse_yaml(text: str) -> Any:
    """Content of YAML text as dicts, lists and plain values. Raises ScenarioError with findings by line."""
    try:
        _forbid_explosive(text)
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ScenarioError([_syntax(error)]) from None
    except RecursionError:
        raise ScenarioError([finding("scenario.syntax", "The file is nested too deep.")]) from None


class _Forbidden(yaml.YAMLError):
    """YAML that a scenario has no use for."""

    def __init__(self, problem: str, node: Any) -> None:
        super().__init__(problem)
        self.problem, self.problem_mark = problem, node.start_mark


class _KeyTwice(_Forbidden):
    """A key that stands twice in one place."""


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses a key that stands twice and guesses fewer types from plain words."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (its own, empty)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise _Forbidden("a key that is not a word", key_node)
            if key in seen:
                raise _KeyTwice(f"the key {key} stands twice", key_node)
            seen.add(key)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("null", r"^(~|null|)$", ["~", "n", ""]),
    ("bool", r"^(true|false)$", ["t", "f"]),
    ("int", r"^[-+]?[0-9]{1,30}$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?$", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value)


def _floating(loader: _Loader, node: yaml.ScalarNode) -> float:
    return float(node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:float", _floating)


def _forbid_explosive(text: str) -> None:
    """Anchors, tags and deep nesting have no place in a scenario, and can be made to explode."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _Forbidden("an anchor, an alias or a tag", event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_AT_MOST:
            raise _Forbidden("too deep nesting", event)


def _syntax(error: yaml.YAMLError) -> Any:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    row = None if mark is None else mark.line + 1
    if isinstance(error, _KeyTwice):
        return finding("scenario.key_twice", f"{problem[0].upper()}{problem[1:]}.", row=row)
    what = "The file holds" if isinstance(error, _Forbidden) else "The file is not YAML:"
    return finding("scenario.syntax", f"{what} {problem}.", row=row)
