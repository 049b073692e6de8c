"""Pipes carry what the textbook says."""

import numpy as np
import pytest

from planner.hydrology.pipes import (
    darcy_weisbach_capacity_m3_per_day,
    darcy_weisbach_head_loss_m_per_m,
    hazen_williams_capacity_m3_per_day,
    hazen_williams_head_loss_m_per_m,
    pumping_energy_kwh_per_m3,
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


def test_hazen_williams_is_the_si_formula_of_the_manuals() -> None:
    # h/L = 10.67 Q^1.852 / (C^1.852 d^4.8704), as in the manual of EPANET 2.2 (Rossman 2020, table 3.1, in SI).
    flow, diameter = np.array([100.0, 1000.0, 4000.0]), np.array([0.0554, 0.141, 0.1982])
    by_manual = 10.67 * (flow / 86_400) ** 1.852 / (130**1.852 * diameter**4.8704)
    assert hazen_williams_head_loss_m_per_m(diameter, flow, 130) == pytest.approx(by_manual, rel=0.01)


def test_darcy_weisbach_gives_the_head_loss_of_a_textbook_example() -> None:
    # Çengel and Cimbala, Fluid Mechanics, example "Determining the head loss in a water pipe": 0.2 ft³/s of water at 60 °F
    # (1.217e-5 ft²/s) in 200 ft of 2 inch steel, k = 7e-6 ft: f = 0.0174, h = 0.0174·200/0.1667·9.17²/64.4 = 27.3 ft.
    foot = 0.3048
    flow = 0.2 * foot**3 * 86_400
    slope = darcy_weisbach_head_loss_m_per_m(2 / 12 * foot, flow, 7e-6 * foot, 1.217e-5 * foot**2)
    assert slope * 200 == pytest.approx(27.3, rel=0.01)


def test_swamee_and_jain_invert_colebrook_within_a_per_cent_or_two() -> None:
    diameter, slope = np.array([0.0554, 0.0968, 0.141, 0.5]), np.array([[0.001], [0.02]])
    flow = darcy_weisbach_capacity_m3_per_day(diameter, slope, 1e-4)
    assert darcy_weisbach_head_loss_m_per_m(diameter, flow, 1e-4) == pytest.approx(np.broadcast_to(slope, flow.shape), rel=0.03)


def test_slow_water_is_laminar() -> None:
    # Hagen and Poiseuille: h/L = 32 ν v / (g d²), here v = 0.01 m/s in 5 cm (Reynolds 500 with ν = 1e-6).
    flow = velocity_capacity_m3_per_day(0.05, 0.01)
    by_poiseuille = 32 * 1e-6 * 0.01 / (9.81 * 0.05**2)
    assert darcy_weisbach_head_loss_m_per_m(0.05, flow, 0.0, 1e-6) == pytest.approx(by_poiseuille)


def test_energy_of_pumping() -> None:
    # A cubic metre weighs 9.81 kN; 100 m are 981 kJ = 0.2725 kWh, at 60 % 0.4542 kWh.
    assert pumping_energy_kwh_per_m3(100.0, 0.6) == pytest.approx(0.4542, abs=1e-4)
