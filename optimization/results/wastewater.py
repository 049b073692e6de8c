"""Used water in every operating period: arising, treated, reused, and the loads of reaches."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimization.algebra import CompiledModel
from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import axes_of, by_period, missing_m3_per_day
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import Integers, picked
from planner.scenario.resolved.wastewater import reach_of_treatment

_SMALL = 1e-6


@dataclass(frozen=True)
class UsedWater:
    """(area, T, S, H), (treatment, T, S, H) and (pair of reuse, T, S, H), m³/day."""

    arising: Floats
    collected: Floats
    treated: Floats
    reused: Floats


def used_water(scenario: ResolvedScenario, decisions: Decisions, compiled: CompiledModel, solution: Floats) -> UsedWater:
    """Arising from the plans that villages follow; all else as decided, rounding noise dropped."""
    wastewater, service, horizon = scenario.wastewater, scenario.service, scenario.horizon
    stages = np.arange(len(horizon.stages))
    drawn = sum(demand[decisions.chosen, stages] for demand in service.demand_m3_per_day.values())
    piped = np.asarray(drawn)[:, :, None, None] * horizon.demand_factor[:, None]
    piped = piped - sum(missing_m3_per_day(scenario, decisions).values())
    arising = np.zeros((len(wastewater.areas), len(horizon.stages), len(horizon.seasons), len(horizon.members)))
    returning = wastewater.village_area >= 0
    share = wastewater.village_return_share[returning, None, None, None]
    np.add.at(arising, wastewater.village_area[returning], np.maximum(share * piped[returning], 0.0))

    def decided(name: str) -> Floats:
        values = compiled.values(solution, name)
        return by_period(scenario, np.where(values < _SMALL, 0.0, values))

    return UsedWater(arising, np.minimum(decided("collected"), arising), decided("treated"), decided("reused"))


def arriving_at_uses(scenario: ResolvedScenario, used: UsedWater) -> Floats:
    """(U, T, S, H) what of reuse arrives at other uses, m³/day."""
    wastewater = scenario.wastewater
    arrives = np.zeros((len(scenario.river.uses), *used.reused.shape[1:]))
    keeps = (1 - wastewater.reuse_loss[wastewater.pair_link])[:, None, None, None]
    np.add.at(arrives, picked(wastewater.reuse_use, wastewater.pair_link), keeps * used.reused)
    return arrives


def returned_to_reaches(scenario: ResolvedScenario, used: UsedWater) -> Floats:
    """(R, T, S, H) wastewater that comes back to each reach, treated or not, m³/day; returns of uses not counted."""
    wastewater = scenario.wastewater
    returned = np.zeros((len(scenario.river.reaches), *used.arising.shape[1:]))
    into = reach_of_treatment(wastewater)
    np.add.at(returned, wastewater.area_reach, used.arising - used.collected)
    np.add.at(returned, into, used.treated)
    np.add.at(returned, picked(into, wastewater.pair_treatment), -used.reused)
    return returned


def wastewater_tables(scenario: ResolvedScenario, used: UsedWater) -> dict[str, pd.DataFrame]:
    """Tables of wastewater, its treatment, its reuse, and what rivers are left to bear."""
    wastewater, axes = scenario.wastewater, axes_of(scenario)
    treatments = scenario.works.options.take(wastewater.treatment_option)
    untreated = used.arising - used.collected
    areas = {"arising_m3_per_day": used.arising, "collected_m3_per_day": used.collected, "untreated_m3_per_day": untreated}
    treated = long({"option": treatments, **axes}, {"treated_m3_per_day": used.treated}, used.treated > 0)
    pairs = pd.RangeIndex(len(wastewater.pair_link))
    reused = long({"pair": pairs, **axes}, {"flow_m3_per_day": used.reused}, used.reused > 0)
    pair = reused.pop("pair").to_numpy(np.int64)
    reused["reuse_link"] = wastewater.reuse_links.take(wastewater.pair_link[pair])
    reused["option"] = treatments.take(wastewater.pair_treatment[pair])
    return {
        "wastewater": in_order("wastewater", long({"wastewater_area": wastewater.areas, **axes}, areas)),
        "wastewater_treated": in_order("wastewater_treated", treated),
        "reuse_flows": in_order("reuse_flows", reused),
        "river_loads": _river_loads(scenario, used),
    }


def _river_loads(scenario: ResolvedScenario, used: UsedWater) -> pd.DataFrame:
    wastewater = scenario.wastewater
    reach, load = wastewater.limit_reach, wastewater.limit_load
    kept = used.treated.copy()
    np.subtract.at(kept, wastewater.pair_treatment, used.reused)
    raw, treated = wastewater.raw_kg_per_m3[load], wastewater.treated_kg_per_m3[:, load]
    enters = _sums(
        reach, wastewater.area_reach, used.arising - used.collected, np.broadcast_to(raw, (len(used.arising), len(raw)))
    )
    enters += _sums(reach, reach_of_treatment(wastewater), np.maximum(kept, 0.0), treated)
    bearable = np.broadcast_to(wastewater.limit_kg_per_day[:, None, None, None], enters.shape)
    excess = np.maximum(enters - bearable, 0.0)
    figures = {
        "load_kg_per_day": enters,
        "bearable_kg_per_day": bearable,
        "excess_kg_per_day": np.where(excess > _SMALL * np.maximum(bearable, 1.0), excess, 0.0),
    }
    frame = long({"limit": pd.RangeIndex(len(reach)), **axes_of(scenario)}, figures)
    limit = frame.pop("limit").to_numpy(np.int64)
    frame["reach"] = scenario.river.reaches.take(reach[limit])
    frame["load"] = pd.Index(scenario.basin.tables["loads"]["load"]).take(load[limit])
    return in_order("river_loads", frame)


def _sums(reach: Integers, runs_into: Integers, flow: Floats, kg_per_m3: Floats) -> Floats:
    """(limit, T, S, H): flows into the reach of each limit times what they carry (flow, limit)."""
    carried = (reach[:, None] == runs_into[None]) * kg_per_m3.T
    return np.asarray(np.einsum("in,ntsh->itsh", carried, flow))
