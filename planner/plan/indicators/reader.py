"""A plan's tables as indicators read them."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from planner.basin import Basin
from planner.plan.audit.facts import Facts
from planner.plan.titles import Titles
from planner.scenario.scenario import Scenario


class PlanTables(Protocol):
    """What indicators are computed from: a plan, or anything with its basin and its tables."""

    @property
    def basin(self) -> Basin: ...

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...


class Reader:
    """A plan's tables with the stages, seasons and members of its basin."""

    def __init__(self, plan: PlanTables) -> None:
        self.basin, self.tables = plan.basin, plan.tables
        scenario = getattr(plan, "scenario", None)  # Tables alone have none: then modes stand on their own rungs.
        self.facts = Facts.of(plan.basin, scenario.policy if isinstance(scenario, Scenario) else None)
        self.titles = Titles(plan.basin)
        stages = plan.basin.tables["stages"]["stage"]
        self.stages = [(str(stage), self.titles.of("stages", stage)) for stage in stages]
        self.stage_share = pd.Series(self.facts.horizon.stage_weight, index=stages)

    def by_stage(self, table: str, column: str) -> pd.Series:
        """Sums of a column in every stage."""
        frame = self.tables[table]
        return frame.groupby("stage")[column].sum().reindex(self.stage_share.index, fill_value=0.0)

    def per_year(self, table: str, column: str) -> pd.Series:
        """Expected figure of each row of a table of yearly figures, as its part in a mean over the stages."""
        frame, members = self.tables[table], self.basin.tables["members"].set_index("member")
        counted = members["probability"].where((members["kind"] == "design").to_numpy(bool), 0.0)
        return frame[column] * frame["member"].map(counted).astype(float) * frame["stage"].map(self.stage_share).astype(float)

    def volume_per_year(self, table: str, column: str, kind: str = "design") -> pd.Series:
        """Expected m³ a year of each row of a table of flows, as its part in a mean over the stages."""
        frame, basin = self.tables[table], self.basin.tables
        members = basin["members"].set_index("member")
        counted = members["probability"].where((members["kind"] == kind).to_numpy(bool), 0.0)
        days = basin["seasons"].set_index("season")["days"]
        return (
            frame[column]
            * frame["season"].map(days).astype(float)
            * frame["member"].map(counted).astype(float)
            * frame["stage"].map(self.stage_share).astype(float)
        )
