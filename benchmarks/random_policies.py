"""Random policies for a basin: aims in any order, floors, caps, prices and rules of every kind; hard demands are rare."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.basin import Basin
from planner.rules import Rule
from planner.scenario.policy import (
    AssuranceFloor,
    Bound,
    Branch,
    Conservation,
    Fairness,
    Floor,
    GapCap,
    InstitutionFloor,
    Objective,
    Policy,
    Risk,
    RiskAttitude,
    WeightedAim,
)

FAIR = ("max_min", "worst_sum", "owa", "leximin", "lorenz", "mean_minus_gini")
AIMS = ("cost", "access", "environmental_flow_deficit", "conservation", "weighted_sum", *FAIR)
IN_A_SUM = ("cost", "below_rung_2", "below_rung_4", "environmental_flow_deficit", "conservation", "max_min", "worst_sum", "owa",
            "lorenz", "mean_minus_gini")  # fmt: skip
RARELY, OFTEN = 0.05, 0.5
RULES = (
    "sum(option, stage: options.capex_usd[option] * investments.serves[option, stage]) <= 10000000 [USD]",
    "sum(option: investments.serves[option, stage]) <= 400",
    "sum(village, group, mode where mode.rung >= 3: service.persons[village, group, stage, mode]) >= 1 [persons]",
)
"""Rules that hardly bind, so that there are plans: over all stages, and for each of them."""


def random_policy(basin: Basin, random: np.random.Generator) -> Policy:
    """A policy of a basin with all its concerns; one in six has branches."""
    draw = _Draw(basin, random)
    branches = draw.branches() if random.random() < 1 / 6 else ()
    objectives = draw.aims()
    attitude = draw.attitude() if "cost" in objectives else RiskAttitude()
    if branches and attitude.attitude == "minimax_regret":
        attitude = RiskAttitude()
    return Policy(
        objectives=tuple(Objective(objective=name) for name in objectives),
        weighted_aims=draw.weighted() if "weighted_sum" in objectives else (),
        risk_attitude=attitude,
        branches=branches,
        floors=tuple(draw.floor() for _ in range(random.integers(0, 4))),
        institution_floors=tuple(draw.institution_floor() for _ in range(random.integers(0, 2))),
        assurance_floors=tuple(draw.assurance_floor() for _ in range(random.integers(0, 3) * draw.stress())),
        gap_caps=tuple(draw.gap_cap() for _ in range(random.integers(0, 2))),
        rules=draw.rules(),
        bounds=draw.bounds(),
        fairness=draw.fairness(),
        conservation=draw.conservation(),
        risk=draw.risk(),
        other_uses=draw.one("value", "priority"),
        protected_reaches=draw.one("counted", "counted", "hard"),
        least_storage_hours=draw.one(None, 4.0, 12.0) if len(basin.tables["tanks"]) else None,
        household_treatment=draw.one("capped", "counted"),
        largest_emissions_kg_co2_per_year=draw.one(None, None, 1e6),
        blending=draw.one("none", "chemicals"),
        periods=draw.one("binding", "all"),
        **{name: draw.one("hard", "priced") for name in PRICED_OR_HARD},
    )


PRICED_OR_HARD = ("environmental_flow", "obligations", "groundwater", "administration_licences", "water_stress", "load_limits")


class _Draw:
    """Parts of a policy, from the names of a basin."""

    def __init__(self, basin: Basin, random: np.random.Generator) -> None:
        self.random, self.tables = random, basin.tables

    def one(self, *values: Any) -> Any:
        return values[int(self.random.integers(len(values)))]

    def name(self, table: str, column: str) -> str:
        return str(self.one(*self.tables[table][column]))

    def maybe(self, table: str, column: str) -> str | None:
        return self.name(table, column) if self.random.random() < OFTEN else None

    def share(self, low: float = 0.0, high: float = 1.0) -> float:
        return round(float(self.random.uniform(low, high)), 3)

    def stress(self) -> bool:
        """Whether any day can be short of water."""
        return bool((self.tables["members"]["kind"] == "stress").any())

    def hard(self) -> bool:
        return bool(self.random.random() < RARELY)

    def aims(self) -> Sequence[str]:
        return [str(name) for name in self.random.permutation(AIMS)[: self.random.integers(1, 4)]]

    def weighted(self) -> tuple[WeightedAim, ...]:
        names = [str(name) for name in self.random.permutation(IN_A_SUM)[: self.random.integers(2, 5)]]
        return tuple(WeightedAim(objective=name, weight=self.share(0.1, 3.0), best=0.0, worst=_worst(name)) for name in names)

    def attitude(self) -> RiskAttitude:
        kind = self.one("expectation", "cvar", "worst", "minimax_regret")
        return RiskAttitude(attitude=kind, members=self.one("design", "all"), tail_share=self.share(0, 0.95),
                            tail_weight=self.share())  # fmt: skip

    def branches(self) -> tuple[Branch, ...]:
        """Each design member told apart from the others, from some stage on."""
        members = self.tables["members"]
        design = members["member"][members["kind"] == "design"]
        later = self.tables["stages"]["stage"].iloc[1:]
        if len(design) < 2 or not len(later):
            return ()
        known = [self.one(*later) for _ in design]
        return tuple(Branch(name=name, from_stage=stage, members=(name,)) for name, stage in zip(design, known, strict=True))

    def floor(self) -> Floor:
        return Floor(
            rung=int(self.random.integers(1, 6)), share=self.share(0.1, 1.0), hard=self.hard(),
            within=self.one("village", "administration", "account", "basin"), group=self.maybe("groups", "group"),
            administration=self.maybe("administrations", "administration"), stage=self.maybe("stages", "stage"),
        )  # fmt: skip

    def institution_floor(self) -> InstitutionFloor:
        return InstitutionFloor(share=self.share(), kind=self.one(None, "school"), stage=self.maybe("stages", "stage"),
                                administration=self.maybe("administrations", "administration"), hard=self.hard())  # fmt: skip

    def assurance_floor(self) -> AssuranceFloor:
        return AssuranceFloor(
            least_share=self.share(0.5, 1.0), stage=self.maybe("stages", "stage"), group=self.maybe("groups", "group"),
            administration=self.maybe("administrations", "administration"), hard=bool(self.random.random() < OFTEN),
            missed_price_usd_per_person_day=self.share(0.01, 2.0),
        )  # fmt: skip

    def gap_cap(self) -> GapCap:
        return GapCap(rung=int(self.random.integers(1, 6)), between=self.one("groups", "administrations", "accounts"),
                      largest_gap_share=self.share(), stage=self.maybe("stages", "stage"), hard=self.hard())  # fmt: skip

    def rules(self) -> tuple[Rule, ...]:
        number = int(self.random.integers(-3, len(RULES)))
        if number < 0:
            return ()
        return (Rule(name="own", foreach=("stage",) if number else (), expression=RULES[number]),)

    def bounds(self) -> tuple[Bound, ...]:
        if self.random.random() < 0.7:
            return ()
        return (Bound(objective="cost", at_most=1e9), Bound(objective="below_rung_3", at_most=1e9))

    def fairness(self) -> Fairness:
        between = self.one("villages", "administrations", "administration_groups", "accounts", "account_groups", "groups")
        return Fairness(between=between, score=self.one("share_at_rung", "mean_rung"), rung=int(self.random.integers(1, 6)),
                        stage=self.maybe("stages", "stage"), worst_count=int(self.random.integers(1, 6)), depth=3,
                        gini_share=self.share())  # fmt: skip

    def conservation(self) -> Conservation:
        weights = {name: self.share(0, 2) for name in ("groundwater", "protected_reaches", "wastewater")}
        return Conservation(environmental_flow=self.share(0.1, 2), **weights)

    def risk(self) -> Risk:
        return Risk(highest=self.one("any", "low", "medium", "high"), stage=self.maybe("stages", "stage"), hard=self.hard())


def _worst(name: str) -> float:
    """What counts as 1 of an aim: its magnitude in a made-up basin."""
    return 1e6 if name == "cost" else 1e3 if name.startswith("below") else 1e5 if name.startswith("environmental") else 1.0
