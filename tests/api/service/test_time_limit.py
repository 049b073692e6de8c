"""A request that takes too long while a thread of it is at work: an answer, nothing done, and everything as it was before."""

import time
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.services import organisations
from api.settings import Settings
from tests.api.service.house import House


def test_what_a_thread_does_after_the_time_is_over_is_undone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(settings.model_copy(update={"request_seconds": 2.0}))
    ada = house.person("ada", administrator=True)
    slow: dict[str, Any] = {"seconds": 2.5}
    make = organisations.make

    def in_its_time(session: Session, *more: Any) -> Any:
        made, end = make(session, *more), time.monotonic() + slow["seconds"]
        while time.monotonic() < end:
            session.execute(sa.text("SELECT 1"))
        slow["connected_to_the_end"] = session.in_transaction() and sa.inspect(made).session is session
        return made

    monkeypatch.setattr(organisations, "make", in_its_time)
    try:
        late = ada.http.post("/v1/organisations", json={"name": "late", "title": "Late"})
        assert (late.status_code, late.json()["type"].rpartition(":")[2]) == (503, "takes-too-long")
        assert slow["connected_to_the_end"]
        slow["seconds"] = 0.0
        assert ada.http.post("/v1/organisations", json={"name": "late", "title": "Late"}).status_code == 201
    finally:
        house.close()
