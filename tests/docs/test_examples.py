"""The documentation does what it says: its examples run, its links lead somewhere."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from typer.testing import CliRunner

from api.cli.main import app
from planner.rules import Rule
from planner.scenario.scenario import Scenario

HOUSE = Path(__file__).parents[2]
PAGES = sorted([HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *(HOUSE / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
NOT_RUN = ("make ", "git ", "cd ", ".venv/bin/", "rivershare demo", "rivershare plan ratanakiri")


def generated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generated", HOUSE / "docs" / "generated.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(page: Path, language: str) -> list[str]:
    return [code for found, code in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


def name_of(page: Path) -> str:
    return str(page.relative_to(HOUSE))


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=name_of)
def test_python_on_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = compile("\n".join(blocks(page, "python")), name_of(page), "exec")
    exec(code, {"__name__": "__main__"})


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "sh")], ids=name_of)
def test_commands_on_a_page_run_one_after_the_other(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line.partition("  #")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    for line in lines:
        if not line or line.startswith(NOT_RUN):
            continue
        program, *arguments = shlex.split(line)
        assert program == "rivershare", f"{line}: the tests know no such program"
        run = CliRunner().invoke(app, arguments)
        assert run.exit_code == 0, f"{line}\n{run.output}\n{run.exception!r}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "yaml")], ids=name_of)
def test_scenarios_on_a_page_are_scenarios(page: Path) -> None:
    for content in map(yaml.safe_load, blocks(page, "yaml")):
        if "expression" in content:
            assert Rule.model_validate(content).name
        else:
            assert Scenario.from_dict(content).name


def test_every_change_in_the_table_of_changes_is_one() -> None:
    page = (HOUSE / "docs" / "how-to" / "write-a-scenario.md").read_text(encoding="utf-8")
    changes = [yaml.safe_load(text) for text in re.findall(r"\| `(\{.*\})` \|", page)]
    assert len(changes) == 5
    assert len(Scenario.from_dict({"name": "all", "changes": changes}).changes) == 5


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    made = {HOUSE / "docs" / name for name in generated().PAGES}
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            place = (page.parent / target).resolve()
            assert place.exists() or place in made, f"{name_of(page)} links to {target}"


def test_every_page_is_in_the_contents_once() -> None:
    contents = yaml.safe_load((HOUSE / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    listed = re.findall(r"[\w/-]+\.md", str(contents))
    there = {str(p.relative_to(HOUSE / "docs")) for p in (HOUSE / "docs").rglob("*.md")} | set(generated().PAGES)
    assert sorted(listed) == sorted(there)


@pytest.mark.parametrize("name", sorted(generated().PAGES))
def test_generated_pages_have_a_title_and_no_python_in_them(name: str) -> None:
    text = generated().PAGES[name]()
    assert text.startswith("# ")
    assert not re.search(r"<class |object at 0x|PydanticUndefined", text)


def test_the_files_of_the_concern_to_copy_are_there() -> None:
    page = (HOUSE / "docs" / "add-a-concern.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:planner|optimization|tests|docs)/[\w/]+\.\w+)`", page)
    assert len(named) >= 12
    assert [name for name in named if not (HOUSE / name).is_file()] == []
    texts = [(HOUSE / name).read_text(encoding="utf-8").lower() for name in named]
    assert all("groundwater" in text or "aquifer" in text for text in texts)
