"""What a full pipe carries: Hazen–Williams and Darcy–Weisbach. Diameters are inner diameters."""

import numpy as np
import numpy.typing as npt

SECONDS_PER_DAY = 86_400
SECONDS_PER_HOUR = 3_600
GRAVITY_M_PER_S2 = 9.81
LAMINAR_BELOW_REYNOLDS = 2_000.0
HAZEN_WILLIAMS_PLASTIC = 140.0
WATER_KINEMATIC_VISCOSITY_M2_PER_S = 0.893e-6
"""Water at 25 °C."""

Numbers = npt.NDArray[np.float64]


def hazen_williams_capacity_m3_per_day(
    diameter_m: npt.ArrayLike,
    head_loss_m_per_m: npt.ArrayLike,
    coefficient: npt.ArrayLike = HAZEN_WILLIAMS_PLASTIC,
) -> Numbers:
    """Flow at a given fall of the head along the pipe: Q = 0.2785 C d^2.63 S^0.54 (Hazen and Williams, 1905, in SI).

    Takes inner diameters (m) and head lost per length (m/m, below 0 counts as 0), broadcast against each other, and
    the roughness coefficient C. Returns m³/day in the broadcast shape.
    """
    slope = np.maximum(np.asarray(head_loss_m_per_m, dtype=np.float64), 0.0)
    diameter = np.asarray(diameter_m, dtype=np.float64)
    return np.asarray(0.2785 * np.asarray(coefficient, dtype=np.float64) * diameter**2.63 * slope**0.54 * SECONDS_PER_DAY)


def hazen_williams_head_loss_m_per_m(
    diameter_m: npt.ArrayLike,
    flow_m3_per_day: npt.ArrayLike,
    coefficient: npt.ArrayLike = HAZEN_WILLIAMS_PLASTIC,
) -> Numbers:
    """Head lost per length at a given flow: the inverse of `hazen_williams_capacity_m3_per_day`, m/m."""
    flow = np.maximum(np.asarray(flow_m3_per_day, dtype=np.float64), 0.0) / SECONDS_PER_DAY
    diameter = np.asarray(diameter_m, dtype=np.float64)
    return np.asarray((flow / (0.2785 * np.asarray(coefficient, dtype=np.float64) * diameter**2.63)) ** (1 / 0.54))


def darcy_weisbach_capacity_m3_per_day(
    diameter_m: npt.ArrayLike,
    head_loss_m_per_m: npt.ArrayLike,
    roughness_m: npt.ArrayLike = 1.5e-6,
    kinematic_viscosity_m2_per_s: float = WATER_KINEMATIC_VISCOSITY_M2_PER_S,
) -> Numbers:
    """Turbulent flow at a given fall of the head, in closed form.

    Darcy–Weisbach with the friction factor of Colebrook and White (1939): with the friction slope known,
    Q = −2 A √(2 g d S) log10(k/(3.71 d) + 2.51 ν/(d √(2 g d S))). Takes inner diameters (m) and head lost per length
    (m/m, at or below 0 gives 0), broadcast against each other; the wall's roughness k (m); the viscosity ν.
    Returns m³/day in the broadcast shape.
    """
    diameter, slope = np.broadcast_arrays(
        np.asarray(diameter_m, dtype=np.float64),
        np.maximum(np.asarray(head_loss_m_per_m, dtype=np.float64), 0.0),
    )
    scale = np.sqrt(2 * GRAVITY_M_PER_S2 * diameter * slope)
    flowing = scale > 0
    safe_scale = np.where(flowing, scale, 1.0)
    roughness = np.asarray(roughness_m, dtype=np.float64)
    inner = roughness / (3.71 * diameter) + 2.51 * kinematic_viscosity_m2_per_s / (diameter * safe_scale)
    speed = np.where(flowing, -2 * scale * np.log10(inner), 0.0)
    return np.asarray(np.maximum(speed, 0.0) * np.pi / 4 * diameter**2 * SECONDS_PER_DAY)


def darcy_weisbach_head_loss_m_per_m(
    diameter_m: npt.ArrayLike,
    flow_m3_per_day: npt.ArrayLike,
    roughness_m: npt.ArrayLike = 1.5e-6,
    kinematic_viscosity_m2_per_s: float = WATER_KINEMATIC_VISCOSITY_M2_PER_S,
) -> Numbers:
    """Head lost per length at a given flow, m/m: f/d · v²/2g.

    The friction factor f is that of Swamee and Jain (1976), 0.25 / log10(k/(3.7 d) + 5.74/Re^0.9)², and 64/Re where the flow
    is laminar (Re below 2000). Takes inner diameters (m), flows, the wall's roughness k (m), broadcast against each other.
    """
    diameter = np.asarray(diameter_m, dtype=np.float64)
    flow = np.maximum(np.asarray(flow_m3_per_day, dtype=np.float64), 0.0) / SECONDS_PER_DAY
    speed = flow / (np.pi / 4 * diameter**2)
    reynolds = np.maximum(speed * diameter / kinematic_viscosity_m2_per_s, 1e-9)
    rough = np.asarray(roughness_m, dtype=np.float64) / (3.7 * diameter)
    turbulent = 0.25 / np.log10(rough + 5.74 / np.maximum(reynolds, LAMINAR_BELOW_REYNOLDS) ** 0.9) ** 2
    factor = np.where(reynolds < LAMINAR_BELOW_REYNOLDS, 64 / reynolds, turbulent)
    return np.asarray(factor / diameter * speed**2 / (2 * GRAVITY_M_PER_S2))


def pumping_energy_kwh_per_m3(head_m: npt.ArrayLike, efficiency: npt.ArrayLike) -> Numbers:
    """Energy to lift a cubic metre by a head: 9.81 kN/m³ · head / efficiency, of which 3600 kJ are a kWh."""
    return np.asarray(GRAVITY_M_PER_S2 * np.asarray(head_m, dtype=np.float64) / (SECONDS_PER_HOUR * np.asarray(efficiency)))


def velocity_capacity_m3_per_day(diameter_m: npt.ArrayLike, velocity_m_per_s: float) -> Numbers:
    """Flow of a full pipe at a given speed, m³/day."""
    diameter = np.asarray(diameter_m, dtype=np.float64)
    return np.asarray(np.pi / 4 * diameter**2 * velocity_m_per_s * SECONDS_PER_DAY)
