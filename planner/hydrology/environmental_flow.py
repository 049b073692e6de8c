"""Environmental flow requirements computed from a natural flow series.

The first axis is the month; further axes (reaches, say) are carried along. Flows may be in any unit: results are in it.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

TENNANT_SHARES = {"excellent": (0.3, 0.5), "good": (0.2, 0.4), "fair": (0.1, 0.3), "poor": (0.1, 0.1)}
"""Share of the mean annual flow kept in the low and in the high season (Tennant 1976)."""


def _monthly(mean_monthly_flow: npt.ArrayLike) -> Numbers:
    flow = np.asarray(mean_monthly_flow, dtype=np.float64)
    if flow.ndim == 0 or flow.shape[0] != 12:
        raise ValueError(f"mean monthly flows need a first axis of 12 months, not the shape {flow.shape}")
    return flow


def variable_monthly_flow(mean_monthly_flow: npt.ArrayLike) -> Numbers:
    """Requirement by month: 60 % of the month's mean flow in low months, 45 % in middle, 30 % in high months.

    A month is low up to 40 % of the mean annual flow, middle up to 80 % (Pastor et al. 2014). Takes (12, …), returns
    the same shape.
    """
    flow = _monthly(mean_monthly_flow)
    annual = flow.mean(axis=0)
    return np.select([flow <= 0.4 * annual, flow <= 0.8 * annual], [0.6 * flow, 0.45 * flow], 0.3 * flow)


def tessmann(mean_monthly_flow: npt.ArrayLike) -> Numbers:
    """Requirement by month: all of a low month's flow, else 40 % of the larger of the month's and the annual mean.

    A month is low up to 40 % of the mean annual flow (Tessmann 1980, as in Pastor et al. 2014). Takes (12, …), returns
    the same shape.
    """
    flow = _monthly(mean_monthly_flow)
    annual = np.broadcast_to(flow.mean(axis=0), flow.shape)
    return np.select([flow <= 0.4 * annual, 0.4 * flow <= 0.4 * annual], [flow, 0.4 * annual], 0.4 * flow)


def q90_q50(monthly_flow_by_year: npt.ArrayLike) -> Numbers:
    """Requirement by month: the flow exceeded in 90 % of all months in low months, the month's median in high months.

    Takes (years, 12, …) monthly flows. Low months are those whose mean is at or below the mean annual flow; their
    requirement is the 10th percentile of all months of the series, that of the others the series' median
    (Smakhtin et al. 2004, as in Pastor et al. 2014). Returns (12, …).
    """
    series = np.asarray(monthly_flow_by_year, dtype=np.float64)
    if series.ndim < 2 or series.shape[1] != 12:
        raise ValueError(f"a flow series needs axes of years and 12 months, not the shape {series.shape}")
    flow = series.mean(axis=0)
    every_month = series.reshape(-1, *series.shape[2:])
    low, median = np.quantile(every_month, [0.1, 0.5], axis=0)
    return np.asarray(np.where(flow <= flow.mean(axis=0), low, median))


def tennant(mean_monthly_flow: npt.ArrayLike, condition: str = "fair") -> Numbers:
    """Requirement by month: a share of the mean annual flow, smaller in the low season (Tennant 1976).

    `condition` is one of `TENNANT_SHARES`; KeyError otherwise. Low months are those at or below the mean annual flow.
    Takes (12, …), returns the same shape.
    """
    flow = _monthly(mean_monthly_flow)
    annual = np.broadcast_to(flow.mean(axis=0), flow.shape)
    low, high = TENNANT_SHARES[condition]
    return np.asarray(np.where(flow <= annual, low, high) * annual)
