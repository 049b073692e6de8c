"""What each size of pipe does on each way: what runs down by itself, or how high a pump must lift."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.catalogue import figure, technologies
from planner.hydrology import pipes

Numbers = npt.NDArray[np.float64]
Formula = Literal["hazen_williams", "darcy_weisbach"]


@dataclass(frozen=True)
class Demands:
    """What a pipe must keep to. All are assumptions, with the ranges that are usual."""

    formula: Formula = "hazen_williams"
    head_kept_m: float = 5.0
    """At the far end, for the inlet of a tank (2 to 15)."""
    gravity_speed_m_per_s: float = 1.5
    """The most where water runs by itself, for air and surge (1 to 2.5)."""
    pumped_speed_m_per_s: float = 1.0
    """The most where it is pumped, the usual economic speed (0.6 to 1.5)."""
    largest_head_m: float = 150.0
    """What one pumping step lifts (80 to 250)."""
    pump_efficiency: float = 0.6
    """Of pump and motor together, small ones (0.45 to 0.7)."""


@dataclass(frozen=True)
class Sizing:
    """L ways, P sizes: each array is (L, P)."""

    gravity_capacity_m3_per_day: Numbers
    pumping_head_m: Numbers
    """To bring the flow to the far end; 0 where it runs by itself."""
    speed_m_per_s: Numbers


def sizing(
    length_m: Numbers,
    start_elevation_m: Numbers,
    end_elevation_m: Numbers,
    flow_m3_per_day: Numbers,
    sizes: pd.DataFrame,
    demands: Demands,
) -> Sizing:
    """Every way (L,) with every size of `sizes` (rows as in the table pipe_sizes)."""
    diameter = sizes["inner_diameter_mm"].to_numpy(float)[None, :] / 1000
    coefficient = sizes["hazen_williams_coefficient"].to_numpy(float)[None, :]
    roughness = sizes["wall_roughness_mm"].to_numpy(float)[None, :] / 1000
    length, flow = np.maximum(length_m, 1.0)[:, None], flow_m3_per_day[:, None]
    head = (start_elevation_m - end_elevation_m)[:, None] - demands.head_kept_m
    if demands.formula == "hazen_williams":
        falls = pipes.hazen_williams_capacity_m3_per_day(diameter, head / length, coefficient)
        lost = pipes.hazen_williams_head_loss_m_per_m(diameter, flow, coefficient) * length
    else:
        falls = pipes.darcy_weisbach_capacity_m3_per_day(diameter, head / length, roughness)
        lost = pipes.darcy_weisbach_head_loss_m_per_m(diameter, flow, roughness) * length
    fastest = pipes.velocity_capacity_m3_per_day(diameter, demands.gravity_speed_m_per_s)
    return Sizing(
        gravity_capacity_m3_per_day=np.minimum(falls, fastest),
        pumping_head_m=np.maximum(lost - head, 0.0),
        speed_m_per_s=flow / pipes.velocity_capacity_m3_per_day(diameter, 1.0),
    )


def catalogue_sizes() -> pd.DataFrame:
    """The sizes of the catalogue of technologies, for a basin with none of its own."""
    rows = technologies()
    names = rows.loc[rows["quantity"] == "inner_diameter_mm", ["technology", "title"]].sort_values("technology")
    frame = pd.DataFrame({"pipe_size": names["technology"], "title": names["title"]}).reset_index(drop=True)
    for column, quantity in (
        ("inner_diameter_mm", "inner_diameter_mm"), ("usd_per_m", "capex_usd_per_m"),
        ("fixed_om_share_per_year", "fixed_om_share_per_year"), ("life_years", "life_years"),
    ):  # fmt: skip
        frame[column] = [figure(name, quantity) for name in frame["pipe_size"]]
    return frame.assign(hazen_williams_coefficient=140.0, wall_roughness_mm=0.0015)
