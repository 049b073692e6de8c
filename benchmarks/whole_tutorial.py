"""The tutorial with every optional concern in place, so that each table of a plan has figures to be tried on."""

from typing import Any

Change = dict[str, Any]


def _add(table: str, *rows: dict[str, Any]) -> Change:
    return {"table": table, "add": list(rows)}


def _set(table: str, where: dict[str, Any], **values: Any) -> Change:
    return {"table": table, "where": where, "set": values}


def _option(name: str, kind: str, place: str, **values: Any) -> dict[str, Any]:
    return {"option": name, "kind": kind, "place": place, "technology": name, "category": "conveyance",
            "administration": "lower_district", "capex_usd": 500.0, "fixed_om_usd_per_year": 7.0, "life_years": 20,
            **values}  # fmt: skip


_DROUGHT = [
    _add("members", {"member": "drought", "kind": "stress", "probability": 0.1}),
    _add("inflow", *({"reach": reach, "season": season, "member": "drought", "inflow_m3_per_day": flow}
                     for reach, season, flow in (("upper_reach", "dry", 300.0), ("upper_reach", "wet", 2000.0),
                                                 ("lower_reach", "dry", 150.0), ("lower_reach", "wet", 700.0)))),
    _add("source_yields", *({"source": source, "season": season, "member": "drought", "yield_m3_per_day": flow}
                            for source, flow in (("hill_spring", 10.0), ("river_intake", 30.0)) for season in ("dry", "wet"))),
]  # fmt: skip
_WATER = [
    _add("aquifers", {"aquifer": "basalt", "sustainable_yield_m3_per_year": 9000.0}),
    _set("sources", {"source": "hill_spring"}, kind="borehole", aquifer="basalt"),
    _add("administration_licences", {"administration": "province", "stage": "stage_1", "licence_m3_per_year": 40_000.0},
         {"administration": "lower_district", "stage": "stage_2", "licence_m3_per_year": 30_000.0}),
    _add("reservoirs", {"reservoir": "lake", "reach": "lower_reach", "existing": True, "smallest_storage_m3": 100.0,
                        "largest_storage_m3": 4000.0, "surface_at_smallest_m2": 50.0, "surface_at_largest_m2": 900.0},
         {"reservoir": "pond", "reach": "upper_reach", "existing": False, "smallest_storage_m3": 0.0,
          "largest_storage_m3": 3000.0, "surface_at_smallest_m2": 20.0, "surface_at_largest_m2": 700.0}),
    _add("reservoir_evaporation", *({"reservoir": name, "season": "dry", "evaporation_mm_per_day": 5.0}
                                    for name in ("lake", "pond"))),
    _add("options", _option("pond_dam", "reservoir", "pond", category="source")),
    _add("sub_basins", {"sub_basin": "lower", "largest_water_stress_percent": 90.0}),
    _add("sub_basin_reaches", {"sub_basin": "lower", "reach": "lower_reach"}, {"sub_basin": "lower", "reach": "upper_reach"}),
    _set("reaches", {"reach": "lower_reach"}, protected=True),
    _add("turbines", {"turbine": "mill", "reach": "lower_reach", "capacity_m3_per_day": 900.0, "head_m": 10.0,
                      "efficiency_share": 0.7, "value_usd_per_kwh": 0.05}),
    _set("links", {"link": "riverside_pipe"}, loss_share=0.2),
    _add("options", _option("leak_detection", "leakage_reduction", "riverside_pipe")),
    _add("leakage_reductions", {"option": "leak_detection", "link": "riverside_pipe", "saved_share": 0.1}),
    _add("options", _option("forest", "catchment_protection", "upper_reach", administration="upper_district", category="source")),
    _add("protection_effects", {"option": "forest", "source": "hill_spring", "season": "dry", "yield_change_share": 0.1}),
    _add("opportunity_costs", {"option": "forest", "administration": "upper_district", "opportunity_cost_usd_per_year": 100.0}),
]  # fmt: skip
_USES = [
    _add("use_priorities", {"use": "rice_scheme", "smallest_share": 0.1}),
    _add("options", _option("lining", "efficient_irrigation", "rice_scheme", administration="upper_district")),
    _add("irrigation_savings", {"option": "lining", "saved_share": 0.25, "return_saved_share": 0.5}),
    _add("wastewater_sites", {"wastewater_site": "ponds", "administration": "lower_district", "longitude": 107.0,
                              "latitude": 13.7, "reach": "lower_reach"}),
    _add("wastewater_areas", {"wastewater_area": "town", "reach": "lower_reach", "wastewater_site": "ponds"}),
    _add("wastewater_returns", {"village": "riverside", "wastewater_area": "town", "return_share": 0.8}),
    _add("loads", {"load": "bod", "raw_kg_per_m3": 0.3}),
    _add("options", _option("small_ponds", "wastewater_treatment", "ponds", category="treatment", capacity_m3_per_day=20.0,
                            largest_count=3)),
    _add("wastewater_removals", {"option": "small_ponds", "load": "bod", "removal_share": 0.8}),
    _add("load_limits", {"reach": "lower_reach", "load": "bod", "bearable_kg_per_day": 15.0}),
    _add("reuse_links", {"reuse_link": "canal", "wastewater_site": "ponds", "use": "rice_scheme", "loss_share": 0.1}),
    _add("options", _option("dug_canal", "reuse", "canal", capacity_m3_per_day=50.0)),
]  # fmt: skip
_SERVICE = [
    _add("household_treatments", {"mode": "near_point_filter", "untreated_mode": "near_point", "adherence_share": 0.6,
                                  "log_removal_bacteria": 2.0, "log_removal_viruses": 1.0, "log_removal_protozoa": 4.0}),
    _add("assets", {"asset": "tank_10", "technology": "tank_10", "category": "taps", "capex_usd": 800.0,
                    "fixed_om_usd_per_year": 10.0, "life_years": 10}),
    _add("tanks", {"asset": "tank_10", "volume_m3": 10.0}),
    _add("village_storage", {"village": "riverside", "least_hours": 12.0}),
    _add("hazards", {"hazard": "cattle", "place": "hill_spring", "likelihood": 4, "severity": 3}),
]  # fmt: skip
_WORKS = [
    _add("energy_kinds", {"energy": "grid", "price_usd_per_kwh": 0.2, "emissions_kg_co2_per_kwh": 0.5}),
    *(_set("links", {"link": link}, energy="grid", pumping_head_m=36.0, pump_efficiency_share=0.5)
      for link in ("raw_main", "farside_pipe")),
    _add("train_energy", {"train": "slow_sand_chlorine", "energy": "grid", "energy_kwh_per_m3": 0.1}),
    _add("options", _option("panels", "solar_pumping", "raw_main", capacity_m3_per_day=10.0, largest_count=3),
         _option("far_panels", "solar_pumping", "farside_pipe", capacity_m3_per_day=2.0)),
    _set("options", {"option": "riverside_pipe_dn63"}, largest_count=4),
    _set("options", {"option": "works_slow_sand"}, needed_operators=2.0),
    _set("assets", {"asset": "tap_stand"}, needed_operators=0.1),
    _add("operators_present", {"administration": "lower_district", "present_operators": 1.0}),
    _add("options", _option("course", "operator_training", "lower_district", category="taps", trained_operators=4.0)),
    {"table": "channel_amounts", "multiply": {"amount_usd": 100.0}},
    _add("channels", {"channel": "bank", "kind": "concessional_loan", "raised_by": "province"},
         {"channel": "savings", "kind": "tariff", "carry_over": True, "raised_by": "lower_district"}),
    _add("loan_terms", {"channel": "bank", "interest_share_per_year": 0.02, "grace_years": 1, "term_years": 5}),
    _add("channel_amounts", *({"channel": name, "stage": stage, "amount_usd": 5000.0}
                              for name in ("bank", "savings") for stage in ("stage_1", "stage_2"))),
    _add("channel_eligibility", *({"channel": name, "category": category}
                                  for name in ("bank", "savings") for category in ("conveyance", "taps"))),
]  # fmt: skip

CHANGES: tuple[Change, ...] = (*_DROUGHT, *_WATER, *_USES, *_SERVICE, *_WORKS)
"""Changes of a scenario of the tutorial."""
