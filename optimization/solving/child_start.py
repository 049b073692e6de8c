"""Begins solvers' processes: run as a file, `python -P child_start.py SOCKET`, by `starter`.

The front door of `optimization` imports Pyomo and pandas, which the solver never uses and which would cost every run more
than a second. So this process knows the package by its folder only, and imports from it nothing but `solving`.
"""

import sys
import types
from pathlib import Path


def _know_package_by_folder() -> None:
    folder = Path(__file__).resolve().parents[1]
    package = types.ModuleType(folder.name)
    package.__path__ = [str(folder)]
    sys.modules[folder.name] = package


if __name__ == "__main__":
    _know_package_by_folder()
    from optimization.solving.starter_process import serve

    serve(int(sys.argv[1]))
