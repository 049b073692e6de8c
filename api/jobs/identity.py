"""Who a worker is: a row of its own for each start of its process."""

import os
import socket
from datetime import timedelta
from importlib.metadata import version

from sqlalchemy.orm import Session

from api.persistence.clock import clock
from api.persistence.models import Worker
from api.persistence.repositories import workers

_FORGOTTEN_AFTER = timedelta(days=7)


def register(session: Session, name: str) -> Worker:
    """Enter this process as a worker. Those of its name on this machine whose process is gone are dead from now on."""
    at = clock(session)
    end_of_gone(session, name)
    workers.forget_before(session, at - _FORGOTTEN_AFTER)
    host, process_id = socket.gethostname(), os.getpid()
    row = Worker(name=name, host=host, process_id=process_id, version=version("rivershare"), heartbeat_at=at)
    session.add(row)
    session.flush()
    return row


def end_of_gone(session: Session, name: str) -> None:
    """Note the end of workers of this name on this machine whose process is gone: their runs can be taken over at once."""
    at = clock(session)
    for row in workers.namesakes(session, name, socket.gethostname()):
        if row.process_id == os.getpid() or not _runs(row.process_id):
            row.stopped_at = at


def _runs(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
