"""The house stands: rooms are entered one way, nothing names one machine, every needed package is pinned."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[2]
MAY_IMPORT = {
    "planner": {"planner"},
    "datasets": {"planner", "datasets"},
    "optimization": {"planner", "optimization"},
    "api": {"planner", "datasets", "optimization", "api", "rivershare_client"},
    "rivershare_client": {"rivershare_client"},
}
KEPT_TO_OPTIMIZATION = {"pyomo", "highspy"}
NEVER_IN_THE_PLANNER = {"fastapi", "sqlalchemy", "typer", "rich"}
MADE = {".git", ".venv", "build", "dist", "out", "site", "__pycache__", "node_modules"}


def imported_packages(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def our_files(*suffixes: str) -> list[Path]:
    inside = (p for p in HOUSE.rglob("*") if p.suffix in suffixes and not p.is_symlink())
    return [
        p for p in inside
        if not any(part in MADE or part.endswith(("_cache", ".egg-info")) for part in p.relative_to(HOUSE).parts)
    ]  # fmt: skip


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_the_rooms_before_it(room: str) -> None:
    files = sorted((HOUSE / room).rglob("*.py"))
    assert files
    strangers = {
        f"{file.relative_to(HOUSE)} imports {name}"
        for file in files
        for name in imported_packages(file) & set(MAY_IMPORT) - MAY_IMPORT[room]
    }
    assert not strangers


def test_only_the_optimization_knows_pyomo_and_highs() -> None:
    files = [p for room in ("planner", "datasets", "api", "rivershare_client") for p in (HOUSE / room).rglob("*.py")]
    assert {str(p) for p in files if imported_packages(p) & KEPT_TO_OPTIMIZATION} == set()


def test_the_planner_knows_no_web_no_terminal_and_no_database() -> None:
    files = list((HOUSE / "planner").rglob("*.py"))
    assert {str(p) for p in files if imported_packages(p) & NEVER_IN_THE_PLANNER} == set()


def test_the_contracts_of_the_import_linter_are_kept() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=HOUSE, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_importing_the_client_loads_no_tables_and_no_service() -> None:
    heavy = {"pandas", "pyarrow", "numpy", "fastapi", "sqlalchemy", "planner", "optimization", "api"}
    code = f"import sys, rivershare_client; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_importing_the_planner_does_not_load_the_solver() -> None:
    code = "import sys, planner; print(sorted({'pyomo', 'highspy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_no_file_names_one_machine_or_a_registry() -> None:
    bad = re.compile(r"(?<![\w.])/(?:work|root)/\w|/home/[a-z]+/|\.\./shared/|index-" + "url|https?://[^ ]*/simple" + "/")
    suffixes = (".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".csv", ".html", ".css", ".svg", ".json")
    files = [*our_files(*suffixes), HOUSE / "Makefile", HOUSE / ".ci" / "run"]
    hits = {str(p.relative_to(HOUSE)) for p in files if bad.search(p.read_text(encoding="utf-8"))}
    assert hits - {"tests/architecture/test_rooms.py"} == set()


def pinned() -> dict[str, Requirement]:
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def test_constraints_pin_exact_versions_and_name_no_place() -> None:
    for requirement in pinned().values():
        assert requirement.url is None
        assert [s.operator for s in requirement.specifier] == ["=="], requirement


def test_every_package_we_ask_for_is_pinned_within_what_we_allow() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    pins = pinned()
    for requirement in map(Requirement, asked):
        if requirement.name == project["name"]:
            continue
        version = str(next(iter(pins[canonicalize_name(requirement.name)].specifier)).version)
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_what_stands_beside_the_code_travels_with_it() -> None:
    """Data, styles and licences are in the built package: pyproject.toml names their patterns."""
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = settings["package-data"]["*"]
    files = [p for room in MAY_IMPORT for p in (HOUSE / room).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    left_out = {p.suffix or p.name for p in files if p.suffix != ".py" and not any(p.match(pattern) for pattern in patterns)}
    assert left_out == set()


def test_every_benchmark_gives_its_figures_as_json() -> None:
    files = [p.read_text(encoding="utf-8") for p in (HOUSE / "benchmarks").glob("*.py")]
    runnable = [text for text in files if '__name__ == "__main__"' in text]
    assert runnable
    assert all('"--json"' in text for text in runnable)
