"""A policy as a whole."""

from typing import Literal

from pydantic import Field, model_validator

from planner.basin.field import NonNegative, Positive
from planner.rules.document import RULES_AT_MOST, Rule
from planner.scenario.policy.assurance import AssuranceFloor
from planner.scenario.policy.attitude import RiskAttitude
from planner.scenario.policy.bounds import Bound
from planner.scenario.policy.branches import Branch
from planner.scenario.policy.conservation import Conservation
from planner.scenario.policy.fairness import Fairness
from planner.scenario.policy.floors import Floor
from planner.scenario.policy.gaps import GapCap
from planner.scenario.policy.institutions import InstitutionFloor
from planner.scenario.policy.objectives import Objective
from planner.scenario.policy.part import Part, price
from planner.scenario.policy.risk import Risk
from planner.scenario.policy.weighted_aims import WeightedAim


class Policy(Part):
    """What a plan is to achieve."""

    objectives: tuple[Objective, ...] = Field(
        title="Aims",
        default=(Objective(objective="cost"),),
        min_length=1,
        max_length=3,
        description="In order: later ones decide among the plans that are as good for the earlier ones.",
    )
    weighted_aims: tuple[WeightedAim, ...] = Field(
        title="Weighted aims",
        default=(),
        max_length=6,
        description="What the aim weighted_sum is made of: each aim on its way from best to worst, times its weight.",
    )
    floors: tuple[Floor, ...] = Field(title="Floors", default=(), description="Shares of the people that are to be served.")
    institution_floors: tuple[InstitutionFloor, ...] = Field(
        title="Floors of institutions", default=(), description="Shares of schools, clinics and the like that are to be served."
    )
    assurance_floors: tuple[AssuranceFloor, ...] = Field(
        title="Floors of assurance",
        default=(),
        description="Shares of days on which the pipes of villages are to bring all that is needed.",
    )
    gap_caps: tuple[GapCap, ...] = Field(
        title="Caps on gaps", default=(), description="How far groups or administrations may be apart in what share is served."
    )
    rules: tuple[Rule, ...] = Field(
        title="Rules",
        default=(),
        max_length=RULES_AT_MOST,
        description="Constraints of one's own, which a plan keeps beside all others.",
    )
    bounds: tuple[Bound, ...] = Field(
        title="Bounds", default=(), max_length=7, description="The most that objectives may be, whatever is sought."
    )
    fairness: Fairness = Field(
        title="Fairness", default=Fairness(), description="Between whom the aims of fairness compare, and what."
    )
    risk_attitude: RiskAttitude = Field(
        title="Attitude to risk", default=RiskAttitude(), description="How the members count in the aim of cost."
    )
    branches: tuple[Branch, ...] = Field(
        title="Branches",
        default=(),
        max_length=20,
        description="Groups of design members that are told apart from a stage on: later stages then have a plan for each. None: "
        "one plan for all members.",
    )
    environmental_flow: Literal["hard", "priced"] = Field(
        title="Environmental flow", default="hard", description="Whether the environmental flow may be missed."
    )
    environmental_flow_price_usd_per_m3: Positive = price(
        "Price of environmental flow missed", 0.05, "Price of each m³ missed, if priced."
    )
    obligations: Literal["hard", "priced"] = Field(
        title="Flows owed downstream", default="hard", description="Whether flows owed downstream may be missed."
    )
    obligation_price_usd_per_m3: Positive = price(
        "Price of owed flow missed", 0.05, "Price of each m³ owed and missed, if priced."
    )
    groundwater: Literal["hard", "priced"] = Field(
        title="Sustainable groundwater", default="hard", description="Whether more may be drawn than an aquifer gives for good."
    )
    groundwater_price_usd_per_m3: Positive = price(
        "Price of groundwater overdrawn", 0.5, "Price of each m³ beyond the sustainable yield, if priced."
    )
    administration_licences: Literal["hard", "priced"] = Field(
        title="Licences of administrations",
        default="hard",
        description="Whether more may be taken than the licence of an administration allows.",
    )
    administration_licence_price_usd_per_m3: Positive = price(
        "Price of water beyond a licence", 0.5, "Price of each m³ beyond the licence of an administration, if priced."
    )
    water_stress: Literal["hard", "priced"] = Field(
        title="Largest water stress",
        default="hard",
        description="Whether more may be withdrawn than the largest water stress of a sub-basin allows.",
    )
    water_stress_price_usd_per_m3: Positive = price(
        "Price of water beyond the largest stress", 0.05, "Price of each m³ beyond the largest water stress, if priced."
    )
    other_uses: Literal["value", "priority"] = Field(
        title="What other uses miss",
        default="value",
        description="value: what a use misses counts at its own value. priority: at the price of its class in use_priorities.",
    )
    first_priority_price_usd_per_m3: Positive = price(
        "Price of water missed by uses of first priority", 1.0, "Price of each m³ missed, if priced by priority."
    )
    second_priority_price_usd_per_m3: Positive = price(
        "Price of water missed by uses of second priority", 0.05, "Price of each m³ missed, if priced by priority."
    )
    shortage_price_usd_per_m3: Positive = price(
        "Price of water done without", 2.0, "Price of piped water done without in a stress member."
    )
    hauled_price_usd_per_m3: Positive = price("Price of water hauled", 15.0, "Price of water hauled in a stress member.")
    protected_reaches: Literal["hard", "counted"] = Field(
        title="Protected reaches",
        default="counted",
        description="hard: no new source takes water from a protected reach. counted: what they take is reported.",
    )
    load_limits: Literal["hard", "priced"] = Field(
        title="Loads that reaches bear",
        default="hard",
        description="Whether more wastewater load may enter a reach than it bears.",
    )
    load_price_usd_per_kg: Positive = Field(
        title="Price of load beyond what a reach bears",
        default=1.0,
        description="Price of each kg beyond, if priced.",
        json_schema_extra={"x-unit": "USD/kg"},
    )
    conservation: Conservation = Field(
        title="Conservation", default=Conservation(), description="What the aim of conservation counts, and how much."
    )
    risk: Risk = Field(title="Risk", default=Risk(), description="The highest risk that a village may run.")
    least_storage_hours: NonNegative | None = Field(
        title="Hours of storage in tanks",
        default=None,
        le=168,
        description="What the tanks of every village with new piped water hold, in hours of the mean use on the highest day.",
        json_schema_extra={"x-unit": "hours"},
    )
    household_treatment: Literal["capped", "counted"] = Field(
        title="Treatment at home",
        default="capped",
        description="capped: treated at home, water of an unimproved source stays on its rung, and none comes above rung 4. "
        "counted: the rung of the mode counts.",
    )
    largest_emissions_kg_co2_per_year: NonNegative | None = Field(
        title="Most emissions of pumping and treatment",
        default=None,
        description="What pumps and treatment trains may emit in a mean year of each stage. Not bounded where it is left out.",
        json_schema_extra={"x-unit": "kg CO2/year"},
    )
    blending: Literal["none", "chemicals"] = Field(
        title="Mixing of waters",
        default="none",
        description="none: every source keeps every guideline value by itself once treated. chemicals: guideline values hold "
        "for the water mixed at each train, season by season; pathogens are still removed as each source alone asks for.",
    )
    periods: Literal["binding", "all"] = Field(
        title="Periods",
        default="binding",
        description="binding: works are run as in the binding period that stands for each period. all: every period on its own.",
    )

    @model_validator(mode="after")
    def _risk_is_one_of_cost(self) -> "Policy":
        if self.risk_attitude.attitude != "expectation" and not any(aim.objective == "cost" for aim in self.objectives):
            raise ValueError("an attitude to risk is one to cost: give cost as an aim, or expectation as the attitude")
        return self

    @model_validator(mode="after")
    def _branches_have_no_regret(self) -> "Policy":
        if self.branches and self.risk_attitude.attitude == "minimax_regret":
            raise ValueError("branches go with any attitude to risk but the least regret: take either away")
        return self

    @model_validator(mode="after")
    def _weighted_aims_are_sought(self) -> "Policy":
        if bool(self.weighted_aims) != any(aim.objective == "weighted_sum" for aim in self.objectives):
            raise ValueError("weighted aims and the aim weighted_sum together, or neither")
        names = [aim.objective for aim in self.weighted_aims]
        if len(names) == 1 or len(set(names)) < len(names):
            raise ValueError("two weighted aims or more, each of them once")
        return self

    def sought(self) -> dict[str, int]:
        """Everything that is sought, with its place among the aims; 0: only as a part of the weighted sum."""
        parts: dict[str, int] = {aim.objective: 0 for aim in self.weighted_aims}
        return parts | {aim.objective: place for place, aim in enumerate(self.objectives, start=1)}
