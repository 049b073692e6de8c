"""`/health`: whether the service lives, and whether it can work."""

from typing import Literal

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel
from starlette.requests import Request

from api.persistence.migration import current_revision, newest_revision
from api.work import Service

router = APIRouter(prefix="/health", tags=["Health"])


class Health(BaseModel):
    """How the service is."""

    status: Literal["ok", "not_ready"]
    reason: str | None = None


@router.get("/live")
async def live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", responses={503: {"model": Health, "description": "It cannot work at the moment."}})
def ready(request: Request, response: Response) -> Health:
    """The database answers and is at the newest revision, and the content store is there."""
    service: Service = request.app.state.service
    reason = None
    try:
        with service.database.engine.connect() as connection:
            revision = current_revision(connection)
        if revision != newest_revision():
            reason = "The database is not at the newest revision: run `rivershare migrate`."
        elif not service.store.files.exists(service.store.root):
            reason = "The content store is not there."
    except sa.exc.SQLAlchemyError:
        reason = "The database does not answer."
    except OSError:
        reason = "The content store does not answer."
    if reason:
        response.status_code = 503
    return Health(status="not_ready" if reason else "ok", reason=reason)
