"""A plan on the page, beside others or alone."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.reports.markup import Markup, tag


@dataclass(frozen=True)
class Side:
    """A plan with the name that the page gives it."""

    plan: Plan
    name: str
    alone: bool = False

    @property
    def heading(self) -> Markup | None:
        """The plan's name above its part of a section; nothing to tell apart where it is alone."""
        return None if self.alone else tag("h3", self.name)

    @cached_property
    def titles(self) -> Titles:
        return Titles(self.plan.basin)

    @property
    def base_year(self) -> int:
        return self.plan.basin.settings.base_year

    @property
    def money(self) -> str:
        """The unit of money on the page."""
        return f"USD of {self.base_year}"

    @property
    def stages(self) -> list[str]:
        return self.plan.basin.tables["stages"]["stage"].astype(str).tolist()

    @property
    def last_stage(self) -> str:
        return self.stages[-1]

    def stage_title(self, stage: str) -> str:
        """The stage's name, or its years."""
        row = self.plan.basin.tables["stages"].set_index("stage").loc[stage]
        years = f"{row['first_year']}–{row['first_year'] + row['years'] - 1}"
        title = row["title"]
        return title if isinstance(title, str) and title else years

    def by_stage(self, amounts: pd.Series) -> list[float]:
        """A figure of each stage in order, 0 where it has none."""
        found: list[float] = amounts.reindex(self.stages, fill_value=0.0).astype(float).tolist()
        return found
