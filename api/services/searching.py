"""Solving on behalf of whoever reads a plan: one at a time in a process, as each fills a processor."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from api.errors import TooMany

RETRY_AFTER_SECONDS: Final = 15
_SEARCHING: Final = Lock()


@contextmanager
def one_search() -> Iterator[None]:
    """Raises TooMany while another goes on."""
    if not _SEARCHING.acquire(blocking=False):
        raise TooMany("A question about a plan is being solved already.", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    try:
        yield
    finally:
        _SEARCHING.release()
