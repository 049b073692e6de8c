"""Pipes carry what the textbook says."""

import numpy as np
import pytest

from planner.hydrology.pipes import (
    darcy_weisbach_capacity_m3_per_day,
    hazen_williams_capacity_m3_per_day,
    hazen_williams_head_loss_m_per_m,
    velocity_capacity_m3_per_day,
)


def test_a_150_mm_pipe_at_one_in_a_hundred_carries_what_hazen_and_williams_tabulate() -> None:
    # d = 0.15 m, C = 100, S = 0.01: hydraulic radius 0.0375 m, v = 0.849 C R^0.63 S^0.54 = 0.891 m/s.
    by_radius = 0.849 * 100 * 0.0375**0.63 * 0.01**0.54 * np.pi / 4 * 0.15**2 * 86_400
    assert hazen_williams_capacity_m3_per_day(0.15, 0.01, 100) == pytest.approx(by_radius, rel=2e-3)
    assert by_radius == pytest.approx(1360, rel=5e-3)


def test_head_loss_is_the_inverse_of_capacity() -> None:
    slopes = np.array([1e-4, 1e-3, 1e-2])
    flow = hazen_williams_capacity_m3_per_day(0.097, slopes)
    assert hazen_williams_head_loss_m_per_m(0.097, flow) == pytest.approx(slopes)


def test_darcy_weisbach_agrees_with_the_moody_chart() -> None:
    # 0.2 m pipe, 2 m/s of water at 20 °C: Reynolds 4e5, k/d 2.3e-4, f = 0.0160 on the chart; h = f L/d v²/2g.
    slope = 0.0160 / 0.2 * 2**2 / (2 * 9.81)
    flow = darcy_weisbach_capacity_m3_per_day(0.2, slope, roughness_m=0.046e-3, kinematic_viscosity_m2_per_s=1.0e-6)
    assert flow == pytest.approx(velocity_capacity_m3_per_day(0.2, 2.0), rel=0.01)


def test_both_formulas_agree_for_small_plastic_pipes() -> None:
    diameter = np.array([0.0554, 0.0968, 0.141])
    slope = np.array([[0.003], [0.02]])
    hazen = hazen_williams_capacity_m3_per_day(diameter, slope, 150)
    darcy = darcy_weisbach_capacity_m3_per_day(diameter, slope)
    assert hazen.shape == darcy.shape == (2, 3)
    assert hazen == pytest.approx(darcy, rel=0.1)


def test_water_does_not_run_uphill() -> None:
    assert hazen_williams_capacity_m3_per_day(0.1, -0.01) == 0
    assert darcy_weisbach_capacity_m3_per_day(0.1, -0.01) == 0


def test_a_larger_pipe_and_a_steeper_fall_carry_more() -> None:
    by_diameter = darcy_weisbach_capacity_m3_per_day(np.linspace(0.03, 0.4, 20), 0.005)
    by_slope = darcy_weisbach_capacity_m3_per_day(0.1, np.linspace(0.0005, 0.05, 20))
    assert (np.diff(by_diameter) > 0).all()
    assert (np.diff(by_slope) > 0).all()
