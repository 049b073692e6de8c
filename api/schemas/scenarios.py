"""Scenarios."""

from typing import Annotated, Any

from pydantic import Field

from api.http.pages import PageRequest
from api.schemas.base import Answer, Body, Name, ObjectId, Time, Title, Words
from api.schemas.basins import Identifier
from api.schemas.branches import BranchAnswer
from api.schemas.findings import BasinDifferenceAnswer, FindingAnswer
from api.schemas.plain import PlainList, PlainObject
from api.schemas.said import Said
from planner.scenario.policy import Policy

Changes = Annotated[
    PlainList,
    Field(
        max_length=10_000,
        description="Applied in order after the parent's, each with one verb: set, multiply, add, remove or settings.",
        examples=[[{"table": "options", "where": {"option": "weir"}, "set": {"capex_usd": 250000}, "why": "New offer."}]],
    ),
]
OwnPolicy = Annotated[
    PlainObject | None,
    Field(
        description="Objectives in order, floors, what is hard or priced. null: the parent's; least cost without a parent.",
        examples=[{"objectives": [{"objective": "cost"}], "floors": [{"rung": 3, "share": 0.8, "within": "village"}]}],
    ),
]
VersionOrNewest = Annotated[int | None, Field(ge=1, le=10**9, description="Version of the basin. null: follows the newest.")]
Parent = Annotated[Identifier | None, Field(description="Scenario that it comes from. null: none.")]


class ScenarioChange(Body):
    """What is to be changed in a scenario; what is left out stays, null is a value of its own."""

    name: Name = ""
    title: Title = ""
    description: Words = ""
    parent_id: Parent = None
    basin_version: VersionOrNewest = None
    changes: Changes = Field(default_factory=list)
    policy: OwnPolicy = None


class NewScenario(ScenarioChange):
    """A scenario to make."""

    name: Name


class NewBranch(Body):
    """A scenario that comes from another and changes nothing yet."""

    name: Name
    title: Title = ""
    description: Words = ""


class ScenarioQuery(PageRequest):
    """Which scenarios are wanted."""

    parent_id: Annotated[Identifier | None, Field(description="Only those that come straight from this one.")] = None
    roots: Annotated[bool, Field(description="Only those without a parent.")] = False
    archived: Annotated[bool, Field(description="Those that are archived instead of those that are not.")] = False
    text: Annotated[Title | None, Field(description="Part of the name or title.", max_length=100)] = None


class ScenarioInList(Answer):
    """A scenario in a list."""

    id: ObjectId
    basin_id: ObjectId
    parent_id: ObjectId | None
    basin_version: int | None = Field(description="null: follows the newest.")
    name: str
    title: str
    own_changes: int = Field(description="How many changes it makes itself.")
    own_policy: bool = Field(description="Whether it has a policy of its own.")
    children: int = Field(description="How many scenarios come straight from it.")
    revision: int
    created_by: ObjectId
    created_at: Time
    updated_at: Time
    archived_at: Time | None


class ReasonAnswer(Answer):
    """Why a plan is stale."""

    code: str = Field(examples=["scenario_changed"])
    message: Said


class PlanOfScenario(Answer):
    """A plan of a scenario, and why it is stale; an empty list where it is not."""

    id: ObjectId
    title: str
    status: str
    passed: bool
    verdict: Said
    branch: BranchAnswer | None = Field(description="The branch that it is for; null: all.")
    basin_version: int
    created_at: Time
    stale: list[ReasonAnswer]


class ScenarioAnswer(ScenarioInList):
    """A scenario with its own changes and policy."""

    description: str
    changes: list[dict[str, Any]]
    policy: Policy | None
    plans: list[PlanOfScenario] = Field(description="The newest plans that are not archived, at most 50.")


class ScenarioCheck(Answer):
    """What a scenario would come to. `sound`: it could be kept."""

    sound: bool
    sentences: list[Said]
    findings: list[FindingAnswer]


class Ancestor(Answer):
    """A scenario in a lineage."""

    id: ObjectId
    name: str
    title: str
    revision: int


class ChangeAnswer(Answer):
    """A change, whose it is, and what it changes in sentences."""

    scenario_id: ObjectId
    scenario: str
    change: dict[str, Any]
    sentences: list[Said]


class PolicyLine(Answer):
    """A subject of a policy in words."""

    subject: Said
    words: Said
    silent: bool = Field(description="Whether the policy leaves the subject alone.")


class ResolvedAnswer(Answer):
    """What a scenario stands for now, with all that it takes from those it comes from."""

    scenario_id: ObjectId
    basin_version: int
    follows_newest: bool
    lineage: list[Ancestor] = Field(description="From the root on.")
    changes: list[ChangeAnswer] = Field(description="All changes from the root on, in order.")
    policy: Policy
    policy_from: ObjectId | None = Field(description="The scenario whose policy holds; null: least cost, as none has one.")
    policy_words: list[PolicyLine]
    base_year: int = Field(description="Year of the prices of all money.")
    content_hash: str | None = Field(description="Equal where basin and policy come to the same; null where it is not sound.")
    sound: bool
    findings: list[FindingAnswer]


class DifferingSubject(Answer):
    """A subject on which two scenarios differ, and what each says."""

    subject: Said
    values: tuple[Said, Said]


class ResolvedDifference(Answer):
    """How the basins differ that two scenarios come to: in words, many cells summed up, and cell by cell."""

    words: list[DifferingSubject]
    basin: BasinDifferenceAnswer


class ScenarioDifference(Answer):
    """What differs between a scenario and another."""

    policy: list[DifferingSubject]
    changes_here: list[ChangeAnswer] = Field(description="Changes, from the root on, that only this one makes.")
    changes_there: list[ChangeAnswer] = Field(description="Changes, from the root on, that only the other makes.")
    resolved: ResolvedDifference | None = Field(
        default=None, description="With `resolved=true`; null where one of the two cannot be applied to its basin."
    )
