"""How the water of each source is before treatment: stations for rivers, assumptions for ground and springs."""

from functools import cache

import pandas as pd

from datasets.ratanakiri import climate, facts, river, supply
from datasets.ratanakiri.facts import assume

PARAMETERS = {
    "suspended_solids": ("Suspended solids", "mg/L"),
    "nitrate": ("Nitrate as nitrogen", "mg/L"),
    "iron": ("Iron", "mg/L"),
    "arsenic": ("Arsenic", "µg/L"),
}
GUIDELINES = {"nitrate": 11.0, "iron": 0.3, "arsenic": 10.0}
"""WHO (2011); iron by taste and stain."""
STATION_OF_RIVER = {"sesan": ("Andaung Meas", "Phum Pi"), "srepok": ("Lumphat",)}


def parameters() -> pd.DataFrame:
    """Parameters and guideline values."""
    guideline = {**GUIDELINES, "suspended_solids": assume("solids_guideline")}
    return pd.DataFrame(
        {
            "parameter": PARAMETERS.keys(),
            "title": [title for title, _ in PARAMETERS.values()],
            "unit": [unit for _, unit in PARAMETERS.values()],
            "guideline_value": [guideline[name] for name in PARAMETERS],
        }
    )


@cache
def _station_quality() -> pd.DataFrame:
    """Mean of the monthly medians by river, season and parameter."""
    rows = facts.table("river_quality")
    season = {month: name for name, months in climate.MONTHS_OF_SEASON.items() for month in months}
    of_station = {station: name for name, stations in STATION_OF_RIVER.items() for station in stations}
    rows = rows.assign(season=rows["month"].map(season), river=rows["station"].map(of_station)).dropna(subset=["river"])
    columns = {"suspended_solids_mg_per_litre": "suspended_solids", "nitrate_mg_per_litre": "nitrate"}
    return rows.groupby(["river", "season"])[list(columns)].mean().rename(columns=columns)


def river_of(reach: str) -> str:
    """The large river that a reach is on or drains to."""
    net = river.network()
    number = net.names.index(reach)
    while not net.river[number]:
        number = int(net.downstream[number])
    return net.river[number]


def _quality(place: supply.Place, season: str) -> dict[str, float]:
    if place.kind == "river_intake":
        assert place.reach is not None
        return _station_quality().loc[(river_of(place.reach), season)].to_dict()
    if place.kind == "spring":
        clouded = place.flag == "open" and season.endswith("wet")
        return {"suspended_solids": assume("spring_solids_wet" if clouded else "spring_solids")}
    if place.kind == "borehole":
        return {
            "iron": assume("iron_lowland" if place.flag else "iron_plateau"),
            "arsenic": assume("arsenic_riverside" if place.flag == "riverside" else "arsenic_elsewhere"),
        }
    return {}


def source_quality() -> pd.DataFrame:
    """Raw quality by source, season and parameter."""
    rows = [
        (place.source, season, parameter, round(value, 2))
        for place in supply.places()
        for season in climate.SEASONS
        for parameter, value in _quality(place, season).items()
    ]
    return pd.DataFrame(rows, columns=["source", "season", "parameter", "value"])
