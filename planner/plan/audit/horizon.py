"""Time, as the audit counts it."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.plan.audit.names import Codes, Numbers


@dataclass(frozen=True)
class Horizon:
    """Stages, seasons and members as arrays.

    `discount_at_start` and `yearly_dollar` (present value of one dollar in each year of a stage) have an entry for
    each stage.
    """

    base_year: int
    first_year: Codes
    years: Codes
    end_year: int
    discount_at_start: Numbers
    discount_at_end: float
    yearly_dollar: Numbers
    days: Numbers
    demand_factor: Numbers
    design: np.ndarray
    expected: Numbers

    @property
    def stages(self) -> int:
        return len(self.first_year)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Stages, seasons, members: the operating periods."""
        return len(self.first_year), len(self.days), len(self.design)

    @property
    def stage_weight(self) -> Numbers:
        """Share of each stage in the years of the horizon."""
        return np.asarray(self.years / self.years.sum(), dtype=float)

    @classmethod
    def of(cls, basin: Basin) -> "Horizon":
        stages, seasons, members = (basin.tables[t] for t in ("stages", "seasons", "members"))
        base, rate = basin.settings.base_year, basin.settings.discount_rate_share_per_year
        first, years = stages["first_year"].to_numpy(np.intp), stages["years"].to_numpy(np.intp)
        end = int(first[-1] + years[-1])
        factor = (1.0 + rate) ** -(np.arange(first[0], end) - base).astype(float)
        design = (members["kind"] == "design").to_numpy(bool)
        return cls(
            base_year=base,
            first_year=first,
            years=years,
            end_year=end,
            discount_at_start=(1 + rate) ** -(first - base).astype(float),
            discount_at_end=float((1 + rate) ** -(end - base)),
            yearly_dollar=np.add.reduceat(factor, first - first[0]),
            days=seasons["days"].to_numpy(float),
            demand_factor=seasons["demand_factor"].to_numpy(float),
            design=design,
            expected=np.where(design, members["probability"].to_numpy(float), 0.0),
        )
