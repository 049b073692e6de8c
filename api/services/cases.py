"""The bundled cases."""

from functools import cache
from importlib.metadata import version

from api.errors import NotFound
from datasets.cases import Case
from datasets.cases import cases as read_cases
from planner.scenario.scenario import Scenario


@cache
def cases() -> tuple[Case, ...]:
    """All bundled cases by name."""
    return tuple(read_cases())


def find(name: str) -> Case:
    """The case of this name. Raises NotFound."""
    found = next((case for case in cases() if case.name == name), None)
    if found is None:
        names = ", ".join(case.name for case in cases())
        raise NotFound(f"There is no case {name[:80]}.", remedy=f"The cases are {names}.")
    return found


@cache
def scenarios(name: str) -> tuple[Scenario, ...]:
    """The scenarios of a case."""
    return tuple(Scenario.read(path) for path in find(name).scenarios.values())


@cache
def counts(name: str) -> dict[str, int]:
    """Rows of each table of a case."""
    return find(name).counts


def state() -> str:
    """What changes whenever the cases may: they come with the service."""
    return version("rivershare")
