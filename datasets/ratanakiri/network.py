"""Mains and pipes: which places are joined, by gravity or pump, in which sizes, at what cost."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.ratanakiri import climate, people, supply, works
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.terrain import plane_km, terrain
from planner.catalogue import figure
from planner.hydrology.pipes import hazen_williams_capacity_m3_per_day, velocity_capacity_m3_per_day

Numbers = npt.NDArray[np.float64]

MAINS_PER_SITE = 4
PIPES_PER_VILLAGE = 3
RAW_PIPES_PER_VILLAGE = 2
SIZES = (63, 110, 160, 225)
GRAVITY_M_PER_S2 = 9.81
SECONDS_PER_HOUR = 3600
CONNECTION_KM = 0.05
"""What a pipe takes at its ends even where both lie in one place."""


@cache
def village_elevation() -> pd.Series:
    """Ground at each village, from the grid."""
    ground, rows = terrain(), people.villages()
    cells = [ground.cell(x, y) for x, y in zip(rows.longitude, rows.latitude, strict=True)]
    return pd.Series(ground.elevation_m[cells], index=rows.index)


def _places(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame.rename(columns={key: "node"})[["node", "title", "longitude", "latitude", "elevation_m"]]


def candidates(start: pd.DataFrame, end: pd.DataFrame, longest_km: float) -> pd.DataFrame:
    """All pairs within reach, with length along the ground, lift and a general cost by which the nearest are picked."""
    from_km = plane_km(start["longitude"], start["latitude"])
    to_km = plane_km(end["longitude"], end["latitude"])
    straight = np.sqrt(((to_km[:, None] - from_km) ** 2).sum(axis=2))
    length = straight * assume("ground_factor") + CONNECTION_KM
    lift = end["elevation_m"].to_numpy()[:, None] - start["elevation_m"].to_numpy()
    to_row, from_row = np.nonzero((length < longest_km) & (lift < assume("largest_lift_m")))
    pairs = pd.DataFrame(
        {
            "from_node": start["node"].to_numpy()[from_row],
            "to_node": end["node"].to_numpy()[to_row],
            "from_title": start["title"].to_numpy()[from_row],
            "to_title": end["title"].to_numpy()[to_row],
            "length_km": length[to_row, from_row].round(2),
            "lift_m": lift[to_row, from_row].round(1),
        }
    )
    dn63 = figure("pipe_dn63", "capex_usd_per_m") * 1000
    pumping = figure("pump_station_village", "capex_usd") * (pairs["lift_m"] > -assume("gravity_margin_m"))
    climbing = 3 * figure("pump_station_village", "capex_usd_per_m_lift") * pairs["lift_m"].clip(lower=0)
    return pairs.assign(general_cost=pairs["length_km"] * dn63 + pumping + climbing)


def nearest(pairs: pd.DataFrame, count: int) -> pd.DataFrame:
    ordered = pairs.sort_values(["to_node", "general_cost", "from_node"], kind="stable")
    return ordered.groupby("to_node").head(count).reset_index(drop=True)


def largest_demand_m3_per_day() -> pd.Series:
    """Demand of each village if everybody had a tap at the house in the last stage, school and clinic included."""
    rows = people.villages().set_index("village_id")
    last = climate.stages().iloc[-1]
    years = last["first_year"] + last["years"] / 2 - people.BASE_YEAR
    persons = rows["persons"] * (1 + assume("growth_share")) ** years
    institutions = people.institutions()
    need = (institutions["persons"] * institutions["litres_per_person_per_day"]).groupby(institutions["village"]).sum()
    litres = persons * assume("litres_house_tap") + need.reindex(persons.index).fillna(0)
    return litres / 1000 * assume("peak_day_factor") / (1 - assume("distribution_loss_share"))


def _gravity_capacity(pairs: pd.DataFrame) -> Numbers:
    """What each size (columns) carries of itself at the fall of each pair, m³/day."""
    inner = np.array([figure(f"pipe_dn{size}", "inner_diameter_mm") / 1000 for size in SIZES])
    fall = (-pairs["lift_m"] - assume("gravity_margin_m")).clip(lower=0) / (pairs["length_km"] * 1000)
    natural = hazen_williams_capacity_m3_per_day(inner, fall.to_numpy()[:, None])
    return np.minimum(natural, velocity_capacity_m3_per_day(inner, assume("gravity_largest_speed")))


def _pumped_capacity() -> Numbers:
    inner = np.array([figure(f"pipe_dn{size}", "inner_diameter_mm") / 1000 for size in SIZES])
    return velocity_capacity_m3_per_day(inner, assume("pumped_speed"))


def lay(pairs: pd.DataFrame, wanted: Numbers, smallest: Numbers, sizes: Numbers, pump_allowed: bool) -> pd.DataFrame:
    """Adds kind and, for each allowed size (n, SIZES), its capacity; blank where the size is no use.

    Gravity if the largest allowed size carries the smallest useful flow that way, else pumped. A size is no use if it
    carries less than the smallest useful flow while a larger one is allowed, or no more than the smaller one, or if a
    smaller one carries all that is wanted.
    """
    natural = np.where(sizes, _gravity_capacity(pairs), np.nan)
    gravity = np.nanmax(natural, axis=1) >= smallest
    kept = pairs.assign(kind=np.where(gravity, "gravity", "pumped"))
    pumped = np.where(sizes, _pumped_capacity(), np.nan)
    capacity = np.where(gravity[:, None], natural, pumped)
    best = np.zeros(len(pairs))
    for column in range(len(SIZES)):
        carried = np.nan_to_num(capacity[:, column])
        useless = (carried < smallest) | (carried <= best * 1.001) | (best >= wanted)
        capacity[useless, column] = np.nan
        best = np.maximum(best, np.where(useless, 0.0, carried))
    for column, size in enumerate(SIZES):
        kept[f"dn{size}"] = np.round(capacity[:, column], 1)
    useful = np.isfinite(capacity).any(axis=1) & (gravity | pump_allowed)
    return kept[useful].reset_index(drop=True)


def size_pair(wanted: Numbers) -> Numbers:
    """The two neighbouring sizes of which the larger, pumped, carries what is wanted (or the largest two)."""
    upper = np.clip(np.searchsorted(_pumped_capacity(), wanted), 1, len(SIZES) - 1)
    columns = np.arange(len(SIZES))
    return (columns == upper[:, None]) | (columns == upper[:, None] - 1)


@cache
def mains() -> pd.DataFrame:
    """Raw mains from the cheapest few sources to each site."""
    sources = supply.sources()
    sources = sources[sources["kind"] != "rainwater"]
    pairs = candidates(_places(sources, "source"), _places(works.treatment_sites(), "site"), assume("main_longest_km"))
    pairs = nearest(pairs, MAINS_PER_SITE)
    best_yield = supply.source_yields().groupby("source")["yield_m3_per_day"].max()
    wanted = np.minimum(pairs["from_node"].map(best_yield).to_numpy(), assume("treatment_largest"))
    smallest = np.minimum(wanted / 2, assume("main_smallest_m3_per_day"))
    sizes = np.tile(np.isin(SIZES, (110, 160)), (len(pairs), 1))
    return lay(pairs, wanted, smallest, sizes, pump_allowed=True)


@cache
def pipes() -> pd.DataFrame:
    """Safe pipes from the cheapest few sites to each village."""
    villages = people.village_table(village_elevation())
    pairs = candidates(_places(works.treatment_sites(), "site"), _places(villages, "village"), assume("pipe_longest_km"))
    pairs = nearest(pairs, PIPES_PER_VILLAGE)
    demand = pairs["to_node"].map(largest_demand_m3_per_day()).to_numpy()
    wanted = demand * assume("size_reserve")
    return lay(pairs, wanted, demand * assume("smallest_size_share"), size_pair(demand), pump_allowed=True)


@cache
def raw_pipes() -> pd.DataFrame:
    """Raw gravity pipes from springs to the villages below."""
    sources = supply.sources()
    springs = _places(sources[sources["kind"] == "spring"], "source")
    villages = people.village_table(village_elevation())
    pairs = candidates(springs, _places(villages, "village"), assume("raw_pipe_longest_km"))
    pairs = pairs[pairs["lift_m"] < -assume("gravity_margin_m")].reset_index(drop=True)
    pairs = nearest(pairs, RAW_PIPES_PER_VILLAGE)
    shared = assume("litres_shared_tap") / assume("litres_house_tap")
    demand = pairs["to_node"].map(largest_demand_m3_per_day()).to_numpy() * shared
    sizes = np.tile(np.isin(SIZES, (63, 110)), (len(pairs), 1))
    return lay(pairs, demand * assume("size_reserve"), demand * assume("smallest_size_share"), sizes, False)


def _roof_links() -> pd.DataFrame:
    """A roof's own pipe to its village; it comes with the roof."""
    roofs = [place for place in supply.places() if place.kind == "rainwater"]
    largest = supply.source_yields().groupby("source")["yield_m3_per_day"].max()
    return pd.DataFrame(
        {
            "link": [f"{roof.source}-{roof.flag}" for roof in roofs],
            "from_node": [roof.source for roof in roofs],
            "to_node": [roof.flag for roof in roofs],
            "kind": "gravity",
            "length_km": CONNECTION_KM,
            "lift_m": -3.0,
            "loss_share": 0.0,
            "existing_capacity_m3_per_day": [largest[roof.source] for roof in roofs],
            "variable_om_usd_per_m3": 0.0,
        }
    )


def links() -> pd.DataFrame:
    """All links of the basin."""
    return pd.concat([links_of(pd.concat([mains(), pipes(), raw_pipes()], ignore_index=True)), _roof_links()], ignore_index=True)


def links_of(laid: pd.DataFrame) -> pd.DataFrame:
    """Pairs that are laid as links, with the energy of pumping in their running cost."""
    head = laid["lift_m"].clip(lower=0) + assume("pumped_friction") * laid["length_km"] + assume("gravity_margin_m")
    energy_kwh_per_m3 = GRAVITY_M_PER_S2 * head / SECONDS_PER_HOUR / assume("pump_efficiency")
    energy = (energy_kwh_per_m3 * assume("energy_price")).where(laid["kind"] == "pumped", 0.0)
    return pd.DataFrame(
        {
            "link": laid["from_node"] + "-" + laid["to_node"],
            "from_node": laid["from_node"],
            "to_node": laid["to_node"],
            "kind": laid["kind"],
            "length_km": laid["length_km"],
            "lift_m": laid["lift_m"],
            "loss_share": assume("link_loss_share"),
            "existing_capacity_m3_per_day": 0.0,
            "variable_om_usd_per_m3": energy.round(4),
        }
    )


def _administration_of() -> pd.Series:
    villages = people.villages().set_index("village_id")["commune_id"]
    return pd.concat([villages, works.treatment_sites().set_index("site")["administration"]])


def conveyance(laid: pd.DataFrame, pump: str, group: pd.Series) -> pd.DataFrame:
    """One option for each link and useful size."""
    link = laid["from_node"] + "-" + laid["to_node"]
    pumped = laid["kind"] == "pumped"
    station = figure(pump, "capex_usd") + figure(pump, "capex_usd_per_m_lift") * laid["lift_m"].clip(lower=0)
    station = station.where(pumped, 0.0)
    parts = []
    for size in SIZES:
        pipe = laid["length_km"] * 1000 * figure(f"pipe_dn{size}", "capex_usd_per_m")
        running = figure(f"pipe_dn{size}", "fixed_om_share_per_year") * pipe
        running = running + figure(pump, "fixed_om_share_per_year") * station
        part = pd.DataFrame(
            {
                "option": link + f"-dn{size}",
                "title": f"DN{size}, " + laid["from_title"] + " to " + laid["to_title"],
                "kind": "conveyance",
                "place": link,
                "technology": f"pipe_dn{size}",
                "category": "conveyance",
                "administration": laid["to_node"].map(_administration_of()),
                "capacity_m3_per_day": laid[f"dn{size}"],
                "capex_usd": (pipe + station).round(-1),
                "fixed_om_usd_per_year": running.round(),
                "life_years": int(figure(f"pipe_dn{size}", "life_years")),
                "lead_time_stages": 0,
                "exclusive_group": group,
            }
        )
        parts.append(part[laid[f"dn{size}"].notna()])
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _sources_developed() -> pd.DataFrame:
    technology = {
        "river_intake": "river_intake",
        "spring": "spring_box",
        "borehole": "borehole_field",
        "rainwater": "rainwater_roof",
    }
    rows = supply.sources()
    used = rows["kind"].map(technology)
    return pd.DataFrame(
        {
            "option": rows["source"] + "-works",
            "title": rows["title"],
            "kind": "source_development",
            "place": rows["source"],
            "technology": used,
            "category": "source",
            "administration": rows["administration"],
            "capex_usd": used.map(lambda name: figure(name, "capex_usd")),
            "fixed_om_usd_per_year": used.map(lambda name: figure(name, "fixed_om_usd_per_year")),
            "life_years": used.map(lambda name: int(figure(name, "life_years"))),
            "lead_time_stages": 0,
        }
    )


@cache
def options() -> pd.DataFrame:
    """Everything that can be built outside the villages."""
    main, pipe, raw = mains(), pipes(), raw_pipes()
    return pd.concat(
        [
            _sources_developed(),
            works.options(main),
            conveyance(main, "pump_station_main", main["from_node"] + "-" + main["to_node"]),
            conveyance(pipe, "pump_station_village", "into_" + pipe["to_node"]),
            conveyance(raw, "pump_station_village", raw["from_node"] + "-" + raw["to_node"]),
        ],
        ignore_index=True,
    ).fillna({"capex_usd_per_m3_per_day": 0.0, "fixed_om_usd_per_year_per_m3_per_day": 0.0})


def option_requirements() -> pd.DataFrame:
    """A main or raw pipe needs the works at its source."""
    built = options()
    conveyance = built[built["kind"] == "conveyance"]
    origin = conveyance["place"].map(links().set_index("link")["from_node"])
    needs = origin.isin(supply.sources()["source"])
    return pd.DataFrame({"option": conveyance.loc[needs, "option"], "requires": origin[needs] + "-works"}).reset_index(drop=True)
