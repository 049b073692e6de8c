"""A JSON document is a basin, and says by pointer where it is not."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from datasets.cases import find
from datasets.synthetic import make
from planner.basin import Basin
from planner.basin.tables import ROW_OF
from planner.checks import BasinError, Finding
from planner.formats.document import document_of, read_document
from planner.formats.json_text import parse_json

Document = dict[str, Any]
DROP = object()


@pytest.fixture
def document(small_basin: Path) -> Document:
    return copy.deepcopy(document_of(Basin.read(small_basin)))


def put(document: Document, pointer: str, value: Any) -> Document:
    """The document with another value at a pointer; DROP takes the key out."""
    *way, last = pointer.strip("/").split("/")
    place: Any = document
    for part in way:
        place = place[int(part) if isinstance(place, list) else part]
    if value is DROP:
        del place[last]
    elif isinstance(place, list) and int(last) == len(place):
        place.append(value)
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return document


def errors_of(document: Any) -> list[Finding]:
    basin, findings = read_document(document)
    wrong = [finding for finding in findings if finding.severity == "error"]
    assert (basin is None) == any(not f.code.startswith(("season.", "baseline.")) for f in wrong)
    assert all(finding.remedy for finding in findings)
    return wrong


@pytest.mark.parametrize("basin", [*(Basin.read(find(name)) for name in ("tutorial", "ratanakiri")), make(40, 5)],
                         ids=["tutorial", "ratanakiri", "synthetic"])  # fmt: skip
def test_a_basin_is_read_back_equal_from_its_document(basin: Basin) -> None:
    again, _ = read_document(parse_json(json.dumps(document_of(basin), allow_nan=False).encode()))
    assert again is not None
    assert again.settings == basin.settings
    for table in ROW_OF:
        assert again.tables[table].equals(basin.tables[table]), table


def test_blanks_are_null_and_null_is_blank(document: Document) -> None:
    assert document["reaches"][1]["downstream"] is None
    put(document, "/seasons/0/demand_factor", None)
    put(document, "/seasons/1/title", "")
    basin, findings = read_document(put(document, "/seasons/1/demand_factor", DROP))
    assert findings == []
    assert basin is not None
    assert basin.tables["seasons"]["demand_factor"].tolist() == [1.0, 1.0]
    assert basin.tables["seasons"]["title"].isna().tolist() == [False, True]


WRONG: tuple[tuple[str, Any, str, str | None], ...] = (
    ("/villages/1/latitude", "north", "cell.not_a_number", None),
    ("/villages/1/latitude", "13.5", "cell.not_a_number", None),
    ("/villages/1/latitude", True, "cell.not_a_number", None),
    ("/villages/1/latitude", [1, 2], "cell.not_a_number", None),
    ("/villages/1/latitude", {"a": {"b": [1]}}, "cell.not_a_number", None),
    ("/villages/1/latitude", 1e999, "cell.not_finite", None),
    ("/villages/1/latitude", 10**400, "cell.not_finite", None),
    ("/villages/1/latitude", float("nan"), "cell.not_finite", None),
    ("/villages/1/latitude", 91, "cell.out_of_range", None),
    ("/villages/1/latitude", None, "cell.blank", None),
    ("/villages/1/latitude", DROP, "cell.blank", "/villages/1/latitude"),
    ("/stages/0/years", 2.5, "cell.not_an_integer", None),
    ("/stages/0/years", "5", "cell.not_an_integer", None),
    ("/stages/0/years", 10**30, "cell.not_an_integer", None),
    ("/stages/0/years", 0, "cell.out_of_range", None),
    ("/administrations/0/account", "yes", "cell.not_a_boolean", None),
    ("/administrations/0/account", 1, "cell.not_a_boolean", None),
    ("/villages/2/title", 7, "cell.not_a_text", None),
    ("/villages/2/title", "\ud800", "cell.not_a_text", None),
    ("/villages/2/title", "a\x00b", "cell.control_character", None),
    ("/villages/2/title", "a\nb", "cell.line_break", None),
    ("/villages/2/title", "x" * 501, "cell.too_long", None),
    ("/villages/2/village", "a b", "cell.identifier", None),
    ("/villages/2/village", 5, "cell.not_a_text", None),
    ("/links/0/kind", "tunnel", "cell.choice", None),
    ("/links/0/to_node", "atlantis", "reference.unknown", None),
    ("/villages/0/wisdom", 3, "column.unknown", None),
    ("/villages/3", [1], "document.form", None),
    ("/villages/3", None, "document.form", None),
    ("/villages", {"a": 1}, "document.form", None),
    ("/villages", DROP, "table.missing", "/villages"),
    ("/lakes", [], "table.unknown", None),
    ("/basin", [], "document.form", None),
    ("/basin", DROP, "settings.missing", "/basin"),
    ("/basin/name", DROP, "settings.missing_key", "/basin/name"),
    ("/basin/mood", "good", "settings.unknown_key", None),
    ("/basin/base_year", "2026", "settings.value", None),
    ("/basin/base_year", {"a": [1] * 1000}, "settings.value", None),
    ("/basin/discount_rate_share_per_year", 1e999, "settings.value", None),
    ("/basin/discount_rate_share_per_year", 10**5000, "settings.value", None),
)


@pytest.mark.parametrize(
    ("pointer", "value", "code", "where"), WRONG, ids=[f"{n} {pointer} {code}" for n, (pointer, _, code, _) in enumerate(WRONG)]
)
def test_what_does_not_fit_is_found_by_its_pointer(
    document: Document, pointer: str, value: Any, code: str, where: str | None
) -> None:
    found = [f for f in errors_of(put(document, pointer, value)) if f.code == code]
    assert [f.where for f in found] == [where or pointer]
    assert all(f.value is None or len(f.value) <= 80 for f in found)


def test_a_column_that_every_row_lacks_is_missing_once(document: Document) -> None:
    for row in document["villages"]:
        del row["latitude"]
    assert [(f.code, f.where) for f in errors_of(document)] == [("column.missing", "/villages")]


def test_rows_after_a_stray_one_keep_their_place(document: Document) -> None:
    document["villages"].insert(0, "hilltop")
    put(document, "/villages/3/latitude", 99)
    assert {f.where for f in errors_of(document)} == {"/villages/0", "/villages/3/latitude"}


def test_whole_numbers_may_have_a_decimal_point(document: Document) -> None:
    put(document, "/basin/base_year", 2026.0)
    basin, findings = read_document(put(document, "/stages/0/years", 5.0))
    assert findings == []
    assert basin is not None
    assert basin.tables["stages"]["years"].dtype == np.int64


def test_the_meaning_is_checked_too(document: Document) -> None:
    put(document, "/seasons/0/days", 100)
    assert [(f.code, f.where) for f in errors_of(document)] == [("season.days", "/seasons")]


@pytest.mark.parametrize("content", [None, 1, "basin", [], [{}], True, float("inf")])
def test_what_is_no_object_is_no_basin(content: Any) -> None:
    basin, findings = read_document(content)
    assert basin is None
    assert [f.code for f in findings] == ["document.form"]


def test_content_nested_by_hand_is_no_danger(document: Document) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert {f.code for f in errors_of(put(document, "/villages/0/title", deep))} == {"cell.not_a_text"}
    while deep:  # taken apart level by level: letting go of it at once would recurse
        deep = deep.pop()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1, "a": 2}', "document.key_twice"),
        (b'{"a": NaN}', "document.syntax"),
        (b"[-Infinity]", "document.syntax"),
        (b'{"a": ', "document.syntax"),
        (b"", "document.syntax"),
        (b"\xff\xfe{}", "document.syntax"),
        (b"[" * 100_000, "document.too_deep"),
        (b"[" * 25 + b"]" * 25, "document.too_deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "document.too_deep"),
    ],
)
def test_bytes_that_are_not_plain_json_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(BasinError) as error:
        parse_json(data)
    assert [f.code for f in error.value.findings] == [code]


def test_numbers_of_any_length_are_read() -> None:
    assert parse_json(b"[" + b"9" * 100_000 + b", 1e400, 12]") == [float("inf"), float("inf"), 12]
    assert parse_json(b'\xef\xbb\xbf{"a": [1]}') == {"a": [1]}
