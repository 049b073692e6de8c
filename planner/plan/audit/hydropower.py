"""What turbines can have turned, from the river walked anew, and the energy of it."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers
from planner.plan.audit.river import River
from planner.plan.audit.tolerances import RIVER, Tolerance

POWER = Tolerance("kWh/day", 1e-3, 1e-6)
JOULE_PER_KWH = 3.6e6
WATER_KG_PER_M3, GRAVITY_M_PER_S2 = 1000.0, 9.81


def check_hydropower(facts: Facts, claims: Claims, river: River, stands: np.ndarray) -> list[AuditCheck]:
    """`stands`: (reservoir, stage)."""
    names, table, claimed = facts.names, facts.basin.tables["turbines"], claims["hydropower"]
    at: tuple[Codes, ...] = tuple(claimed[column].to_numpy() for column in ("turbine", "stage", "season", "member"))
    place = names.rows(turbines=at[0], stages=at[1], seasons=at[2], members=at[3])
    reach = names.codes("reaches", table["reach"])[at[0]]
    dam = names.codes("reservoirs", table["reservoir"])[at[0]]
    turns = np.append(stands, np.ones((1, stands.shape[1]), bool), axis=0)[dam, at[1]]
    most = table["capacity_m3_per_day"].to_numpy(float)[at[0]]
    outflow = river.outflow[reach, at[1], at[2], at[3]]
    turned = np.where(turns, np.clip(outflow, 0.0, most), 0.0)
    natural = river.natural[reach, at[2], at[3]]
    joule = WATER_KG_PER_M3 * GRAVITY_M_PER_S2 * table["head_m"].to_numpy(float) * table["efficiency_share"].to_numpy(float)
    kwh = joule[at[0]] / JOULE_PER_KWH

    def claim(code: str, title: str, column: str, true: Numbers, tolerance: Tolerance, size: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), tolerance, place, size)

    power = Tolerance(POWER.unit, POWER.absolute + RIVER.absolute * float(kwh.max(initial=0.0)), POWER.relative)
    return [
        claim("hydropower_turned", "A turbine that stands turns the outflow of its reach, up to its capacity",
              "turbined_m3_per_day", turned, RIVER, natural),
        claim("hydropower_energy", "Energy is water turned × head × efficiency", "energy_kwh_per_day", kwh * turned, power,
              kwh * turned),
        claim("hydropower_missed", "Energy missed is that of the untouched river less what is turned", "missed_kwh_per_day",
              kwh * (np.minimum(natural, most) - turned), power, kwh * most),
    ]  # fmt: skip
