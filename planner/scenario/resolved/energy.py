"""Energy of pumping and of treatment as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.hydrology.pipes import pumping_energy_kwh_per_m3
from planner.scenario.resolved.index import Floats, Integers, dense, numbers, positions


@dataclass(frozen=True)
class Energy:
    """L links; -1 for a link without a kind of energy. A trains. S options of solar pumping."""

    link_energy: Integers  # (L,)
    kwh_per_m3: Floats  # (L,) 0 without a kind of energy
    usd_per_m3: Floats  # (L,)
    kg_co2_per_m3: Floats  # (L,)
    train_kwh_per_m3: Floats  # (A,) by the water put in, 0 without a kind of energy
    train_usd_per_m3: Floats  # (A,)
    train_kg_co2_per_m3: Floats  # (A,)
    solar_option: Integers  # (S,) among the options
    solar_link: Integers  # (S,) the link whose pump it drives
    solar_m3_per_day: Floats  # (S,) the most it pumps


def energy_of(basin: Basin) -> Energy:
    """Read the energy of links, head over efficiency, and of trains, by the price and the emissions of its kind."""
    links, kinds, options = basin.tables["links"], basin.tables["energy_kinds"], basin.tables["options"]
    energy = positions(links["energy"], pd.Index(kinds["energy"]))
    known = energy >= 0
    head, efficiency = numbers(links, "pumping_head_m"), numbers(links, "pump_efficiency_share")
    kwh = np.where(known, pumping_energy_kwh_per_m3(head, efficiency), 0.0)

    def by_kind(column: str) -> Floats:
        return np.append(numbers(kinds, column), 0.0)[energy] * kwh

    used, trains = basin.tables["train_energy"], pd.Index(basin.tables["trains"]["train"])
    of_train = positions(used["energy"], pd.Index(kinds["energy"]))

    def by_train(column: str | None = None) -> Floats:
        rate = 1.0 if column is None else np.append(numbers(kinds, column), 0.0)[of_train]
        return dense(used.assign(rate=used["energy_kwh_per_m3"].to_numpy(float) * rate), "rate", ("train", trains))

    solar = np.flatnonzero(options["kind"] == "solar_pumping")
    return Energy(
        link_energy=energy,
        kwh_per_m3=kwh,
        usd_per_m3=by_kind("price_usd_per_kwh"),
        kg_co2_per_m3=by_kind("emissions_kg_co2_per_kwh"),
        train_kwh_per_m3=by_train(),
        train_usd_per_m3=by_train("price_usd_per_kwh"),
        train_kg_co2_per_m3=by_train("emissions_kg_co2_per_kwh"),
        solar_option=solar,
        solar_link=positions(options["place"].iloc[solar], pd.Index(links["link"])),
        solar_m3_per_day=numbers(options, "capacity_m3_per_day", 0.0)[solar],
    )
