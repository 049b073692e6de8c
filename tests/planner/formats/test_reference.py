"""Template, schema and reference page say what the rows say."""

from pathlib import Path

from planner.basin.reference import json_schema, reference_markdown, template
from planner.basin.tables import ROW_OF, columns
from planner.checks.catalogue import CODES, catalogue_markdown
from planner.formats.folder import inspect


def test_the_template_parses_and_lacks_only_what_one_row_cannot_hold(tmp_path: Path) -> None:
    template(tmp_path / "new")
    _, findings = inspect(tmp_path / "new")
    syntax = ("file.", "settings.", "table.", "column.", "cell.", "key.")
    assert [f for f in findings if f.code.startswith(syntax)] == []
    assert {path.stem for path in (tmp_path / "new").iterdir()} == {"basin", *ROW_OF}


def test_the_schema_holds_every_column() -> None:
    schema = json_schema()
    for table in ROW_OF:
        items = schema["properties"][table]["items"]
        assert list(items["properties"]) == [column.name for column in columns(table)]
    loss = schema["properties"]["links"]["items"]["properties"]["loss_share"]
    assert loss["minimum"] == 0
    assert loss["exclusiveMaximum"] == 1
    assert loss["default"] == 0.0
    assert loss["x-unit"] == "share"
    assert schema["properties"]["stages"]["items"]["required"] == ["stage", "first_year", "years"]
    assert "institutions" not in schema["required"]


def test_the_reference_page_names_unit_range_default_and_example() -> None:
    page = reference_markdown()
    assert "| `loss_share` | Loss on the way | share | a number at least 0 and below 1 | 0 | 0.02 |" in page
    for table in ROW_OF:
        assert f"## {table}.csv" in page


def test_the_page_of_findings_names_every_code() -> None:
    page = catalogue_markdown()
    assert all(f"`{code}`" in page for code in CODES)
