"""Plans and their tables."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from api.http.pages import PageRequest
from api.schemas.base import Answer, ObjectId, Time
from planner.plan.outcome import Status

Direction = Literal["lower", "higher", "neither"]
TableForm = Literal["json", "csv", "parquet", "arrow"]


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
Names = Annotated[str | None, Field(max_length=2000, description="Names of columns, with commas between.")]


class StaleAnswer(Answer):
    """Why a plan is stale."""

    code: str
    message: str


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
    verdict: str = Field(description="What the plan may claim, in words.")
    created_by: ObjectId
    created_at: Time
    archived_at: Time | None


class PlanAnswer(PlanSummary):
    """A plan."""

    resolved_hash: str = Field(description="Equal for equal content that was solved.")
    scenario: dict[str, Any] = Field(description="The scenario as it was solved: all changes from the root on, and the policy.")
    versions: dict[str, str] = Field(description="The software that made it.")
    stale: list[StaleAnswer] = Field(description="Why it no longer is what its scenario would give; empty where it is.")


class IndicatorAnswer(Answer):
    """One figure of a plan."""

    name: str
    title: str
    value: float | None
    unit: str
    better: Direction = Field(description="Which direction is better.")
    group: str


class AuditCheckAnswer(Answer):
    """One rule of the audit."""

    code: str
    title: str
    passed: bool
    worst: float
    tolerance: float
    unit: str
    place: str
    count_failed: int


class AuditAnswer(Answer):
    """What the independent audit found."""

    passed: bool
    checks: list[AuditCheckAnswer]


class TableColumn(Answer):
    """A column of a table."""

    name: str
    title: str
    unit: str
    kind: str
    help: str


class TableDescription(Answer):
    """A table of a plan."""

    table: str
    help: str
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
    format: Annotated[TableForm | None, Field(description="json in pages, the others whole. Left out: as Accept asks.")] = None

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
    format: Annotated[Literal["json", "csv"], Field(description="Form of the answer.")] = "json"

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
