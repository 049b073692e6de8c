"""What is paid again at the end of a life, and what outlives the horizon."""

import numpy as np

from planner.plan.audit.horizon import Horizon
from planner.plan.audit.names import Codes, Numbers


def _renewals_before(year: Codes, installed: Codes, life: Codes) -> Codes:
    """How many of the years installed + life, installed + 2·life … lie before this year."""
    return np.asarray(np.maximum(0, -(-(year - installed) // life) - 1), dtype=np.intp)


def payments(life_years: Codes, horizon: Horizon) -> Numbers:
    """How often the capital of something is paid: shape (things, stage of first payment, stage of payment)."""
    life = life_years[:, None, None]
    installed = horizon.first_year[None, :, None]
    start = horizon.first_year[None, None, :]
    end = start + horizon.years[None, None, :]
    renewed = _renewals_before(end, installed, life) - _renewals_before(start, installed, life)
    return (renewed + np.eye(horizon.stages)[None]).astype(float)


def residual_share(life_years: Codes, horizon: Horizon) -> Numbers:
    """Share of its capital that something is still worth at the end: shape (things, stage of first payment).

    Straight-line over the life of the last installation.
    """
    life = life_years[:, None]
    installed = horizon.first_year[None, :]
    last = installed + life * _renewals_before(np.asarray(horizon.end_year), installed, life)
    return np.maximum(0.0, 1.0 - (horizon.end_year - last) / life)
