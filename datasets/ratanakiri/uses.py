"""Who else draws on the river, and what is owed downstream."""

import numpy as np
import pandas as pd

from datasets.ratanakiri import climate, facts, river, supply
from datasets.ratanakiri.facts import assume
from datasets.ratanakiri.people import district_name, villages
from datasets.ratanakiri.terrain import terrain

SCHEMES = {"srepok_scheme": 160501, "stream_scheme": 160405, "sesan_scheme": 160905, "border_scheme": 160706}
"""Communes whose rice land is large and lies beside a reach."""
TOWN_USE = "ban_lung_town"


def _reach_below(number: int) -> str | None:
    net = river.network()
    down = net.downstream[number]
    return net.names[down] if down >= 0 else None


def _scheme_reach(commune_code: int) -> int:
    """The reach that the ground of a commune's largest village drains to."""
    rows = villages()
    largest = rows.loc[rows[rows["commune_code"] == commune_code]["persons"].idxmax()]
    return river.network().names.index(river.nearest_reach(largest["longitude"], largest["latitude"]))


def irrigated_ha() -> pd.Series:
    """Irrigated land of each scheme."""
    rice = facts.table("communes").set_index("commune_code")["rice_area_ha"]
    area = {name: rice[code] * assume("irrigated_share") for name, code in SCHEMES.items()}
    return pd.Series(area).clip(upper=assume("irrigated_largest_ha")).round()


def other_uses() -> pd.DataFrame:
    """Four irrigation schemes and the town's market, hospital and offices."""
    net = river.network()
    communes = facts.table("communes").set_index("commune_code")
    district = villages().drop_duplicates("commune_code").set_index("commune_code")["district"].map(district_name)
    rows = []
    for name, code in SCHEMES.items():
        reach = _scheme_reach(code)
        rows.append(
            {
                "use": name,
                "title": f"Rice of {communes.commune[code]}",
                "kind": "irrigation",
                "administration": district[code],
                "reach": net.names[reach],
                "return_reach": _reach_below(reach),
                "return_share": assume("irrigation_return_share") if _reach_below(reach) else 0.0,
                "value_usd_per_m3": assume("irrigation_value"),
            }
        )
    town = net.names.index(river.closest_stream(*supply.TOWN))
    rows.append(
        {
            "use": TOWN_USE,
            "title": "Ban Lung: market, hospital, offices",
            "kind": "city",
            "administration": "krong_ban_lung",
            "reach": net.names[town],
            "return_reach": _reach_below(town),
            "return_share": assume("town_return_share"),
            "value_usd_per_m3": assume("town_value"),
        }
    )
    return pd.DataFrame(rows)


def use_demand() -> pd.DataFrame:
    """Demand by use and season, to whole m³/day."""
    by_hectare = np.array([assume(f"irrigation_{season}") for season in climate.SEASONS])
    rows = [
        (scheme, season, round(area * each))
        for scheme, area in irrigated_ha().items()
        for season, each in zip(climate.SEASONS, by_hectare, strict=True)
    ]
    rows += [(TOWN_USE, season, assume("town_demand")) for season in climate.SEASONS]
    return pd.DataFrame(rows, columns=["use", "season", "demand_m3_per_day"])


def obligations() -> pd.DataFrame:
    """A share of the season's mean flow at the two outlets, capped as the environmental flow is."""
    net = river.network()
    owed = river.kept_flow_m3_per_day(assume("obligation_share") * river.mean_season_flow_m3_per_day())
    rows = [
        (f"{net.river[number]}_outlet", net.names[number], season, owed[number, column])
        for number in np.flatnonzero(net.downstream < 0)
        for column, season in enumerate(climate.SEASONS)
    ]
    return pd.DataFrame(rows, columns=["obligation", "reach", "season", "flow_m3_per_day"])


def reach_administration(cell: int) -> str:
    """The district of the village nearest to a cell."""
    ground = terrain()
    nearest = supply.nearest_village(ground.longitude[cell], ground.latitude[cell])
    return district_name(villages()["district"][nearest])
