"""`/v1/workers`: the processes that work at runs."""

from datetime import timedelta

from api.http.documented import SIGNED_IN, problems
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.clock import clock
from api.persistence.repositories import workers as rows
from api.schemas.runs import WorkerAnswer
from api.services.run_answers import silent_since
from api.work import CurrentWork

router = SubjectRouter(prefix="/workers", tags=["Runs"], route_class=TransactionRoute)
_SHOWN_FOR = timedelta(hours=24)


@router.get("", responses=problems(*SIGNED_IN))
@quick
def list_workers(work: CurrentWork) -> list[WorkerAnswer]:
    """Workers that were alive within the last day, the newest first. Takes an administrator of the service."""
    work.identity.require_administrator()
    since = silent_since(work.session, work.settings)
    return [
        WorkerAnswer.model_validate({
            **vars(worker),
            "alive": worker.stopped_at is None and worker.heartbeat_at >= since,
            "run_id": None if run is None else run.id,
        })
        for worker, run in rows.seen_since(work.session, clock(work.session) - _SHOWN_FOR)
    ]  # fmt: skip
