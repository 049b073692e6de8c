"""Where things stand: nodes of the network as points, links as lines between them, reaches as their courses."""

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.tables import ROW_OF

KIND_OF_NODE = {"sources": "source", "treatment_sites": "site", "villages": "village"}


def node_points(basin: Basin) -> pd.DataFrame:
    """Every node of the network: node, kind (source, site or village), table, longitude and latitude in degrees."""
    parts = [
        basin.tables[table]
        .rename(columns={ROW_OF[table].key[0]: "node"})[["node", "longitude", "latitude"]]
        .assign(kind=kind, table=table)
        for table, kind in KIND_OF_NODE.items()
        if table in basin.tables
    ]
    return pd.concat(parts, ignore_index=True)[["node", "kind", "table", "longitude", "latitude"]]


def link_lines(basin: Basin) -> pd.DataFrame:
    """Both ends of every link: link, then from_longitude, from_latitude, to_longitude, to_latitude in degrees.

    NaN where an end is no node or its place is not known.
    """
    points = node_points(basin).drop_duplicates("node").set_index("node")[["longitude", "latitude"]]
    links = basin.tables["links"]
    ends = {"link": links["link"].to_numpy()}
    for end in ("from", "to"):
        placed = points.reindex(links[f"{end}_node"])
        ends |= {f"{end}_{name}": placed[name].to_numpy() for name in placed}
    return pd.DataFrame(ends)


def reach_courses(basin: Basin) -> dict[str, list[tuple[float, float]]]:
    """The course of each reach that has one, as (longitude, latitude) in degrees in the order of its points."""
    lines = basin.tables["reach_lines"].sort_values(["reach", "point"], kind="stable")
    courses: dict[str, list[tuple[float, float]]] = {}
    for reach, *point in zip(lines["reach"].tolist(), lines["longitude"].tolist(), lines["latitude"].tolist(), strict=True):
        courses.setdefault(reach, []).append((point[0], point[1]))
    return courses
