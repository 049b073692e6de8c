"""Who a worker is: a row of its own for each start of its process."""

import os
import socket
from datetime import timedelta
from importlib.metadata import version

from sqlalchemy.orm import Session

from api.persistence.database import Database, clock
from api.persistence.models import Worker
from api.persistence.repositories import workers

_FORGOTTEN_AFTER = timedelta(days=7)


def register(session: Session, name: str) -> Worker:
    """Enter this process as a worker. Those of its name on this machine whose process is gone are dead from now on."""
    at = clock(session)
    host = socket.gethostname()
    for earlier in workers.namesakes(session, name, host):
        if earlier.process_id == os.getpid() or not _runs(earlier.process_id):
            earlier.stopped_at = at
    workers.forget_before(session, at - _FORGOTTEN_AFTER)
    row = Worker(name=name, host=host, process_id=os.getpid(), version=version("rivershare"), heartbeat_at=at)
    session.add(row)
    session.flush()
    return row


def report_end(database: Database, name: str) -> None:
    """A supervisor on this machine saw the worker of this name end: its run can be taken over at once."""
    with database.writing() as session:
        at = clock(session)
        for row in workers.namesakes(session, name, socket.gethostname()):
            row.stopped_at = at


def _runs(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
