"""Findings about a scenario: their codes, and errors of pydantic in plain words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.checks.finding import Finding
from planner.checks.report import did_you_mean, listed, shown
from planner.rules.document import Rule
from planner.scenario.change import KINDS
from planner.scenario.policy import AssuranceFloor, Bound, Branch, Fairness, Floor, GapCap, InstitutionFloor, Objective, Policy

REMEDIES = {
    "scenario.file": "Name a YAML file of a scenario that can be read.",
    "scenario.syntax": "Write the scenario as YAML: `key: value`, indented with spaces.",
    "scenario.key_twice": "Keep one of the two.",
    "scenario.form": "See the tutorial's scenarios for the form.",
    "scenario.key": "Correct the name of the key, or leave it out.",
    "scenario.missing": "Add the key.",
    "scenario.value": "Write a value that is allowed.",
    "scenario.table": "Name a table of the basin.",
    "scenario.column": "Name a column of the table.",
    "scenario.no_row": "Name rows that the basin has.",
    "scenario.row_twice": "Change the row that is there, or give the new one another name.",
    "scenario.reference": "Use a name that the basin has.",
    "scenario.rule": "Correct the rule at the place that is named.",
    "scenario.changed_basin": "Change the scenario so that the basin it makes is sound.",
}


def finding(
    code: str,
    message: str,
    place: str | None = None,
    *,
    row: int | None = None,
    value: Any = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> Finding:
    """An error in a scenario; `place` is the path of the key, such as `changes[3].set.capex_usd`."""
    return Finding(
        code,
        "error",
        message,
        row=row,
        column=place,
        value=shown(value),
        allowed=allowed,
        remedy=remedy or REMEDIES[code],
    )


def near(name: str, known: Iterable[str]) -> str | None:
    """A remedy that names the known name nearest to a mistyped one."""
    return did_you_mean(name, known)


def of_validation(error: ValidationError, root: type[BaseModel]) -> Iterator[Finding]:
    """One finding for each wrong key, in the order of the file."""
    items = error.errors(include_url=False)
    for item in items:
        loc = item["loc"]
        # A list whose entries failed is also counted as too short: that says nothing new.
        emptied = item["type"] == "too_short" and any(
            other["loc"][: len(loc)] == loc and len(other["loc"]) > len(loc) for other in items
        )
        if not emptied:
            yield _in_words(item["type"], item, _path(loc), _model_at(loc, root))


def _in_words(kind: str, item: Any, place: str, model: type[BaseModel]) -> Finding:
    key = str(item["loc"][-1]) if item["loc"] else ""
    value = item.get("input")
    if kind == "extra_forbidden":
        known = list(model.model_fields)
        message = f"There is no key {shown(key)!r} here."
        return finding("scenario.key", message, place, value=key, allowed=listed(known, 20), remedy=near(key, known))
    if kind == "missing":
        return finding("scenario.missing", f"The key {key} is missing.", place)
    if kind == "union_tag_not_found":
        verbs = ", ".join(change.verb for change in KINDS)
        return finding("scenario.form", "The change says nothing that is to be done.", place, allowed=f"one of {verbs}")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        what = "The scenario" if not place else f"The value of {place}"
        return finding("scenario.form", f"{what} is not a list of `key: value` lines.", place, value=value)
    name = next((part for part in reversed(item["loc"]) if isinstance(part, str)), "the scenario")
    message = f"The value of {name} is not allowed."
    return finding("scenario.value", message, place, value=value, allowed=_allowed(kind, item))


def _allowed(kind: str, item: Any) -> str:
    """What pydantic asks for, in our words."""
    context = item.get("ctx", {})
    if kind == "literal_error" and context["expected"] == "True":
        return "true"
    words = {
        "greater_than": "above {gt}",
        "greater_than_equal": "at least {ge}",
        "less_than": "below {lt}",
        "less_than_equal": "at most {le}",
        "literal_error": "one of {expected}",
        "finite_number": "a finite number",
        "string_pattern_mismatch": "letters, digits, _ . -",
        "string_too_long": "text of at most {max_length} characters",
        "string_type": "text; in quotes where it looks like a number",
        "too_short": "at least {min_length} entry",
        "too_long": "at most {max_length} entries",
        "tuple_type": "a list",
        "list_type": "a list",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "float_parsing": "a number",
        "bool_type": "true or false",
        "bool_parsing": "true or false",
    }
    if kind in words:
        return words[kind].format(**context)
    return str(item.get("msg", "")).removeprefix("Input should be ").removeprefix("Value error, ")


def _model_at(loc: Sequence[int | str], root: type[BaseModel]) -> type[BaseModel]:
    """The model in which the last key of a place would stand."""
    kinds: dict[str, type[BaseModel]] = {kind.verb: kind for kind in KINDS}
    if len(loc) > 3 and loc[0] == "changes":
        return kinds.get(str(loc[2]), root)
    inner: dict[str, type[BaseModel]] = {
        "objectives": Objective, "floors": Floor, "institution_floors": InstitutionFloor,
        "assurance_floors": AssuranceFloor, "gap_caps": GapCap, "bounds": Bound, "branches": Branch, "fairness": Fairness,
        "rules": Rule,
    }  # fmt: skip
    if loc and loc[0] == "policy":
        # A part that is a list has the number of its entry before the key.
        deep = len(loc) > (2 if len(loc) > 1 and loc[1] == "fairness" else 3)
        return inner.get(str(loc[1]), Policy) if deep else Policy
    return root


def _path(loc: Sequence[int | str]) -> str:
    """`changes[3].set.capex_usd` from pydantic's place, without the tag that it puts after the change's number."""
    words = ""
    for position, part in enumerate(loc):
        if isinstance(part, int):
            words += f"[{part}]"
        elif not (position == 2 and loc[0] == "changes"):
            words += f".{part}" if words else part
    return words
