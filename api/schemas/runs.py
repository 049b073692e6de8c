"""Runs, their news, and workers."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.pages import Page, PageRequest
from api.persistence.models.runs import EventKind, RunState
from api.schemas.base import Answer, Body, ObjectId, Time
from api.schemas.basins import Identifier
from api.schemas.branches import BranchPlanAnswer
from api.schemas.said import Said, SaidFinding
from optimization.solving.limits import Limits

Priority = Annotated[Literal[-1, 0, 1], Field(description="Higher first. 1 takes the role planner.")]


def _limit(title: str, default: Any, help: str, unit: str = "") -> Any:
    return Field(default, title=title, description=help, json_schema_extra={"x-unit": unit} if unit else None)


class RunLimits(Body):
    """When a run stops."""

    time_seconds: Annotated[float, Field(gt=0, le=1e6)] = _limit(
        "Longest time", Limits.time_seconds, "Most seconds of wall clock.", unit="s"
    )
    relative_gap: Annotated[float, Field(ge=0, le=1)] = _limit(
        "Gap that suffices", Limits.relative_gap, "Between plan and proven bound.", unit="share"
    )
    memory_bytes: Annotated[int | None, Field(ge=100_000_000, le=10**15)] = _limit(
        "Most memory", None, "Of the solver. null: what the service allows.", unit="bytes"
    )
    seed: Annotated[int, Field(ge=0, lt=2**31)] = _limit("Seed", Limits.seed, "The same seed gives the same plan.")
    threads: Annotated[int, Field(ge=1, le=64)] = _limit(
        "Threads", Limits.threads, "Parts of the search worked at a time. The plan does not depend on it."
    )


class NewRun(Body):
    """A run to start."""

    limits: RunLimits = Field(default_factory=RunLimits, examples=[{"time_seconds": 60, "relative_gap": 0.01}])
    priority: Priority = 0
    fresh: Annotated[bool, Field(description="Solve anew, even if a plan or a run of the same input is there.")] = False
    start: Annotated[
        Literal["last_plan", "nothing"],
        Field(
            description="last_plan: from the newest plan of the scenario that passed its audit, else of the nearest it comes "
            "from, of any version of the basin; what no longer holds of it is mended. nothing: afresh."
        ),
    ] = "last_plan"


class ProgressAnswer(Answer):
    """The latest news of a run: best plan and proven bound in `unit`, the gap as a share."""

    phase: str
    message: str = ""
    elapsed_seconds: float
    objective: str | None = None
    unit: str | None = None
    incumbent: float | None = None
    bound: float | None = None
    gap: float | None = None


class WayOutAnswer(Answer):
    """What a scenario may change so that a plan exists: changes to add, and a policy to take instead (null: its own stays)."""

    title: Said
    changes: list[dict[str, Any]]
    policy: dict[str, Any] | None


class ConflictPartAnswer(Answer):
    """Limits of one kind that belong to a conflict: some of them by name, and how many there are."""

    title: str
    members: list[str]
    count: int
    may_give_way: Annotated[bool, Field(description="Whether a scenario could ask for less of it.")]


class ConflictAnswer(Answer):
    """Limits that cannot all hold, while they can without any one of them; without parts, `note` says why none are given."""

    parts: list[ConflictPartAnswer]
    note: str


class OutcomeAnswer(Answer):
    """How a run ended: in a word, in a sentence, and with findings where demands conflict or do not fit.

    Where no plan exists, `ways_out` are changes under which one does: each was solved before it was told; and `conflict` are
    limits that cannot all hold, as far as parts of works may be built.
    """

    status: str
    message: Said
    passed: bool | None = None
    findings: list[SaidFinding] = Field(default_factory=list)
    ways_out: list[WayOutAnswer] = Field(default_factory=list)
    conflict: ConflictAnswer | None = None


class RunInList(Answer):
    """A run."""

    id: ObjectId
    basin_id: ObjectId
    basin_title: str
    scenario_id: ObjectId
    scenario_title: str
    organisation_id: ObjectId
    user_id: ObjectId
    started_by: Annotated[str, Field(description="The name of the person who started it.")]
    rerun_of: ObjectId | None
    start_plan_id: Annotated[ObjectId | None, Field(description="The plan that the search started from. null: from nothing.")]
    basin_version: int
    state: RunState
    priority: int
    limits: RunLimits
    tries: Annotated[int, Field(description="Times that it was begun.")]
    created_at: Time
    started_at: Time | None
    ended_at: Time | None
    cancel_requested_at: Time | None
    progress: ProgressAnswer | None
    outcome: OutcomeAnswer | None
    plan_id: Annotated[ObjectId | None, Field(description="Where there are branches, the plan of the most probable one.")]
    branch_plans: Annotated[
        list[BranchPlanAnswer],
        Field(description="The plan of each branch, in the policy's order. Empty: one plan for all, or none yet."),
    ]
    queue_position: Annotated[int | None, Field(description="1: next in line. null: not waiting.")]


class RunAnswer(RunInList):
    """A run, and where it stands."""

    base_year: Annotated[int | None, Field(description="Year of the prices of its money; null: its basin's version is gone.")]
    runs_ahead: Annotated[int | None, Field(description="How many runs wait before it. A fair share may change the order.")]
    workers_alive: int
    message: Annotated[Said, Field(description="Where it stands, in a sentence.", examples=["Waits: it is next in line."])]


class RunQuery(PageRequest):
    """Which runs are wanted."""

    basin_id: Annotated[Identifier | None, Field(description="Only of this basin.")] = None
    scenario_id: Annotated[Identifier | None, Field(description="Only of this scenario.")] = None
    state: Annotated[RunState | None, Field(description="Only in this state.")] = None
    mine: Annotated[bool, Field(description="Only one's own.")] = False


class RunEventAnswer(Answer):
    """One piece of news of a run. `data` of `progress` is as in the run's `progress`; of `ended` state, plan and outcome."""

    sequence: Annotated[int, Field(description="Counts up from 1 without gaps.")]
    attempt: int
    at: Time
    kind: EventKind
    data: dict[str, Any]


class RunEventPage(Page[RunEventAnswer]):
    """News of a run, in order."""

    ended: Annotated[bool, Field(description="The run has ended: nothing comes after the last page.")]


class WorkerAnswer(Answer):
    """A process that works at runs."""

    id: ObjectId
    name: str
    host: str
    process_id: int
    version: str
    alive: bool
    heartbeat_at: Time
    created_at: Time
    stopped_at: Time | None
    run_id: Annotated[ObjectId | None, Field(description="The run that it works at.")]
