"""`/v1/runs`: solves of scenarios, from the queue to the plan."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import PlainTextResponse
from starlette.requests import Request

from api.http.documented import ONE, SIGNED_IN, WRITES, problems
from api.http.pages import Page, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import Run
from api.persistence.models.basins import Role
from api.persistence.repositories import queue
from api.persistence.repositories import runs as rows
from api.schemas.basins import PathId
from api.schemas.runs import NewRun, RunAnswer, RunInList, RunQuery
from api.services import plans, run_answers, run_states, runs, scenarios
from api.services.base_years import base_year
from api.work import CurrentWork, Work

router = SubjectRouter(tags=["Runs"], route_class=TransactionRoute)


def _plain(run: Run, basin_title: str, started_by: str) -> dict[str, object]:
    scenario_title = run.scenario.get("title") or run.scenario["name"]
    return {**vars(run), "basin_title": basin_title, "scenario_title": scenario_title, "started_by": started_by}


def _in_list(work: Work, found: Sequence[Run]) -> list[RunInList]:
    names = rows.names(work.session, found)
    places = queue.positions(work.session) if any(run.state == "queued" for run in found) else {}
    branches = plans.branch_plans(work.session, [run.id for run in found])
    return [
        RunInList.model_validate(
            {
                **_plain(run, *names[run.id]),
                "queue_position": places.get(run.id),
                "branch_plans": branches.get(run.id, []),
            }
        )
        for run in found
    ]


def _one(work: Work, run: Run) -> RunAnswer:
    standing = run_answers.standing(work.session, work.settings, run)
    known = _plain(run, *rows.names(work.session, [run])[run.id])
    branches = plans.branch_plans(work.session, [run.id]).get(run.id, [])
    told = {"base_year": base_year(work.session, run), "branch_plans": branches}
    return RunAnswer.model_validate({**known, **asdict(standing), **told})


@router.post(
    "/scenarios/{scenario_id}/runs",
    status_code=201,
    responses={200: {"model": RunAnswer, "description": "A run of the same input is there already."}, **problems(*ONE, *WRITES)},
)
def start_run(work: CurrentWork, scenario_id: PathId, response: Response, body: NewRun | None = None) -> RunAnswer:
    """Plan a scenario as it stands now. Takes an analyst, and a planner for priority 1.

    The same content, changes, policy, limits and software come to the same plan: where one is there, or on its way, also by
    another scenario of the basin, its run is answered with status 200 and nothing is begun, unless `fresh` is true. A search
    starts from the last plan, unless `start` is "nothing"; the same start gives the same plan again.
    """
    asked = body or NewRun()
    role: Role = "planner" if asked.priority > 0 else "analyst"
    scenario, basin = scenarios.find(work.session, work.identity, scenario_id, role, "run")
    limits = runs.limits_within(work.settings, asked.limits.model_dump())
    run, is_new = runs.start(
        work.session, work.store, scenario, basin, work.user_id, limits=limits, priority=asked.priority, fresh=asked.fresh,
        from_nothing=asked.start == "nothing",
    )  # fmt: skip
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return _one(work, run)


@router.get("/runs", responses=problems(*SIGNED_IN))
@quick
def list_runs(work: CurrentWork, wanted: Annotated[RunQuery, Query()]) -> Page[RunInList]:
    """The runs in all basins that one may read, the newest first."""
    link = work.identity.share_link
    user_id = None if link is not None else work.identity.require_account("read").user_id
    visible = rows.visible(user_id, None if link is None or link.plan_id is not None else link.basin_id)
    query = rows.narrowed(
        visible, basin_id=wanted.basin_id, scenario_id=wanted.scenario_id, state=wanted.state,
        user_id=(user_id or "") if wanted.mine else None,
    )  # fmt: skip
    found, cursor = page_of(work.session, query, Run.id, wanted)
    return Page(items=_in_list(work, found), next_cursor=cursor)


@router.get("/runs/{run_id}", responses=problems(*ONE))
@quick
def read_run(work: CurrentWork, run_id: PathId, request: Request, response: Response) -> RunAnswer:
    """A run: its state, its place in the queue, the latest news, how it ended, its plan."""
    run, _ = runs.find(work.session, work.identity, run_id, "reader")
    answer = _one(work, run)
    answer_with(etag_of(run.id, hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:16]), request, response)
    return answer


@router.post("/runs/{run_id}/cancel", responses=problems(*ONE, *WRITES))
def cancel_run(work: CurrentWork, run_id: PathId) -> RunAnswer:
    """End a run. One that waits ends at once; one that is worked at keeps its best plan; one that has ended stays as it is."""
    run, _ = runs.find(work.session, work.identity, run_id, "analyst", "run")
    run_states.request_cancel(work.session, run, work.user_id)
    return _one(work, run)


@router.post("/runs/{run_id}/rerun", status_code=201, responses=problems(*ONE, *WRITES))
def rerun(work: CurrentWork, run_id: PathId, response: Response) -> RunAnswer:
    """Solve anew exactly what a run solved: the same version, changes, policy and limits, with the software of today."""
    run, basin = runs.find(work.session, work.identity, run_id, "analyst", "run")
    again = runs.rerun(work.session, run, basin, work.user_id)
    response.headers["Location"] = f"/v1/runs/{again.id}"
    return _one(work, again)


@router.get(
    "/runs/{run_id}/log",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems(*ONE)},
)
def read_log(work: CurrentWork, run_id: PathId) -> PlainTextResponse:
    """All news of a run as text, a line each."""
    run, _ = runs.find(work.session, work.identity, run_id, "reader")
    return PlainTextResponse(run_answers.log_of(work.session, run))
