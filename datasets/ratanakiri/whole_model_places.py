"""Where in Ratanak Kiri each concern of the scenario `whole_model` has its place: changes of a scenario, by assumed figures."""

from typing import Any

import pandas as pd

TOWN = "krong_ban_lung"
Change = dict[str, Any]


def add(table: str, rows: list[dict[str, Any]]) -> Change:
    """Rows that join a table."""
    return {"table": table, "add": rows}


def _option(name: str, title: str, kind: str, place: str, category: str, capex: float, **more: Any) -> dict[str, Any]:
    return {
        "option": name,
        "title": title,
        "kind": kind,
        "place": place,
        "technology": name,
        "category": category,
        "administration": TOWN,
        "capex_usd": capex,
        "life_years": 20,
        **more,
    }


def _of_town(tables: dict[str, pd.DataFrame]) -> set[str]:
    """The town and its communes."""
    districts = tables["administrations"]
    return {TOWN, *districts.loc[districts["parent"] == TOWN, "administration"]}


def energy(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Mains into the works of the town are pumped with energy of the grid in place of a cost by the m³, or by the sun."""
    sites, links = tables["treatment_sites"], tables["links"]
    here = sites.loc[sites["administration"].isin(_of_town(tables)), "site"]
    mains = links[links["to_node"].isin(here) & (links["kind"] == "pumped")]
    first = str(mains["link"].iloc[0])
    sun = _option(
        "solar_pump_ban_lung",
        "Solar pump of a main of Ban Lung",
        "solar_pumping",
        first,
        "conveyance",
        value["solar_capex"],
        capacity_m3_per_day=50.0,
        fixed_om_usd_per_year=value["solar_om"],
        largest_count=4,
    )
    grid = {
        "energy": "grid",
        "title": "Grid",
        "price_usd_per_kwh": value["grid_price"],
        "emissions_kg_co2_per_kwh": value["grid_emissions"],
    }
    heads = [
        {
            "table": "links",
            "where": {"link": str(link)},
            "set": {
                "energy": "grid",
                "variable_om_usd_per_m3": 0.0,
                "pump_efficiency_share": value["pump_efficiency"],
                "pumping_head_m": round(float(lift) * (1 + value["friction_share"]), 1),
            },
        }
        for link, lift in zip(mains["link"], mains["lift_m"].clip(lower=0.0), strict=True)
    ]
    return [add("energy_kinds", [grid]), *heads, add("options", [sun])]


def groundwater(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """One aquifer for all fields of boreholes, and a licence of the town."""
    sources = tables["sources"]
    licensed = float(sources.loc[sources["kind"] == "borehole", "licence_m3_per_year"].sum())
    basalt = {
        "aquifer": "basalt",
        "title": "Basalt of Ratanak Kiri",
        "sustainable_yield_m3_per_year": round(licensed * value["recharge_share"], -3),
    }
    licence = [
        {"administration": TOWN, "stage": stage, "licence_m3_per_year": value["district_licence"]}
        for stage in tables["stages"]["stage"]
    ]
    return [
        add("aquifers", [basalt]),
        {"table": "sources", "where": {"kind": "borehole"}, "set": {"aquifer": "basalt"}},
        add("administration_licences", licence),
    ]


def tanks(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Tanks in the villages of the town."""
    villages = tables["villages"]
    here = villages.loc[villages["administration"].isin(_of_town(tables)), "village"]
    tank = {
        "asset": "village_tank",
        "title": "Tank of 10 m³",
        "technology": "village_tank",
        "category": "distribution",
        "capex_usd": value["tank_capex"],
        "fixed_om_usd_per_year": value["tank_om"],
        "life_years": 30,
    }
    return [
        add("assets", [tank]),
        add("tanks", [{"asset": "village_tank", "volume_m3": value["tank_volume"]}]),
        add("village_storage", [{"village": village, "least_hours": value["storage_hours"]} for village in here]),
    ]


def risk(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Excreta above the river intakes of the town, and what keeps them away from the first of them."""
    sources = tables["sources"]
    intakes = sources.loc[(sources["kind"] == "river_intake") & sources["administration"].isin(_of_town(tables)), "source"]
    hazards = [
        {
            "hazard": f"excreta_{source}",
            "title": "Excreta above the intake",
            "place": source,
            "likelihood": int(value["hazard_likelihood"]),
            "severity": int(value["hazard_severity"]),
        }
        for source in intakes
    ]
    first = sources[sources["source"] == intakes.iloc[0]].iloc[0]
    latrines = _option(
        "latrines_above_intake",
        "Latrines above an intake of Ban Lung",
        "catchment_protection",
        str(first["reach"]),
        "source",
        value["latrines_capex"],
        fixed_om_usd_per_year=0.0,
    )
    less = {"option": "latrines_above_intake", "hazard": f"excreta_{intakes.iloc[0]}", "likelihood_reduction": 2}
    return [add("hazards", hazards), add("options", [latrines]), add("risk_reductions", [less])]


def used_water(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Wastewater of the villages of the town runs into its stream, or through ponds."""
    villages, uses = tables["villages"], tables["other_uses"]
    reach = str(uses.loc[uses["use"] == "ban_lung_town", "return_reach"].iloc[0])
    here = villages[villages["administration"].isin(_of_town(tables))]
    site = {
        "wastewater_site": "ban_lung_ponds",
        "title": "Ponds below Ban Lung",
        "administration": TOWN,
        "longitude": float(here["longitude"].mean().round(5)),
        "latitude": float(here["latitude"].mean().round(5)),
        "reach": reach,
    }
    ponds = _option(
        "ban_lung_pond",
        "Pond of 500 m³/day",
        "wastewater_treatment",
        "ban_lung_ponds",
        "treatment",
        value["pond_capex"],
        capacity_m3_per_day=value["pond_capacity"],
        largest_count=6,
    )
    return [
        add("wastewater_sites", [site]),
        add(
            "wastewater_areas",
            [{"wastewater_area": "ban_lung", "title": "Ban Lung", "reach": reach, "wastewater_site": "ban_lung_ponds"}],
        ),
        add(
            "wastewater_returns",
            [
                {"village": village, "wastewater_area": "ban_lung", "return_share": value["return_share"]}
                for village in here["village"]
            ],
        ),
        add("loads", [{"load": "bod", "title": "Biochemical oxygen demand", "raw_kg_per_m3": value["bod"]}]),
        add("options", [ponds]),
        add("wastewater_removals", [{"option": "ban_lung_pond", "load": "bod", "removal_share": value["pond_removal"]}]),
        add("load_limits", [{"reach": reach, "load": "bod", "bearable_kg_per_day": value["bearable"]}]),
    ]


def uses(value: dict[str, float]) -> list[Change]:
    """Lined canals for the rice of Trapeang Chres, which gets a share at least; a turbine on the town's stream."""
    lining = _option(
        "lining_trapeang_chres",
        "Lined canals of Trapeang Chres",
        "efficient_irrigation",
        "stream_scheme",
        "conveyance",
        value["lining_capex"],
    )
    turbine = {
        "turbine": "small_turbine",
        "title": "Small turbine below Ban Lung",
        "reach": "stream_19",
        "head_m": value["turbine_head"],
        "efficiency_share": value["turbine_efficiency"],
        "capacity_m3_per_day": value["turbine_capacity"],
        "value_usd_per_kwh": value["turbine_value"],
    }
    saves = {"option": lining["option"], "saved_share": value["saved_share"], "return_saved_share": value["return_saved_share"]}
    return [
        add("options", [lining]),
        add("irrigation_savings", [saves]),
        add("use_priorities", [{"use": "stream_scheme", "smallest_share": value["smallest_rice_share"]}]),
        add("turbines", [turbine]),
    ]


def operators(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Works need operators; each account has some, and the town may train more."""
    administrations = tables["administrations"]
    accounts = administrations.loc[administrations["account"].astype(str).str.lower() == "true", "administration"]
    course = _option(
        "operators_course",
        "Course for operators",
        "operator_training",
        TOWN,
        "treatment",
        value["training_capex"],
        trained_operators=value["trained_operators"],
    )
    present = [{"administration": account, "present_operators": value["operators_present"]} for account in accounts]
    needed = {"needed_operators": value["operators_by_works"]}
    works = {
        "table": "options",
        "where": {"kind": "treatment", "administration": sorted(_of_town(tables) - {TOWN})},
        "set": needed,
    }
    return [works, add("operators_present", present), add("options", [course])]


def leaks(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """A pipe into a village of the town leaks, and may be mended."""
    villages, links = tables["villages"], tables["links"]
    here = villages.loc[villages["administration"].isin(_of_town(tables)), "village"]
    pipe = str(links.loc[links["to_node"].isin(here), "link"].iloc[0])
    detection = _option(
        "leak_detection_ban_lung",
        "Leak detection of a pipe of Ban Lung",
        "leakage_reduction",
        pipe,
        "conveyance",
        value["leak_capex"],
    )
    return [
        {"table": "links", "where": {"link": pipe}, "set": {"loss_share": value["leak_share"]}},
        add("options", [detection]),
        add("leakage_reductions", [{"option": detection["option"], "link": pipe, "saved_share": value["leak_saved"]}]),
    ]


def treated_at_home(value: dict[str, float], tables: dict[str, pd.DataFrame]) -> list[Change]:
    """Water of handpumps that households chlorinate: a further plan for villages, and what the town's groundwater asks for."""
    modes, villages, sources = tables["modes"], tables["villages"], tables["sources"]
    plain = modes[modes["mode"] == "near_point"].iloc[0].to_dict()
    treated = {**plain, "mode": "near_point_chlorine", "title": "Handpump nearby, chlorinated at home", "rung": 4}
    vessel = {
        "asset": "household_chlorine",
        "title": "Vessel and chlorine",
        "technology": "household_chlorine",
        "category": "filters",
        "capex_usd": value["chlorine_capex"],
        "fixed_om_usd_per_year": value["chlorine_om"],
        "life_years": int(value["chlorine_life"]),
    }
    takes = tables["mode_assets"][tables["mode_assets"]["mode"] == "near_point_filter"].assign(mode="near_point_chlorine")
    takes["asset"] = takes["asset"].replace("household_filter", "household_chlorine")
    chlorine = {
        "mode": "near_point_chlorine",
        "untreated_mode": "near_point",
        "adherence_share": value["chlorine_adherence"],
        **{f"log_removal_{name}": value[f"chlorine_{name}"] for name in ("bacteria", "viruses", "protozoa")},
    }
    here = _of_town(tables)
    field = sources[(sources["kind"] == "borehole") & sources["administration"].isin(here)].iloc[0]
    pumped = [
        {"village": village, "untreated_mode": "near_point", "source": str(field["source"])}
        for village in villages.loc[villages["administration"].isin(here), "village"]
    ]
    return [
        add("modes", [treated]),
        add("assets", [vessel]),
        add("mode_assets", takes.to_dict("records")),
        add("service_plans", [{"service_plan": "chlorine_100", "mode": "near_point_chlorine", "share": 1.0}]),
        add("household_treatments", [chlorine]),
        add("household_waters", pumped),
    ]
