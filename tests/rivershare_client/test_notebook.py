"""The notebook in the documentation does what it says, with a real service."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.served import Served

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tutorials" / "service.ipynb"


def cells() -> list[str]:
    content = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_imports_plans_compares_and_draws(
    served_service: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RIVERSHARE_SERVER", served_service.address)
    monkeypatch.setenv("RIVERSHARE_KEY", served_service.key)
    names: dict[str, Any] = {}
    for cell in cells():
        exec(cell, names)
    assert "cost" in names["differing"].index
    assert len(names["served"])
    assert names["picture"]._repr_svg_().count("<text") == 2
    assert "<rect" in names["picture"]._repr_svg_()
    assert "ended at" in capsys.readouterr().out


def test_the_notebook_is_kept_without_answers() -> None:
    content = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
