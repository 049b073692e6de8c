"""Runs on the desk, and plans that took no solving."""

import os
from collections.abc import Iterator

import pytest
import structlog

from api.jobs import results
from datasets.cases import find
from planner.basin import Basin
from planner.plan.plan import Plan
from tests.api.service.house import House, Person
from tests.api.service.jobs.desk import Desk
from tests.conftest import PlanOnPaper


@pytest.fixture(autouse=True)
def short_logs() -> Iterator[None]:
    """Traces in the log as plain text: with the values of all variables, a basin's among them, they take seconds."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture
def desk(house: House, ada: Person) -> Desk:
    return Desk(house, ada)


@pytest.fixture
def paper_plan(desk: Desk, plan_on_paper: PlanOnPaper) -> Plan:
    """A plan of the tutorial that took no solving."""
    return plan_on_paper(Basin.read(find("tutorial")))


@pytest.fixture
def kept_plan(desk: Desk, paper_plan: Plan) -> str:
    """The digest of a plan in the content store that nothing refers to yet."""
    return results.keep(desk.store, paper_plan)


@pytest.fixture
def environment(desk: Desk) -> dict[str, str]:
    """What a worker's process is given: the desk's database, and a quick heart."""
    return {
        **os.environ,
        "RIVERSHARE_HOME": str(desk.settings.folder),
        "RIVERSHARE_DATABASE_URL": desk.settings.database,
        "RIVERSHARE_HEARTBEAT_SECONDS": "0.3",
    }
