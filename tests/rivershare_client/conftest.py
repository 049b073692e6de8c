"""A service to talk to."""

from collections.abc import Iterator

import pytest

from benchmarks.served import Served, served


@pytest.fixture(scope="session")
def served_service() -> Iterator[Served]:
    """A service with one worker and the bundled cases."""
    with served(workers=1) as service:
        yield service
