"""Random concerns for a made-up basin: which of them it has, where, and every figure, as changes of a scenario."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from planner.basin import Basin

Change = dict[str, Any]
Tables = dict[str, pd.DataFrame]
HOW_OFTEN = 0.35


def random_changes(basin: Basin, random: np.random.Generator) -> list[Change]:
    """Changes that give the basin some of the optional concerns, each independently of the others."""
    drawn = [one for one in CONCERNS if random.random() < HOW_OFTEN]
    return [change for concern in drawn for change in concern(basin.tables, random)]


def _add(table: str, *rows: dict[str, Any]) -> Change:
    return {"table": table, "add": list(rows)}


def _set(table: str, where: dict[str, Any], **values: Any) -> Change:
    return {"table": table, "where": where, "set": values}


def some(names: pd.Series, random: np.random.Generator, most: int = 10_000) -> list[str]:
    """One or more of the names, in their order."""
    count = int(random.integers(1, min(len(names), most) + 1))
    return [str(names.iloc[at]) for at in np.sort(random.choice(len(names), count, replace=False))]


def _one(names: pd.Series, random: np.random.Generator) -> str:
    return str(names.iloc[int(random.integers(len(names)))])


def _option(tables: Tables, random: np.random.Generator, name: str, kind: str, place: str, **more: Any) -> dict[str, Any]:
    """An option that any account may have; its life and price are drawn."""
    return {
        "option": name, "kind": kind, "place": place, "technology": name, "category": "conveyance",
        "administration": _one(tables["administrations"]["administration"], random),
        "capex_usd": round(float(random.uniform(200, 20_000)), 2),
        "fixed_om_usd_per_year": round(float(random.uniform(0, 300)), 2), "life_years": int(random.integers(2, 30)),
        "lead_time_stages": int(random.random() < 0.15), **more,
    }  # fmt: skip


def _groundwater(tables: Tables, random: np.random.Generator) -> list[Change]:
    aquifer = {"aquifer": "basalt", "sustainable_yield_m3_per_year": round(float(random.uniform(500, 200_000)), 0)}
    wells = tables["sources"]["kind"] == "borehole"
    licensed = _set("sources", {"kind": "borehole"}, aquifer="basalt", licence_m3_per_year=float(random.integers(2_000, 200_000)))
    return [_add("aquifers", aquifer), licensed] if wells.any() else []


def _licences(tables: Tables, random: np.random.Generator) -> list[Change]:
    first = _one(tables["stages"]["stage"], random)
    return [_add("administration_licences", *(
        {"administration": place, "stage": stage, "licence_m3_per_year": round(float(random.uniform(1e3, 1e6)), 0)}
        for place in some(tables["administrations"]["administration"], random)
        for stage in tables["stages"]["stage"] if stage == first or random.random() < 0.6))]  # fmt: skip


def _reservoirs(tables: Tables, random: np.random.Generator) -> list[Change]:
    changes = []
    for place, reach in enumerate(some(tables["reaches"]["reach"], random, 2)):
        low, span = float(random.integers(0, 5_000)), float(random.integers(100, 200_000))
        name, existing = f"lake_{place}", bool(random.random() < 0.4)
        changes.append(_add("reservoirs", {
            "reservoir": name, "reach": reach, "existing": existing, "smallest_storage_m3": low,
            "largest_storage_m3": low + span, "surface_at_smallest_m2": low / 4, "surface_at_largest_m2": (low + span) / 3,
        }))  # fmt: skip
        changes.append(_add("reservoir_evaporation", *(
            {"reservoir": name, "season": season, "evaporation_mm_per_day": round(float(random.uniform(0, 7)), 1)}
            for season in tables["seasons"]["season"])))  # fmt: skip
        if not existing:
            changes.append(_add("options", _option(tables, random, f"{name}_dam", "reservoir", name, category="source")))
        if random.random() < 0.5:
            changes.append(_add("turbines", _turbine(f"{name}_turbine", reach, random) | {"reservoir": name}))
    return changes


def _turbine(name: str, reach: str, random: np.random.Generator) -> dict[str, Any]:
    return {"turbine": name, "reach": reach, "capacity_m3_per_day": float(random.integers(500, 300_000)),
            "head_m": round(float(random.uniform(2, 40)), 1), "efficiency_share": round(float(random.uniform(0.4, 0.9)), 2),
            "value_usd_per_kwh": round(float(random.uniform(0, 0.1)), 3)}  # fmt: skip


def _river(tables: Tables, random: np.random.Generator) -> list[Change]:
    """Water stress of a sub-basin, protected reaches, a turbine without a dam."""
    inside = some(tables["reaches"]["reach"], random)
    limit = None if random.random() < 0.3 else round(float(random.uniform(20, 200)), 0)
    return [
        _add("sub_basins", {"sub_basin": "valley", "largest_water_stress_percent": limit}),
        _add("sub_basin_reaches", *({"sub_basin": "valley", "reach": reach} for reach in inside)),
        *(_set("reaches", {"reach": reach}, protected=True) for reach in some(tables["reaches"]["reach"], random, 3)),
        _add("turbines", _turbine("mill", _one(tables["reaches"]["reach"], random), random)),
    ]


def _leakage(tables: Tables, random: np.random.Generator) -> list[Change]:
    into = tables["links"][tables["links"]["to_node"].isin(tables["villages"]["village"])]
    links = some(into["link"], random, 3)
    lost = {link: round(float(random.uniform(0.05, 0.4)), 2) for link in links}
    saved = ({"option": "leak_detection", "link": link, "saved_share": round(lost[link] * random.uniform(0.2, 1), 3)}
             for link in links)  # fmt: skip
    return [
        *(_set("links", {"link": link}, loss_share=share) for link, share in lost.items()),
        _add("options", _option(tables, random, "leak_detection", "leakage_reduction", links[0])),
        _add("leakage_reductions", *saved),
    ]


def _catchment(tables: Tables, random: np.random.Generator) -> list[Change]:
    sources, seasons = tables["sources"]["source"], tables["seasons"]["season"]
    source = _one(sources, random)
    change = round(float(random.uniform(-0.3, 0.5)), 2)
    effects = ({"option": "forest", "source": source, "season": season, "yield_change_share": change}
               for season in some(seasons, random))  # fmt: skip
    return [
        _add("options", _option(tables, random, "forest", "catchment_protection", _one(tables["reaches"]["reach"], random))),
        _add("protection_effects", *effects),
        _add("protection_quality", {"option": "forest", "source": _one(sources, random), "parameter": "turbidity",
                                    "kept_out_share": round(float(random.uniform(0.1, 0.9)), 2)}),
        _add("opportunity_costs", *({"option": "forest", "administration": place,
                                     "opportunity_cost_usd_per_year": round(float(random.uniform(0, 2_000)), 0)}
                                    for place in some(tables["administrations"]["administration"], random, 3))),
    ]  # fmt: skip


def _uses(tables: Tables, random: np.random.Generator) -> list[Change]:
    uses = tables["other_uses"]
    if not len(uses):
        return []
    changes = [_add("use_priorities", *(
        {"use": use, "priority": str(random.choice(["first", "second"])), "smallest_share": 0.1 * float(random.integers(0, 3)),
         "smallest_share_in_stress": 0.0} for use in some(uses["use"], random)))]  # fmt: skip
    rice = uses["use"][uses["kind"] == "irrigation"]
    if len(rice):
        changes += [
            _add("options", _option(tables, random, "lining", "efficient_irrigation", _one(rice, random))),
            _add("irrigation_savings", {"option": "lining", "saved_share": round(float(random.uniform(0.05, 0.5)), 2),
                                        "return_saved_share": round(float(random.uniform(0, 0.8)), 2)}),
        ]  # fmt: skip
    return changes


def _wastewater(tables: Tables, random: np.random.Generator) -> list[Change]:
    reaches, villages = tables["reaches"]["reach"], tables["villages"]
    site = {"wastewater_site": "ponds", "administration": _one(villages["administration"], random), "longitude": 107.0,
            "latitude": 13.7, "reach": _one(reaches, random)}  # fmt: skip
    ponds = _option(tables, random, "small_ponds", "wastewater_treatment", "ponds", category="treatment",
                    capacity_m3_per_day=float(random.integers(5, 100)), largest_count=int(random.integers(1, 5)))  # fmt: skip
    returned = ({"village": village, "wastewater_area": "town", "return_share": round(float(random.uniform(0.3, 1)), 2)}
                for village in some(villages["village"], random))  # fmt: skip
    changes = [
        _add("wastewater_sites", site),
        _add("wastewater_areas", {"wastewater_area": "town", "reach": _one(reaches, random), "wastewater_site": "ponds"}),
        _add("wastewater_returns", *returned),
        _add("loads", {"load": "bod", "raw_kg_per_m3": 0.3}),
        _add("options", ponds),
        _add("wastewater_removals", {"option": "small_ponds", "load": "bod", "removal_share": 0.8}),
        _add("load_limits", {"reach": _one(reaches, random), "load": "bod",
                             "bearable_kg_per_day": round(float(random.uniform(1, 100)), 1)}),
    ]  # fmt: skip
    if len(tables["other_uses"]) and random.random() < 0.6:
        canal = {"reuse_link": "canal", "wastewater_site": "ponds", "use": _one(tables["other_uses"]["use"], random)}
        canal["loss_share"] = round(float(random.uniform(0, 0.4)), 2)
        laid = _option(tables, random, "dug_canal", "reuse", "canal", capacity_m3_per_day=float(random.integers(5, 200)))
        changes += [_add("reuse_links", canal), _add("options", laid)]
    return changes


def _treated_at_home(tables: Tables, random: np.random.Generator) -> list[Change]:
    filtered = {"mode": "near_point_filter", "untreated_mode": "near_point", "log_removal_bacteria": 4.0,
                "adherence_share": round(float(random.uniform(0.2, 1)), 2), "log_removal_viruses": 4.0,
                "log_removal_protozoa": 4.0, "barriers": 2}  # fmt: skip
    removed = {"mode": "near_point_filter", "parameter": "arsenic", "removal_share": round(float(random.uniform(0, 1)), 2)}
    water = ({"village": village, "untreated_mode": "near_point", "source": _one(tables["sources"]["source"], random)}
             for village in some(tables["villages"]["village"], random))  # fmt: skip
    return [_add("household_treatments", filtered), _add("household_removals", removed), _add("household_waters", *water)]


def _tanks(tables: Tables, random: np.random.Generator) -> list[Change]:
    """Tanks in villages, of two sizes."""
    assets = ({"asset": f"tank_{size}", "technology": f"tank_{size}", "category": "taps", "capex_usd": 90.0 * size,
               "fixed_om_usd_per_year": 1.0 * size, "life_years": int(random.integers(3, 30))} for size in (5, 20))  # fmt: skip
    asked = ({"village": village, "least_hours": float(random.integers(0, 25)), "existing_m3": float(random.integers(0, 4)),
              "peak_hour_factor": float(random.choice([1.0, 1.5, 2.0]))}
             for village in some(tables["villages"]["village"], random))  # fmt: skip
    sizes = ({"asset": f"tank_{size}", "volume_m3": float(size)} for size in (5, 20))
    return [_add("assets", *assets), _add("tanks", *sizes), _add("village_storage", *asked)]


def _site_tanks(tables: Tables, random: np.random.Generator) -> list[Change]:
    """Clear-water tanks at treatment sites, of one size or two."""
    changes = []
    for site in some(tables["treatment_sites"]["site"], random):
        for size in (25.0, 100.0)[: int(random.integers(1, 3))]:
            name, count = f"{site}_tank_{size:.0f}", int(random.integers(1, 6))
            tank = _option(tables, random, name, "clear_water_tank", site, category="treatment", largest_count=count)
            changes += [_add("options", tank), _add("site_tanks", {"option": name, "volume_m3": size})]
        changes.append(_add("site_storage", {
            "site": site, "least_hours": float(random.integers(0, 13)), "existing_m3": float(random.integers(0, 20)),
            "peak_hour_factor": float(random.choice([1.0, 1.5, 2.0]))}))  # fmt: skip
    return changes


def _hazards(tables: Tables, random: np.random.Generator) -> list[Change]:
    places = pd.concat([tables["sources"]["source"], tables["treatment_sites"]["site"], tables["villages"]["village"]])
    hazards = [{"hazard": f"hazard_{at}", "place": place, "likelihood": int(random.integers(1, 6)),
                "severity": int(random.integers(1, 6)), "weight": round(float(random.uniform(0, 3)), 1)}
               for at, place in enumerate(some(places, random, 6))]  # fmt: skip
    fence = _option(tables, random, "fence", "catchment_protection", _one(tables["reaches"]["reach"], random), category="source")
    less = {"option": "fence", "hazard": "hazard_0", "likelihood_reduction": int(random.integers(1, 4)), "severity_reduction": 1}
    return [_add("hazards", *hazards), _add("options", fence), _add("risk_reductions", less)]


def _energy(tables: Tables, random: np.random.Generator) -> list[Change]:
    pumped = tables["links"][tables["links"]["kind"] == "pumped"]["link"]
    grid = {"energy": "grid", "price_usd_per_kwh": 0.2, "emissions_kg_co2_per_kwh": round(float(random.uniform(0, 1)), 2)}
    train = {"train": _one(tables["trains"]["train"], random), "energy": "grid", "energy_kwh_per_m3": 0.2}
    changes = [_add("energy_kinds", grid), _add("train_energy", train)]
    for at, link in enumerate(some(pumped, random, 4) if len(pumped) else []):
        head = round(float(random.uniform(5, 80)), 1)
        panels = _option(tables, random, f"panels_{at}", "solar_pumping", link, largest_count=int(random.integers(1, 4)),
                         capacity_m3_per_day=float(random.integers(5, 60)))  # fmt: skip
        changes += [_set("links", {"link": link}, energy="grid", pumping_head_m=head, pump_efficiency_share=0.5),
                    _add("options", panels)]  # fmt: skip
    return changes


def _operators(tables: Tables, random: np.random.Generator) -> list[Change]:
    """Works and taps need operators; every administration with an account has or trains some."""
    places = tables["administrations"]["administration"]
    present = ({"administration": place, "present_operators": float(random.integers(1, 12))} for place in places)
    course = _option(tables, random, "course", "operator_training", _one(places, random), category="taps",
                     trained_operators=float(random.integers(1, 5)))  # fmt: skip
    return [
        _set("options", {"kind": "treatment"}, needed_operators=round(float(random.uniform(0.1, 1)), 1)),
        _set("assets", {"asset": "tap_stand"}, needed_operators=0.1),
        _add("operators_present", *present),
        _add("options", course),
    ]


def _more_of_one(tables: Tables, random: np.random.Generator) -> list[Change]:
    pipes = tables["options"]["option"][tables["options"]["kind"] == "conveyance"]
    return [_set("options", {"option": pipe}, largest_count=int(random.integers(2, 4))) for pipe in some(pipes, random, 4)]


def _money(tables: Tables, random: np.random.Generator) -> list[Change]:
    """A loan to be repaid, savings of the accounts, and shares of channels."""
    place = _one(tables["administrations"]["administration"], random)
    grace = int(random.integers(0, 4))
    loan = {"channel": "concessional_loan", "interest_share_per_year": round(float(random.uniform(0, 0.1)), 3),
            "grace_years": grace, "term_years": grace + int(random.integers(1, 20))}  # fmt: skip
    savings = {"channel": "savings", "kind": "tariff", "carry_over": True, "raised_by": place}
    offers = ({"channel": "savings", "stage": stage, "amount_usd": float(random.integers(0, 30_000))}
              for stage in tables["stages"]["stage"])  # fmt: skip
    share = {"channel": "aid", "category": "taps", "largest_share": round(float(random.uniform(0.3, 1)), 2),
             "smallest_share": round(float(random.uniform(0, 0.2)), 2)}  # fmt: skip
    return [
        _add("loan_terms", loan),
        _add("channels", savings),
        _add("channel_amounts", *offers),
        _add("channel_eligibility", {"channel": "savings", "category": "taps"}, {"channel": "savings", "category": "points"}),
        _add("channel_shares", share),
        {"table": "channel_amounts", "multiply": {"amount_usd": round(float(random.uniform(0.5, 4)), 2)}},
    ]


def _outages(tables: Tables, random: np.random.Generator) -> list[Change]:
    members = tables["members"]
    stress = members["member"][members["kind"] == "stress"]
    places = pd.concat([tables["sources"]["source"], tables["treatment_sites"]["site"], tables["links"]["link"]])
    rows = [{"member": member, "place": place, "season": season, "available_share": float(random.choice([0.0, 0.5]))}
            for member in stress for place in some(places, random, 4)
            for season in some(tables["seasons"]["season"], random, 1)]  # fmt: skip
    return [_add("outages", *rows)] if rows else []


CONCERNS: tuple[Callable[[Tables, np.random.Generator], list[Change]], ...] = (
    _groundwater, _licences, _reservoirs, _river, _leakage, _catchment, _uses, _wastewater, _treated_at_home, _tanks, _site_tanks,
    _hazards, _energy, _operators, _more_of_one, _money, _outages,
)  # fmt: skip
