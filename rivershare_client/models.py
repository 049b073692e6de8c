"""What the service answers. Written by `python -m generators`, not by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from rivershare_client.model import Model


class AggregateAnswer(Model):
    """Figures put together."""

    table: str
    columns: list[TableColumn]
    items: list[dict[str, Any]]


class Ancestor(Model):
    """A scenario in a lineage."""

    id: str
    name: str
    title: str
    revision: int


class ApiKeyAnswer(Model):
    """An API key, without its secret."""

    id: str
    name: str
    scopes: list[Literal["read", "write", "run", "administer"]]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class AssumedFigure(Model):
    """A figure that nobody measured."""

    assumption: str
    title: str
    value: float
    low: float
    high: float
    unit: str
    why: str
    rests: str
    columns_resting: int
    sources: str


class AssumptionAnswer(Model):
    """What the plans assume differently."""

    subject: str
    values: list[str]


class AssumptionsAnswer(Model):
    """What a plan rests on, as it was planned."""

    policy: list[PolicySubject]
    changes: list[str]
    origins: dict[str, int]
    figures: list[AssumedFigure]


class AssuranceFloor(Model):
    """The least share of days on which the pipes of a village bring all that the people newly on them need."""

    least_share: float
    stage: str | None = None
    group: str | None = None
    administration: str | None = None
    hard: bool = False
    missed_price_usd_per_person_day: float = 0.5


class AuditAnswer(Model):
    """What the independent audit found."""

    passed: bool
    checks: list[AuditCheckAnswer]


class AuditCheckAnswer(Model):
    """One rule of the audit."""

    code: str
    title: str
    passed: bool
    worst: float
    tolerance: float
    unit: str
    place: str
    count_failed: int


class AuthorAnswer(Model):
    """Who said something."""

    user_id: str
    name: str
    speaks_for: (
        Literal[
            "administration",
            "ministry",
            "village_committee",
            "women_group",
            "minority_group",
            "environment",
            "donor",
            "downstream_city",
            "other",
        ]
        | None
    )
    title: str | None


class BasinAnswer(Model):
    """A basin."""

    id: str
    organisation_id: str
    name: str
    title: str
    open_to_all: bool
    open_to_public: bool
    latest_version: int
    role: Literal["reader", "stakeholder", "analyst", "planner", "owner"]
    revision: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class BasinDifferenceAnswer(Model):
    """What differs between two basins; only tables that differ are named."""

    settings: list[dict[str, Any]]
    tables: dict[str, TableDifferenceAnswer]


class BindingConstraint(Model):
    """A family of constraints: how many there are, how many bind, and the most that one more unit is worth."""

    constraint: str
    rows: int
    binding: int
    most_worth: float
    unit: str


class Bound(Model):
    """The most that an objective may be in any plan, whatever is sought."""

    objective: Literal[
        "cost", "environmental_flow_deficit", "below_rung_1", "below_rung_2", "below_rung_3", "below_rung_4", "below_rung_5"
    ]
    at_most: float


class Branch(Model):
    """A kind of future: its members, and the stage from which whoever decides knows that it has come."""

    name: str
    title: str = ""
    from_stage: str
    members: list[str]


class BranchAnswer(Model):
    """A branch of a policy: one of several futures, each of which has a plan of its own."""

    name: str
    title: str
    known_from: str
    known_from_title: str
    probability_share: float


class BranchPlanAnswer(Model):
    """The plan of a branch."""

    name: str
    title: str
    known_from: str
    known_from_title: str
    probability_share: float
    plan_id: str


class CaseAnswer(Model):
    """A bundled basin to start from."""

    name: str
    title: str
    licence: str
    villages: int
    scenarios: list[str]
    relief: ReliefAnswer | None


class CaseScenarioAnswer(Model):
    """A scenario of a case; `content` can be sent as a scenario of a basin that was made from the case."""

    name: str
    title: str
    description: str
    content: dict[str, Any]


class ChangeAnswer(Model):
    """A change, whose it is, and what it changes in sentences."""

    scenario_id: str
    scenario: str
    change: dict[str, Any]
    sentences: list[str]


class CheckAnswer(Model):
    """What a check found. `sound`: no finding is an error, so that it can be kept."""

    sound: bool
    findings: list[FindingAnswer]
    counts: dict[str, int] = Field(default_factory=dict)


class CitationAnswer(Model):
    """A source of figures."""

    citation: str
    title: str
    licence: str


class ColumnAnswer(Model):
    """A column of a table."""

    name: str
    title: str
    unit: str
    unit_title: str
    kind: str


class CommentAnswer(Model):
    """A comment. A deleted one stays as a stub without its text, so that answers keep their place."""

    id: str
    basin_id: str
    author: AuthorAnswer
    answer_to: str | None
    plan_id: str | None
    scenario_id: str | None
    table: str | None
    place: str | None
    text: str | None
    revision: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


class ComparedIndicatorAnswer(Model):
    """An indicator of every plan, in the order of the plans; differences are against the first."""

    name: str
    title: str
    unit: str
    group: str
    better: Literal["lower", "higher", "neither"]
    values: list[float | None]
    absolute: list[float | None]
    relative: list[float | None]
    judgement: list[Literal["better", "worse", "same", "neutral"]]


class ComparedOptionAnswer(Model):
    """An option that some of the plans build and others do not."""

    option: str
    title: str
    kind: str
    stages: list[str | None]
    capital_usd: list[float]


class ComparedPlanAnswer(Model):
    """A plan in a comparison."""

    id: str
    basin_id: str
    title: str
    verdict: str
    audit_passed: bool
    base_year: int


class ComparedVillageAnswer(Model):
    """A village whose people stand on other rungs in the last stage of a plan than in the first plan's."""

    village: str
    title: str
    plan: str
    direction: Literal["rises", "falls"]
    persons_moved: float
    mean_rung: list[float]
    share_at_rung_3: list[float]
    share_at_rung_4: list[float]


class ComparisonAnswer(Model):
    """Plans side by side: what they assume differently first, then what comes of it."""

    plans: list[ComparedPlanAnswer]
    left_out: list[LeftOutPlanAnswer]
    assumptions: list[AssumptionAnswer]
    indicators: list[ComparedIndicatorAnswer]
    options: list[ComparedOptionAnswer]
    villages: list[ComparedVillageAnswer]
    fairness_prices: list[FairnessPriceAnswer]


class ConflictAnswer(Model):
    """Limits that cannot all hold, while they can without any one of them; without parts, `note` says why none are given."""

    parts: list[ConflictPartAnswer]
    note: str


class ConflictPartAnswer(Model):
    """Limits of one kind that belong to a conflict: some of them by name, and how many there are."""

    title: str
    members: list[str]
    count: int
    may_give_way: bool


class Conservation(Model):
    """Weights of the parts of the aim `conservation`, each a share of a whole that no plan changes."""

    environmental_flow: float = 1.0
    groundwater: float = 1.0
    protected_reaches: float = 1.0
    wastewater: float = 1.0


class DifferingSubject(Model):
    """A subject on which two scenarios differ, and what each says."""

    subject: str
    values: list[Any]


class EditsAnswer(Model):
    """What changes of a basin did, or would do."""

    version: VersionAnswer | None
    sound: bool
    findings: list[FindingAnswer]
    difference: BasinDifferenceAnswer | None


class ExplanationAnswer(Model):
    """Why a plan is as it is, with all that is built kept as planned."""

    aim: str
    caveat: str
    marginal_values: list[MarginalValue]
    binding: list[BindingConstraint]


class Fairness(Model):
    """What the aims of fairness compare: a score of each party, the persons of each counting as one."""

    between: Literal["villages", "administrations", "administration_groups", "accounts", "account_groups", "groups"] = (
        "account_groups"
    )
    score: Literal["share_at_rung", "mean_rung"] = "share_at_rung"
    rung: int = 4
    stage: str | None = None
    worst_count: int = 3
    weights: list[float] = Field(default_factory=list)
    gini_share: float = 0.5
    depth: int = 10


class FairnessPriceAnswer(Model):
    """The price of fairness between a fair plan and an efficient one of the same basin, as a share."""

    efficient: str
    fair: str
    measure: Literal["cost", "people"]
    found: float
    lowest: float | None
    highest: float | None
    sentence: str


class FigureAnswer(Model):
    """A figure of a technology with its range and where it comes from."""

    quantity: str
    value: float
    low: float
    high: float
    unit: str
    year: int
    citation: str | None
    assumed: bool
    note: str | None


class FindingAnswer(Model):
    """One thing that a check has to say: what, where, how to mend it."""

    code: str
    severity: Literal["error", "warning", "note"]
    message: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: str | None = None
    remedy: str | None = None
    where: str | None = None


class Floor(Model):
    """The least share of people at a rung or above."""

    rung: int
    share: float
    within: Literal["village", "administration", "account", "basin"] = "village"
    stage: str | None = None
    group: str | None = None
    administration: str | None = None
    hard: bool = False
    missed_price_usd_per_person_year: float = 200.0


class FloorViolatedAnswer(Model):
    """A value that is never acceptable, and the floor that it is beyond."""

    indicator: str
    value: float
    floor: float


class ForcedAnswer(Model):
    """What the first aim becomes where an option must serve in the last stage."""

    option: str
    title: str
    aim: str
    unit: str
    status: str
    value: float | None
    costs_as_found: float | None
    costs_at_least: float | None
    costs_at_most: float | None
    caveat: str


class FutureAnswer(Model):
    """How a plan fares in one future and stage."""

    future: str
    member: str
    water_share: float
    demand_share: float
    stage: str
    demand_m3_per_year: float
    missing_m3_per_year: float
    met_share: float
    lowest_village_share: float
    persons_short: float
    environmental_flow_deficit_m3_per_year: float


class FuturesAnswer(Model):
    """A plan in other futures: all that it builds stays; water and demand change, and what fails is counted."""

    stages: list[StageRobustness]
    futures: list[FutureAnswer]


class GapCap(Model):
    """How far the best-off of them may be above the worst-off, in the share of its people at a rung or above."""

    rung: int
    between: Literal["groups", "administrations", "accounts"] = "groups"
    largest_gap_share: float
    stage: str | None = None
    hard: bool = False
    exceeded_price_usd_per_point_year: float = 5000.0


class Health(Model):
    """How the service is."""

    status: Literal["ok", "not_ready"]
    reason: str | None = None


class IndicatorAnswer(Model):
    """One figure of a plan."""

    name: str
    title: str
    value: float | None
    unit: str
    better: Literal["lower", "higher", "neither"]
    group: str


class InstitutionFloor(Model):
    """The least share of institutions that have safe piped water."""

    share: float = 1.0
    kind: Literal["school", "clinic", "monastery", "other"] | None = None
    stage: str | None = None
    administration: str | None = None
    hard: bool = False
    missed_price_usd_per_institution_year: float = 2000.0


class LeftOutPlanAnswer(Model):
    """A plan that a comparison leaves out, as its audit failed."""

    id: str
    basin_id: str
    title: str
    verdict: str
    audit_passed: bool


class LogRemovalAnswer(Model):
    """How much of a kind of pathogens a treatment step removes, in powers of ten."""

    process: str
    pathogen: str
    low: float
    high: float
    citation: str


class MarginalValue(Model):
    """What one more of something that binds would be worth."""

    constraint: str
    place: str
    place_title: str
    value: float
    unit: str
    sentence: str


class MemberAnswer(Model):
    """Somebody in an organisation."""

    user_id: str
    name: str
    email: str | None
    role: Literal["member", "administrator"]


class NewApiKeyAnswer(Model):
    """A new API key. The secret is shown this once."""

    id: str
    name: str
    scopes: list[Literal["read", "write", "run", "administer"]]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    key: str


class NewShareLinkAnswer(Model):
    """A new share link. The token is shown this once: its holder sends `Authorization: Bearer TOKEN`."""

    id: str
    basin_id: str
    plan_id: str | None
    name: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    token: str


class NewUserAnswer(Model):
    """A new account and the link to give to its owner."""

    user: UserAnswer
    one_time_link: OneTimeLinkAnswer


class Objective(Model):
    """One aim. Later ones decide among the plans that are as good, within the tolerance, for the earlier ones."""

    objective: Literal[
        "cost",
        "access",
        "environmental_flow_deficit",
        "conservation",
        "weighted_sum",
        "max_min",
        "worst_sum",
        "owa",
        "leximin",
        "lorenz",
        "mean_minus_gini",
    ]
    tolerance_share: float = 0.001


class OneTimeLinkAnswer(Model):
    """A link by which a person sets a password. It is shown this once."""

    token: str
    url: str
    expires_at: datetime


class OrganisationAnswer(Model):
    """An organisation."""

    id: str
    name: str
    title: str
    revision: int
    created_at: datetime
    updated_at: datetime


class OutcomeAnswer(Model):
    """How a run ended: in a word, in a sentence, and with findings where demands conflict or do not fit."""

    status: str
    message: str
    passed: bool | None = None
    findings: list[dict[str, Any]] | None = None
    ways_out: list[WayOutAnswer] | None = None
    conflict: ConflictAnswer | None = None


class PersonalData(Model):
    """Everything that the service holds about a person, by kind; secrets are left out."""

    account: dict[str, Any]
    held: dict[str, list[dict[str, Any]]]


class PlanAnswer(Model):
    """A plan."""

    id: str
    basin_id: str
    basin_version: int
    scenario_id: str
    run_id: str
    title: str
    status: Literal["optimal", "gap_reached", "time_limit", "node_limit", "cancelled", "memory_limit", "failed", "by_rule"]
    passed: bool
    verdict: str
    branch: BranchAnswer | None
    created_by: str
    created_at: datetime
    archived_at: datetime | None
    resolved_hash: str
    scenario: dict[str, Any]
    versions: dict[str, str]
    branch_plans: list[BranchPlanAnswer]
    base_year: int
    stale: list[ReasonAnswer]


class PlanOfScenario(Model):
    """A plan of a scenario, and why it is stale; an empty list where it is not."""

    id: str
    title: str
    status: str
    passed: bool
    verdict: str
    branch: BranchAnswer | None
    basin_version: int
    created_at: datetime
    stale: list[ReasonAnswer]


class PlanOption(Model):
    """Something that could be built, and whether the plan builds it."""

    option: str
    title: str
    kind: str
    kind_title: str
    built: bool


class PlanSatisfactionAnswer(Model):
    """How far a plan satisfies somebody."""

    plan_id: str
    total: float | None
    acceptable: bool
    indicators: list[SatisfiedAnswer]
    floors_violated: list[FloorViolatedAnswer]


class PlanSummary(Model):
    """A plan in a list."""

    id: str
    basin_id: str
    basin_version: int
    scenario_id: str
    run_id: str
    title: str
    status: Literal["optimal", "gap_reached", "time_limit", "node_limit", "cancelled", "memory_limit", "failed", "by_rule"]
    passed: bool
    verdict: str
    branch: BranchAnswer | None
    created_by: str
    created_at: datetime
    archived_at: datetime | None


class Policy(Model):
    """What a plan is to achieve."""

    objectives: list[Objective] = Field(default_factory=list)
    weighted_aims: list[WeightedAim] = Field(default_factory=list)
    floors: list[Floor] = Field(default_factory=list)
    institution_floors: list[InstitutionFloor] = Field(default_factory=list)
    assurance_floors: list[AssuranceFloor] = Field(default_factory=list)
    gap_caps: list[GapCap] = Field(default_factory=list)
    rules: list[Rule] = Field(default_factory=list)
    bounds: list[Bound] = Field(default_factory=list)
    fairness: Fairness = Field(default_factory=lambda: Fairness())
    risk_attitude: RiskAttitude = Field(default_factory=lambda: RiskAttitude())
    branches: list[Branch] = Field(default_factory=list)
    environmental_flow: Literal["hard", "priced"] = "hard"
    environmental_flow_price_usd_per_m3: float = 0.05
    obligations: Literal["hard", "priced"] = "hard"
    obligation_price_usd_per_m3: float = 0.05
    groundwater: Literal["hard", "priced"] = "hard"
    groundwater_price_usd_per_m3: float = 0.5
    administration_licences: Literal["hard", "priced"] = "hard"
    administration_licence_price_usd_per_m3: float = 0.5
    water_stress: Literal["hard", "priced"] = "hard"
    water_stress_price_usd_per_m3: float = 0.05
    other_uses: Literal["value", "priority"] = "value"
    first_priority_price_usd_per_m3: float = 1.0
    second_priority_price_usd_per_m3: float = 0.05
    shortage_price_usd_per_m3: float = 2.0
    hauled_price_usd_per_m3: float = 15.0
    protected_reaches: Literal["hard", "counted"] = "counted"
    load_limits: Literal["hard", "priced"] = "hard"
    load_price_usd_per_kg: float = 1.0
    conservation: Conservation = Field(default_factory=lambda: Conservation())
    risk: Risk = Field(default_factory=lambda: Risk())
    least_storage_hours: float | None = None
    household_treatment: Literal["capped", "counted"] = "capped"
    largest_emissions_kg_co2_per_year: float | None = None
    blending: Literal["none", "chemicals"] = "none"
    periods: Literal["binding", "all"] = "binding"


class PolicyLine(Model):
    """A subject of a policy in words."""

    subject: str
    words: str
    silent: bool


class PolicySubject(Model):
    """What the policy says of a subject."""

    subject: str
    words: str
    limit: str


class Preference(Model):
    """What somebody wants of one indicator."""

    indicator: str
    weight: float = 1.0
    floor: float | None = None
    aspiration: float | None = None


class PreferencesAnswer(Model):
    """What matters to somebody."""

    preferences: list[Preference]
    revision: int
    updated_at: datetime


class ProfileAnswer(Model):
    """Whom somebody speaks for in a basin."""

    id: str
    basin_id: str
    author: AuthorAnswer
    administration: str | None
    village: str | None
    revision: int
    created_at: datetime
    updated_at: datetime


class ProgressAnswer(Model):
    """The latest news of a run: best plan and proven bound in `unit`, the gap as a share."""

    phase: str
    message: str = ""
    elapsed_seconds: float
    objective: str | None = None
    unit: str | None = None
    incumbent: float | None = None
    bound: float | None = None
    gap: float | None = None


class ReasonAnswer(Model):
    """Why a plan is stale."""

    code: str
    message: str


class Redeemed(Model):
    """The account whose password is set."""

    email: str


class ReliefAnswer(Model):
    """A shaded picture of the ground, clear where it is flat, for under a map; `/v1/cases/{name}/relief` is the PNG."""

    west: float
    south: float
    east: float
    north: float
    source: str


class ResolvedAnswer(Model):
    """What a scenario stands for now, with all that it takes from those it comes from."""

    scenario_id: str
    basin_version: int
    follows_newest: bool
    lineage: list[Ancestor]
    changes: list[ChangeAnswer]
    policy: Policy
    policy_from: str | None
    policy_words: list[PolicyLine]
    base_year: int
    content_hash: str | None
    sound: bool
    findings: list[FindingAnswer]


class ResolvedDifference(Model):
    """How the basins differ that two scenarios come to: in words, many cells summed up, and cell by cell."""

    words: list[DifferingSubject]
    basin: BasinDifferenceAnswer


class Risk(Model):
    """The highest risk that a village may run by any one hazard: no other hazard makes good for it."""

    highest: Literal["any", "low", "medium", "high"] = "any"
    stage: str | None = None
    hard: bool = False
    price_usd_per_person_point_year: float = 1.0


class RiskAttitude(Model):
    """How the members count in the aim of cost. A member's cost is what the plan costs if every year were like it."""

    attitude: Literal["expectation", "cvar", "worst", "minimax_regret"] = "expectation"
    members: Literal["design", "all"] = "design"
    tail_share: float = 0.9
    tail_weight: float = 0.5


class RoleAnswer(Model):
    """What somebody may do with a basin."""

    user_id: str
    name: str
    email: str | None
    role: Literal["reader", "stakeholder", "analyst", "planner", "owner"]


class RowsAnswer(Model):
    """Rows of a table."""

    table: str
    columns: list[str]
    total: int
    items: list[dict[str, Any]]
    next_cursor: str | None = None


class Rule(Model):
    """A constraint of one's own, for every member of some sets."""

    name: str
    title: str = ""
    foreach: list[str] = Field(default_factory=list)
    where: str = ""
    expression: str
    active: bool = True


class RuleCheck(Model):
    """Whether a rule can be used. A finding names line and character, and shows the line."""

    sound: bool
    unit: str | None = None
    findings: list[FindingAnswer]


class RuleFigureAnswer(Model):
    """A figure that a rule may use."""

    table: str
    column: str
    indices: list[str]
    unit: str
    title: str
    planned: bool


class RuleNamesAnswer(Model):
    """What a rule may name."""

    sets: list[str]
    figures: list[RuleFigureAnswer]


class RulePreviewAnswer(Model):
    """What a rule would be in the model, without solving anything."""

    sound: bool
    unit: str | None = None
    findings: list[FindingAnswer]
    rows: int = 0
    entries: int = 0
    left_out: int = 0
    examples: list[str] = Field(default_factory=list)


class RunAnswer(Model):
    """A run, and where it stands."""

    id: str
    basin_id: str
    basin_title: str
    scenario_id: str
    scenario_title: str
    organisation_id: str
    user_id: str
    started_by: str
    rerun_of: str | None
    start_plan_id: str | None
    basin_version: int
    state: Literal["queued", "running", "succeeded", "no_plan", "failed", "cancelled"]
    priority: int
    limits: RunLimits
    tries: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancel_requested_at: datetime | None
    progress: ProgressAnswer | None
    outcome: OutcomeAnswer | None
    plan_id: str | None
    branch_plans: list[BranchPlanAnswer]
    queue_position: int | None
    base_year: int | None
    runs_ahead: int | None
    workers_alive: int
    message: str


class RunEventAnswer(Model):
    """One piece of news of a run. `data` of `progress` is as in the run's `progress`; of `ended` state, plan and outcome."""

    sequence: int
    attempt: int
    at: datetime
    kind: Literal["queued", "started", "progress", "taken_over", "cancel_requested", "ended"]
    data: dict[str, Any]


class RunEventPage(Model):
    """News of a run, in order."""

    items: list[RunEventAnswer]
    next_cursor: str | None = None
    ended: bool


class RunInList(Model):
    """A run."""

    id: str
    basin_id: str
    basin_title: str
    scenario_id: str
    scenario_title: str
    organisation_id: str
    user_id: str
    started_by: str
    rerun_of: str | None
    start_plan_id: str | None
    basin_version: int
    state: Literal["queued", "running", "succeeded", "no_plan", "failed", "cancelled"]
    priority: int
    limits: RunLimits
    tries: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancel_requested_at: datetime | None
    progress: ProgressAnswer | None
    outcome: OutcomeAnswer | None
    plan_id: str | None
    branch_plans: list[BranchPlanAnswer]
    queue_position: int | None


class RunLimits(Model):
    """When a run stops."""

    time_seconds: float = 120.0
    relative_gap: float = 0.01
    memory_bytes: int | None = None
    seed: int = 0
    threads: int = 1


class SatisfactionAnswer(Model):
    """How far plans satisfy preferences. `findings` says why there is no answer where there is none."""

    scales: list[ScaleAnswer]
    plans: list[PlanSatisfactionAnswer]
    findings: list[FindingAnswer] = Field(default_factory=list)


class SatisfiedAnswer(Model):
    """How far a plan satisfies one preference, 0 to 1; null where the plan has no such indicator."""

    indicator: str
    value: float | None
    satisfaction: float | None


class ScaleAnswer(Model):
    """The scale of an indicator, the same for all plans asked about: 0 at the floor, 1 at the aspiration."""

    indicator: str
    title: str
    unit: str
    better: Literal["lower", "higher", "neither"]
    weight: float
    floor: float | None
    floor_from: Literal["preference", "plans"]
    aspiration: float | None
    aspiration_from: Literal["preference", "plans"]


class ScenarioAnswer(Model):
    """A scenario with its own changes and policy."""

    id: str
    basin_id: str
    parent_id: str | None
    basin_version: int | None
    name: str
    title: str
    own_changes: int
    own_policy: bool
    children: int
    revision: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    description: str
    changes: list[dict[str, Any]]
    policy: Policy | None
    plans: list[PlanOfScenario]


class ScenarioCheck(Model):
    """What a scenario would come to. `sound`: it could be kept."""

    sound: bool
    sentences: list[str]
    findings: list[FindingAnswer]


class ScenarioDifference(Model):
    """What differs between a scenario and another."""

    policy: list[DifferingSubject]
    changes_here: list[ChangeAnswer]
    changes_there: list[ChangeAnswer]
    resolved: ResolvedDifference | None = None


class ScenarioInList(Model):
    """A scenario in a list."""

    id: str
    basin_id: str
    parent_id: str | None
    basin_version: int | None
    name: str
    title: str
    own_changes: int
    own_policy: bool
    children: int
    revision: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class SessionAnswer(Model):
    """Who is asking: an account, or the holder of a share link."""

    user: UserAnswer | None
    via: Literal["session", "api_key", "share_link"]
    scopes: list[Literal["read", "write", "run", "administer"]]
    expires_at: datetime | None
    csrf_token: str | None
    share_link: ShareLinkHeld | None = None


class ShareLinkAnswer(Model):
    """A share link, without its token."""

    id: str
    basin_id: str
    plan_id: str | None
    name: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None


class ShareLinkHeld(Model):
    """What the share link opens that one came with."""

    basin_id: str
    plan_id: str | None
    expires_at: datetime


class SignInWays(Model):
    """How one can sign in."""

    provider: str | None


class StageRobustness(Model):
    """How a plan fares over all futures in one stage."""

    stage: str
    futures: int
    satisfied_share: float
    lowest_met_share: float
    tenth_percentile_met_share: float
    mean_missing_m3_per_year: float


class StakeholderSatisfaction(Model):
    """How far plans satisfy somebody who said what matters to them."""

    scales: list[ScaleAnswer]
    plans: list[PlanSatisfactionAnswer]
    findings: list[FindingAnswer] = Field(default_factory=list)
    author: AuthorAnswer


class StanceAnswer(Model):
    """What somebody thinks of a plan."""

    id: str
    plan_id: str
    author: AuthorAnswer
    stance: Literal["endorses", "objects"]
    reason: str
    revision: int
    created_at: datetime
    updated_at: datetime


class TableAnswer(Model):
    """Rows of a table."""

    table: str
    columns: list[ColumnAnswer]
    total: int
    items: list[dict[str, Any]]
    next_cursor: str | None = None


class TableColumn(Model):
    """A column of a plan's table."""

    name: str
    title: str
    unit: str
    unit_title: str
    kind: str
    help: str


class TableDescription(Model):
    """A table of a plan."""

    table: str
    title: str
    help: str
    key: list[str]
    rows: int
    columns: list[TableColumn]
    also: list[TableColumn]


class TableDifferenceAnswer(Model):
    """Rows that came and went, by key, and cells that changed. Lists end at the limit; the counts are of all."""

    added_count: int
    removed_count: int
    changed_count: int
    added: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    changed: list[dict[str, Any]]


class TechnologyAnswer(Model):
    """A technology and its figures."""

    technology: str
    title: str
    category: str
    figures: list[FigureAnswer]


class TrailAnswer(Model):
    """One change."""

    id: str
    created_at: datetime
    user_id: str | None
    via: str
    request_id: str | None
    basin_id: str | None
    organisation_id: str | None
    subject: str
    subject_id: str
    action: Literal["created", "changed", "deleted"]
    before: dict[str, Any]
    after: dict[str, Any]


class UserAnswer(Model):
    """An account."""

    id: str
    email: str | None
    name: str
    language: str
    state: Literal["active", "disabled", "deleted"]
    is_administrator: bool
    revision: int
    created_at: datetime
    updated_at: datetime
    last_login_at: datetime | None


class VersionAnswer(Model):
    """A version of a basin; it never changes."""

    basin_id: str
    number: int
    digest: str
    counts: dict[str, int]
    warnings: int
    notes: int
    note: str
    created_by: str
    created_at: datetime


class VillageAssetAnswer(Model):
    """What stands in the village, and the capital that is paid for it in the stage."""

    asset: str
    units: float
    capital_usd: float


class VillageDroughtAnswer(Model):
    """The worst season of a stress member."""

    member: str
    season: str
    shortage_m3_per_day: float
    hauled_m3_per_day: float


class VillageLineAnswer(Model):
    """What a plan says about a village. Names are titles, but for `village`, `account` and stages."""

    village: str
    title: str
    administration: str
    account: str
    account_title: str
    persons_by_rung_before: list[float]
    typical_rung_before: int
    base_year: int
    stages: list[VillageStageAnswer]
    payers: list[VillagePayerAnswer]


class VillageModeAnswer(Model):
    """Persons on a mode of service."""

    mode: str
    rung: int
    persons: float


class VillagePayerAnswer(Model):
    """A channel, and the capital that it pays in the village's account over all stages."""

    channel: str
    amount_usd: float


class VillageStageAnswer(Model):
    """A village in a stage."""

    stage: str
    title: str
    persons_by_rung: list[float]
    typical_rung: int
    capital_usd: float
    running_cost_usd_per_year: float
    assurance_share: float | None
    risk_band: Literal["none", "low", "medium", "high", "very_high"] | None
    risk_worst_points: int | None
    drought: VillageDroughtAnswer | None
    supply: VillageSupplyAnswer
    modes: list[VillageModeAnswer]
    assets: list[VillageAssetAnswer]
    tariffs: list[VillageTariffAnswer]


class VillageSupplyAnswer(Model):
    """Where piped water comes from: titles; empty where the village has no pipes of the network."""

    sources: list[str]
    sites: list[str]
    trains: list[str]


class VillageTariffAnswer(Model):
    """What a group pays for its water, and the income of those who pay."""

    group: str
    tariff_usd_per_year: float
    income_usd_per_year: float


class WayOutAnswer(Model):
    """What a scenario may change so that a plan exists: changes to add, and a policy to take instead (null: its own stays)."""

    title: str
    changes: list[dict[str, Any]]
    policy: dict[str, Any] | None


class WeightedAim(Model):
    """One aim of a weighted sum: how far it is on the way from its best to its worst value, times its weight."""

    objective: Literal[
        "cost",
        "below_rung_1",
        "below_rung_2",
        "below_rung_3",
        "below_rung_4",
        "below_rung_5",
        "environmental_flow_deficit",
        "conservation",
        "max_min",
        "worst_sum",
        "owa",
        "lorenz",
        "mean_minus_gini",
    ]
    weight: float = 1.0
    best: float | None = None
    worst: float | None = None


class WholeCaseAnswer(Model):
    """A bundled basin with its scenarios."""

    name: str
    title: str
    description: str
    licence: str
    villages: int
    counts: dict[str, int]
    scenarios: list[CaseScenarioAnswer]


class WorkerAnswer(Model):
    """A process that works at runs."""

    id: str
    name: str
    host: str
    process_id: int
    version: str
    alive: bool
    heartbeat_at: datetime
    created_at: datetime
    stopped_at: datetime | None
    run_id: str | None
