"""Endpoints that only ask the database something small.

On SQLite such a question is answered from memory in a fraction of a millisecond: going to a thread for it and back, twice, as the
framework does for every endpoint that is not a coroutine, costs as much again and waits in line behind threads at work.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from api.work import Work

Answer = TypeVar("Answer")


def quick(endpoint: Callable[..., Answer]) -> Callable[..., Coroutine[Any, Any, Answer]]:
    """An endpoint that is answered where it is asked on SQLite; of a database server it is asked in a thread.

    Only for reads that neither open the content store nor ask for more than a page of rows.
    """

    @wraps(endpoint)
    async def answered(*, work: Work, **values: Any) -> Answer:
        if work.request.app.state.service.database.is_sqlite:
            return endpoint(work=work, **values)
        return await run_in_threadpool(endpoint, work=work, **values)

    return answered
