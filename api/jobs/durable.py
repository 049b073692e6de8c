"""Attempts made durable by DBOS: each step's result is recorded, so that no solve that ended is done again.

DBOS only resumes what an executor of the same name left behind. Ours have a new name with each start: who takes over a dead
worker's run is decided by the runs' rows (`api.services.run_states`), and the next attempt looks up here what the dead
one had finished.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

from api.jobs.attempt import Attempt
from api.persistence.database import Database

_SOLVE, _PUBLISH = "solve", "publish"
_VERSION = "1"  # of the steps below: another one would not understand their results
_here: dict[str, Attempt] = {}


@contextmanager
def durable(database: Database, executor_id: str) -> Iterator[None]:
    """DBOS in this process, with its tables in the service's database."""
    config: DBOSConfig = {
        "name": "rivershare",
        "system_database_url": _address(database),
        "dbos_system_schema": "dbos",
        "executor_id": executor_id,
        "application_version": _VERSION,
        "use_listen_notify": False,  # nothing here waits for another process's message
        "notification_listener_polling_interval_sec": 0.5,
        "scheduler_polling_interval_sec": 60.0,
        "sys_db_pool_size": 3,
        "log_level": "WARNING",
    }
    DBOS(config=config)
    DBOS.launch()
    try:
        yield
    finally:
        DBOS.destroy()


def execute(attempt: Attempt) -> str | None:
    """Solve and publish; returns the plan's identifier. Raises FencedError."""
    identifier = f"{attempt.run_id}.{attempt.number}"
    earlier = _earlier_result(attempt.run_id)
    _here[identifier] = attempt
    try:
        with SetWorkflowID(identifier):
            plan_id = _attempt(identifier, earlier)
    finally:
        del _here[identifier]
    forget(attempt.run_id)
    return plan_id


def forget(run_id: str) -> None:
    """Drop the records of a run that has ended: its row, its news and its plan say everything."""
    DBOS.delete_workflows([status.workflow_id for status in _workflows(run_id)])


@DBOS.workflow(name="attempt")
def _attempt(identifier: str, earlier: dict[str, Any] | None) -> str | None:
    attempt = _here[identifier]
    result = DBOS.run_step({"name": _SOLVE}, attempt.solve, earlier)
    return DBOS.run_step({"name": _PUBLISH}, attempt.publish, result)


def _earlier_result(run_id: str) -> dict[str, Any] | None:
    """What the newest earlier attempt that finished its solve had found."""
    for status in _workflows(run_id):
        for step in DBOS.list_workflow_steps(status.workflow_id):
            if step["function_name"] == _SOLVE and step["output"] is not None:
                found: dict[str, Any] = step["output"]
                return found
    return None


def _workflows(run_id: str) -> list[Any]:
    return DBOS.list_workflows(workflow_id_prefix=f"{run_id}.", sort_desc=True, load_input=False, load_output=False)


def _address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)
