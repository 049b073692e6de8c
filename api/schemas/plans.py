"""Plans and their tables."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from api.http.pages import PageRequest
from api.schemas.base import Answer, ObjectId, Time
from api.schemas.basins import ColumnAnswer
from api.schemas.branches import BranchAnswer, BranchPlanAnswer
from api.schemas.said import PlaceSaid, Said
from api.schemas.scenarios import ReasonAnswer
from planner.plan.outcome import Status

Direction = Literal["lower", "higher", "neither"]
TableForm = Literal["json", "csv", "parquet", "arrow", "xlsx"]


def _few(parts: list[str]) -> list[str]:
    if len(parts) > 50 or any(len(part) > 20_000 for part in parts):
        raise ValueError("At most 50, each of at most 20,000 characters.")
    return parts


def _comma_separated(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


Filters = Annotated[
    list[str],
    AfterValidator(_few),
    Field(
        default_factory=list,
        description="`column:operator:value`, such as `persons:ge:100`, `village:in:hilltop,riverside`, `train:blank`. All must "
        "hold. Operators: eq, ne, lt, le, gt, ge, in, blank, present.",
        examples=[["stage:eq:stage_1"]],
    ),
]
Failed = Annotated[bool, Field(description="Whether figures of a plan whose audit failed are wanted: they are no results.")]
Names = Annotated[str | None, Field(max_length=2000, description="Names of columns, with commas between.")]


class PlanSummary(Answer):
    """A plan in a list."""

    id: ObjectId
    basin_id: ObjectId
    basin_version: int
    scenario_id: ObjectId
    run_id: ObjectId
    title: str
    status: Status
    passed: bool = Field(description="Whether the audit passed. The figures of a plan that failed are no results.")
    verdict: Said = Field(description="What the plan may claim, in words.")
    branch: BranchAnswer | None = Field(description="The branch that it is for, where its run made a plan for each. null: all.")
    created_by: ObjectId
    created_at: Time
    archived_at: Time | None


class PlanAnswer(PlanSummary):
    """A plan."""

    resolved_hash: str = Field(description="Equal for equal content that was solved.")
    scenario: dict[str, Any] = Field(description="The scenario as it was solved: all changes from the root on, and the policy.")
    versions: dict[str, str] = Field(description="The software that made it.")
    branch_plans: list[BranchPlanAnswer] = Field(
        description="The plans of all branches of its run, its own included, in the policy's order; empty where it is for all."
    )
    base_year: int = Field(description="Year of the prices of its money.")
    stale: list[ReasonAnswer] = Field(description="Why it no longer is what its scenario would give; empty where it is.")


class IndicatorAnswer(Answer):
    """One figure of a plan."""

    name: str
    title: Said
    value: float | None
    unit: str
    better: Direction = Field(description="Which direction is better.")
    group: str


class AuditCheckAnswer(Answer):
    """One rule of the audit."""

    code: str
    title: Said
    passed: bool
    worst: float
    tolerance: float
    unit: str
    place: PlaceSaid
    count_failed: int


class AuditAnswer(Answer):
    """What the independent audit found."""

    passed: bool
    checks: list[AuditCheckAnswer]


class MarginalValue(Answer):
    """What one more of something that binds would be worth."""

    constraint: Said = Field(examples=["Environmental flow"])
    place: str = Field(examples=["upper_reach/stage_1/dry/dry_year"])
    place_title: str = Field(description="The place by its titles.", examples=["Upper reach, 2027–2031, dry season, dry year"])
    value: float
    unit: str = Field(examples=["USD of the base year per m³/day"])
    sentence: Said


class BindingConstraint(Answer):
    """A family of constraints: how many there are, how many bind, and the most that one more unit is worth."""

    constraint: Said
    rows: int
    binding: int
    most_worth: float
    unit: str


class ExplanationAnswer(Answer):
    """Why a plan is as it is, with all that is built kept as planned."""

    aim: str = Field(description="The policy's first aim, of which values are changes.", examples=["cost"])
    caveat: Said
    marginal_values: list[MarginalValue] = Field(description="What is worth most first, at most 1,000.")
    binding: list[BindingConstraint]


class TableColumn(ColumnAnswer):
    """A column of a plan's table."""

    help: Said


class TableDescription(Answer):
    """A table of a plan."""

    table: str
    title: Said
    help: Said
    key: list[str]
    rows: int
    columns: list[TableColumn]
    also: list[TableColumn] = Field(description="Columns looked up in the basin when they are named.")


class RowsAnswer(Answer):
    """Rows of a table."""

    table: str
    columns: list[str]
    total: int = Field(description="Rows that hold all filters, on all pages.")
    items: list[dict[str, Any]]
    next_cursor: str | None = None


class RowsQuery(PageRequest):
    """Which rows and columns of a table are wanted, in which order and form."""

    filter: Filters
    columns: Names = None
    sort: Annotated[
        str | None, Field(max_length=2000, description="Columns with commas between, `-` before one: largest first.")
    ] = None
    titles: Annotated[bool, Field(description="Also the title of each name, in a column beside it.")] = False
    format: Annotated[TableForm | None, Field(description="json in pages, the others whole. Left out: as Accept asks.")] = None
    failed: Failed = False

    @property
    def column_names(self) -> list[str]:
        return _comma_separated(self.columns)

    @property
    def order(self) -> list[str]:
        return _comma_separated(self.sort)


class AggregateQuery(Answer):
    """What is to be put together."""

    table: Annotated[str, Field(max_length=100, examples=["service"])]
    measure: Names = None
    by: Names = None
    function: Annotated[str, Field(max_length=20, description="sum, mean, min, max or count.")] = "sum"
    filter: Filters
    format: Annotated[Literal["json", "csv"] | None, Field(description="Left out: as Accept asks.")] = None
    failed: Failed = False

    @property
    def measures(self) -> list[str]:
        return _comma_separated(self.measure)

    @property
    def groups(self) -> list[str]:
        return _comma_separated(self.by)


class AggregateAnswer(Answer):
    """Figures put together."""

    table: str
    columns: list[TableColumn]
    items: list[dict[str, Any]]


class LeftOutPlanAnswer(Answer):
    """A plan that a comparison leaves out, as its audit failed."""

    id: ObjectId
    basin_id: ObjectId
    title: str
    verdict: Said
    audit_passed: bool


class ComparedPlanAnswer(LeftOutPlanAnswer):
    """A plan in a comparison."""

    base_year: int = Field(description="Year of the prices of its money.")


class AssumptionAnswer(Answer):
    """What the plans assume differently."""

    subject: Said
    values: list[Said] = Field(description="In words, one for each plan.")


class ComparedIndicatorAnswer(Answer):
    """An indicator of every plan, in the order of the plans; differences are against the first."""

    name: str
    title: Said
    unit: str
    group: str
    better: Direction
    values: list[float | None] = Field(description="null: the plan has no such figure.")
    absolute: list[float | None]
    relative: list[float | None] = Field(description="As a share of the first plan's value; null where that is zero.")
    judgement: list[Literal["better", "worse", "same", "neutral"]]


class ComparedOptionAnswer(Answer):
    """An option that some of the plans build and others do not."""

    option: str
    title: str
    kind: str
    stages: list[str | None] = Field(description="Where it first serves, one for each plan; null: never.")
    capital_usd: list[float]


class ComparedVillageAnswer(Answer):
    """A village whose people stand on other rungs in the last stage of a plan than in the first plan's."""

    village: str
    title: str
    plan: str = Field(description="Title of the plan.")
    direction: Literal["rises", "falls"]
    persons_moved: float
    mean_rung: list[float] = Field(description="In the first plan, and in this one.")
    share_at_rung_3: list[float]
    share_at_rung_4: list[float]


class FairnessPriceAnswer(Answer):
    """The price of fairness between a fair plan and an efficient one of the same basin, as a share."""

    efficient: str = Field(description="Title of the plan.")
    fair: str = Field(description="Title of the plan.")
    measure: Literal["cost", "people"] = Field(description="cost: both serve as many people. people: both cost as much.")
    found: float = Field(description="Between the plans as they are.")
    lowest: float | None = Field(description="Whatever both plans may still gain it is no less; null: not known.")
    highest: float | None = Field(description="And no more; null: not known.")
    sentence: Said


class ComparisonAnswer(Answer):
    """Plans side by side: what they assume differently first, then what comes of it."""

    plans: list[ComparedPlanAnswer] = Field(description="Those compared; the first is what the others are measured against.")
    left_out: list[LeftOutPlanAnswer] = Field(description="Plans whose audit failed: their figures are no results.")
    assumptions: list[AssumptionAnswer]
    indicators: list[ComparedIndicatorAnswer]
    options: list[ComparedOptionAnswer]
    villages: list[ComparedVillageAnswer]
    fairness_prices: list[FairnessPriceAnswer]
