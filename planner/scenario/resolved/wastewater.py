"""Wastewater as arrays: who returns how much where, what treats it, what it carries, what a reach bears."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, dense, numbers, picked, positions


@dataclass(frozen=True)
class Wastewater:
    """A areas, K sites, Q treatments (options), U reuse links, P pairs of link and treatment, L limits; -1 is "none"."""

    areas: pd.Index
    area_reach: Integers
    area_site: Integers
    village_area: Integers  # (V,)
    village_return_share: Floats  # (V,)
    sites: pd.Index
    site_reach: Integers
    treatment_option: Integers  # (Q,) position among the options
    treatment_site: Integers
    reuse_links: pd.Index
    reuse_use: Integers
    reuse_loss: Floats
    reuse_option: Integers  # (O,) reuse link that an option lays
    pair_link: Integers  # (P,)
    pair_treatment: Integers
    limit_names: list[str]
    limit_reach: Integers
    limit_load: Integers
    limit_kg_per_day: Floats
    raw_kg_per_m3: Floats  # (loads,)
    treated_kg_per_m3: Floats  # (Q, loads)


def wastewater_of(basin: Basin) -> Wastewater:
    """Read the wastewater of a basin."""
    tables = basin.tables
    areas_table, sites_table, returns, option = (
        tables[name] for name in ("wastewater_areas", "wastewater_sites", "wastewater_returns", "options")
    )
    reaches, villages, options = (
        pd.Index(tables[table][key]) for table, key in (("reaches", "reach"), ("villages", "village"), ("options", "option"))
    )
    areas, sites = pd.Index(areas_table["wastewater_area"]), pd.Index(sites_table["wastewater_site"])
    village = positions(returns["village"], villages)
    village_area, share = np.full(len(villages), -1, dtype=np.int64), np.zeros(len(villages))
    village_area[village] = positions(returns["wastewater_area"], areas)
    share[village] = numbers(returns, "return_share")
    treatment = np.flatnonzero(option["kind"] == "wastewater_treatment")
    treatment_site = positions(option["place"].iloc[treatment], sites)
    reuse, limits, load = tables["reuse_links"], tables["load_limits"], tables["loads"]
    links, loads = pd.Index(reuse["reuse_link"]), pd.Index(load["load"])
    at_site = positions(reuse["wastewater_site"], sites)
    pair_link, pair_treatment = np.nonzero(at_site[:, None] == treatment_site[None])
    raw = numbers(load, "raw_kg_per_m3")
    removed = dense(tables["wastewater_removals"], "removal_share", ("option", options), ("load", loads))[treatment]
    return Wastewater(
        areas=areas,
        area_reach=positions(areas_table["reach"], reaches),
        area_site=positions(areas_table["wastewater_site"], sites),
        village_area=village_area,
        village_return_share=share,
        sites=sites,
        site_reach=positions(sites_table["reach"], reaches),
        treatment_option=treatment,
        treatment_site=treatment_site,
        reuse_links=links,
        reuse_use=positions(reuse["use"], pd.Index(tables["other_uses"]["use"])),
        reuse_loss=numbers(reuse, "loss_share"),
        reuse_option=np.where(option["kind"] == "reuse", positions(option["place"], links), -1),
        pair_link=pair_link,
        pair_treatment=pair_treatment,
        limit_names=[f"{reach}:{name}" for reach, name in zip(limits["reach"], limits["load"], strict=True)],
        limit_reach=positions(limits["reach"], reaches),
        limit_load=positions(limits["load"], loads),
        limit_kg_per_day=numbers(limits, "bearable_kg_per_day"),
        raw_kg_per_m3=raw,
        treated_kg_per_m3=raw * (1 - removed),
    )


def reach_of_treatment(wastewater: Wastewater) -> Integers:
    """(Q,) the reach that each treatment runs into."""
    return picked(wastewater.site_reach, wastewater.treatment_site)
