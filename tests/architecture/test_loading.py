"""What is asked for quickly is answered quickly: small commands and the solver's process load none of the heavy libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"fastapi", "highspy", "networkx", "numpy", "pandas", "pyarrow", "pydantic", "pyomo", "scipy", "sqlalchemy"}
SOLVER_LOADS = {"highspy", "numpy", "scipy"}


def loaded(code: str) -> set[str]:
    """The modules that a fresh process has loaded after `code`, by their full names."""
    ending = "import sys, atexit; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))\n"
    done = subprocess.run([sys.executable, "-c", ending + code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["plan", "--help"]])
def test_words_about_the_commands_wait_for_no_library(arguments: list[str]) -> None:
    modules = loaded(f"sys.argv = ['rivershare', *{arguments}]\nfrom api.cli import main\nmain()")
    assert modules & HEAVY <= {"pydantic"}  # which Typer itself looks at to tell a command's options


def test_the_planner_loads_what_is_asked_of_it() -> None:
    assert not loaded("import planner") & HEAVY
    assert "pandas" in loaded("from planner import Plan")


def test_the_solvers_process_loads_the_solver_and_arrays_alone() -> None:
    code = """
import runpy
runpy.run_path("optimization/solving/child_start.py")["_know_package_by_folder"]()
import optimization.solving.child
"""
    modules = loaded(code)
    assert modules & HEAVY == SOLVER_LOADS
    assert "scipy.spatial" not in modules
