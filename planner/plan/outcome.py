"""How a solve ended: with a plan, or without one and why."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from planner.checks.finding import Finding
from planner.plan.conflict import IrreducibleConflict
from planner.scenario.way_out import WayOut

Status = Literal["optimal", "gap_reached", "time_limit", "node_limit", "cancelled", "memory_limit", "failed", "by_rule"]
NoPlanStatus = Literal["infeasible", "no_plan_in_time", "cancelled", "memory_limit", "unbounded", "failed"]

WITHOUT_A_PLAN: dict[str, str] = {
    "infeasible": "No plan exists: what the scenario demands cannot all be met.",
    "no_plan_in_time": "The time ended before a plan was found. One may exist.",
    "cancelled": "Stopped before a plan was found. One may exist.",
    "memory_limit": "The memory limit was reached before a plan was found. One may exist.",
    "unbounded": "The model of this scenario has no least value, so that it states no plan.",
    "failed": "The solver failed before it found a plan.",
}


class NoPlan(Exception):  # noqa: N818 (an outcome, not a mistake)
    """A solve ended without a plan.

    `status` says why, `reason` in one sentence which demands cannot all hold, where that is known; `findings` name the
    demands that conflict, and `ways_out` what a scenario may change so that a plan exists: each was solved before it is
    told. `conflict` are limits that cannot all hold while they can without any one of them, or why none are given; None
    where the data alone forbid every plan. `record` is the solver's record.
    """

    def __init__(
        self,
        status: NoPlanStatus,
        findings: Iterable[Finding] = (),
        record: Mapping[str, Any] | None = None,
        reason: str = "",
        ways_out: Iterable[WayOut] = (),
        conflict: IrreducibleConflict | None = None,
    ) -> None:
        self.status: NoPlanStatus = status
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.record: dict[str, Any] = dict(record or {})
        self.conflict = conflict
        self.ways_out: tuple[WayOut, ...] = tuple(ways_out)
        super().__init__(reason or WITHOUT_A_PLAN[status])

    @property
    def proven(self) -> bool:
        """Whether it is shown that no plan exists, rather than that none was found."""
        return self.status == "infeasible"
