"""Runs that do not go as one hopes: the service is lost meanwhile, nothing can be planned, somebody stops it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from datasets.synthetic import make
from planner.formats.archive import write_archive
from tests.web.axe import violations
from tests.web.conftest import Place

ARCHIVE = {"Content-Type": "application/zip"}
NO_MONEY = [{"table": "channel_amounts", "multiply": {"amount_usd": 0.0}}]
EVERYONE = {"objectives": [{"objective": "cost"}], "floors": [{"rung": 4, "share": 1.0, "within": "village", "hard": True}]}


@pytest.fixture(scope="module")
def long_run(place: Place) -> Iterator[str]:
    """The scenario of a basin that takes long to prove."""
    service, organisation = place.service, place.identifiers["organisation"]
    basin = service.ask("POST", f"/v1/basins/import?organisation_id={organisation}", write_archive(make(40, 2, seed=3)), ARCHIVE)
    service.ask("PUT", f"/v1/basins/{basin['id']}/open-to-public") if False else None
    yield service.ask("POST", f"/v1/basins/{basin['id']}/scenarios", {"name": "long", "title": "Long", "policy": EVERYONE})["id"]
