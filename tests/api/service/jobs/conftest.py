"""Runs on the desk, and plans that took no solving."""

import pytest

from api.jobs import results
from datasets.cases import find
from planner.basin import Basin
from planner.plan.plan import Plan
from tests.api.service.house import House, Person
from tests.api.service.jobs.desk import Desk
from tests.conftest import PlanOnPaper


@pytest.fixture
def desk(house: House, ada: Person) -> Desk:
    return Desk(house, ada)


@pytest.fixture
def paper_plan(desk: Desk, plan_on_paper: PlanOnPaper) -> Plan:
    """A plan of the tutorial that took no solving."""
    return plan_on_paper(Basin.read(find("tutorial") / "basin"))


@pytest.fixture
def kept_plan(desk: Desk, paper_plan: Plan) -> str:
    """The digest of a plan in the content store that nothing refers to yet."""
    return results.keep(desk.store, paper_plan)
