"""The service keeps its contract: generated requests get documented answers, and never a failure of the service's own.

A few for each operation; benchmarks/contract.py sends thousands, in sequences too.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from api.app import create_app
from api.persistence.database import Database
from api.persistence.migration import migrate
from api.settings import Settings
from tests.api.service.access.scene import basin_of_tutorial, build
from tests.api.service.house import House
from tests.conftest import PlanOnPaper

# Streams of news that end when a run ends, and what would end the key that the requests are sent with.
LEFT_OUT = {"GET /v1/runs/{run_id}/events", "DELETE /v1/api-keys/{key_id}", "DELETE /v1/users/{user_id}"}


@pytest.fixture(scope="module")
def owner_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    folder: Path = tmp_path_factory.mktemp("contract")
    settings = Settings(home=folder, requests_per_second=100_000, logins_per_minute=100_000)
    database = Database(settings.database)
    migrate(database)
    database.close()
    house = House(settings)
    yield house, build(house.service, _plan()).keys["owner"]
    house.close()


def _plan() -> Any:
    from tests.conftest import plan_on_paper

    make: PlanOnPaper = plan_on_paper.__wrapped__()  # type: ignore[attr-defined]
    return make(basin_of_tutorial())


@pytest.fixture(scope="module")
def contract(owner_key: tuple[House, str]) -> Any:
    return schemathesis.openapi.from_asgi("/v1/openapi.json", owner_key[0].app)


def operations() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(home=Path(folder)))
        paths = app.openapi()["paths"]
        app.state.service.database.close()
    return [(path, method.upper()) for path, methods in paths.items() for method in methods]


@pytest.mark.parametrize(("path", "method"), [one for one in operations() if f"{one[1]} {one[0]}" not in LEFT_OUT])
def test_a_generated_request_gets_a_documented_answer(
    contract: Any, owner_key: tuple[House, str], path: str, method: str
) -> None:
    @given(case=contract[path][method].as_strategy())
    @hypothesis_settings(max_examples=4, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def send(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {owner_key[1]}"})

    send()
