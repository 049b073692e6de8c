"""A plan's workbook says first what it may claim, and holds every table with nothing in it that runs."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook, load_workbook

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck
from planner.plan.exports import workbook
from planner.plan.exports.workbook import plan_workbook
from planner.plan.indicators import indicators
from planner.plan.plan import Plan
from planner.plan.tables import ROW_OF

TUTORIAL = Path(__file__).parents[4] / "datasets" / "tutorial" / "basin"
FAILED = AuditCheck("water.balance", "Water balances", False, 3.0, 1e-3, "m³/day", "hilltop, dry", 1)


@pytest.fixture
def plan(plan_on_paper) -> Plan:
    return plan_on_paper(Basin.read(TUTORIAL), raised=1 / 3, options=["spring_box"])


def book_of(plan: Plan) -> CalamineWorkbook:
    return load_workbook(io.BytesIO(plan_workbook(plan)))


def first_sheet(plan: Plan) -> list[list[object]]:
    return book_of(plan).get_sheet_by_name("plan").to_python()


def test_the_first_sheet_has_verdict_status_audit_and_indicators(plan: Plan) -> None:
    rows = first_sheet(plan)
    assert rows[1][0] == plan.verdict
    assert rows[2][:2] == ["Status of the solver", "optimal"]
    assert rows[3][:2] == ["Audit", "1 of 1 check passed"]
    values = {row[5]: row[1] for row in rows}
    for indicator in indicators(plan):
        assert values[indicator.name] == indicator.value


def test_the_first_sheet_names_what_nobody_measured(small_basin: Path, plan_on_paper) -> None:
    plan = plan_on_paper(Basin.read(small_basin))
    rows = first_sheet(plan)
    assert ["Price of pipe", 13, "USD/m", 8, 22, "No tender was found."] in rows


def test_figures_of_a_plan_whose_audit_failed_are_no_indicators(plan_on_paper) -> None:
    rows = first_sheet(plan_on_paper(Basin.read(TUTORIAL), checks=(FAILED,)))
    assert str(rows[1][0]).startswith("Not shown as a result")
    assert not any(row[0] == "Indicator" for row in rows)
    assert ["Water balances", False, 3, 0.001, "m³/day", "hilltop, dry"] in rows


def test_every_table_has_a_sheet_with_every_digit(plan: Plan) -> None:
    book = book_of(plan)
    assert book.sheet_names == ["plan", *ROW_OF]
    rows = book.get_sheet_by_name("service").to_python()
    assert rows[0] == list(ROW_OF["service"].model_fields)
    assert [row[5] for row in rows[1:]] == plan.tables["service"]["persons"].tolist()


def test_equal_plans_are_equal_workbooks(plan: Plan) -> None:
    assert plan_workbook(plan) == plan_workbook(plan)


def test_no_text_becomes_a_formula_or_a_link(plan: Plan) -> None:
    texts = ["=1+1", "+1", "@SUM(A1)", "https://example.org", "-2"]
    objectives = pd.DataFrame({"objective": texts, "order": 1, "value": 1.0, "bound": None, "unit": "=cmd"})
    named = replace(plan, tables={**plan.tables, "objectives": objectives})
    data = plan_workbook(named)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_name("objectives").to_python()
    assert [row[0] for row in rows[1:]] == texts
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheets = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in sheets
    assert b"<hyperlink" not in sheets
    assert b'quotePrefix="1"' in archive.read("xl/styles.xml")


def test_headers_say_title_and_unit_in_a_note(plan: Plan) -> None:
    archive = zipfile.ZipFile(io.BytesIO(plan_workbook(plan)))
    notes = b"".join(archive.read(name) for name in archive.namelist() if "comments" in name).decode()
    assert "Capital paid in this stage, USD. Building and renewals, undiscounted." in notes


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(plan.tables["service"])
    monkeypatch.setattr(workbook, "ROWS_AT_MOST", 1 + whole // 2 + 1)
    book = book_of(plan)
    first, second = (book.get_sheet_by_name(name).to_python() for name in ("service", "service (2)"))
    assert len(first) + len(second) == whole + 2
    assert first[0] == second[0]
