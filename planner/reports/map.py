"""The basin as a map: river, villages by rung, and the works that stand. SVG from our own data, nothing fetched."""

from typing import Final

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.geometry import node_points
from planner.plan.titles import Titles
from planner.plan.village_service import RUNG_TITLES, typical_rung
from planner.plan.words import number
from planner.reports.colours import RUNG_COLOURS, RUNG_INKS
from planner.reports.map_river import river
from planner.reports.map_signs import (
    GROUND,
    INK,
    NOT_USED,
    RIVER,
    SMALLEST_RADIUS,
    WORKS,
    drop,
    radius_scale,
    size_key,
    square,
)
from planner.reports.markup import Markup, tag
from planner.reports.projection import STRIP, Projection, projection
from planner.reports.scene import Scene, summary_of
from planner.reports.telling import told

RADIUS_WITH_NUMERAL: Final = 6.5
SCALE_BARS_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def basin_map(basin: Basin, scene: Scene) -> Markup:
    """A figure with the map and one sentence of what it shows."""
    return tag("figure", tag("h3", scene.name), drawing(basin, scene), tag("figcaption", summary_of(scene)))


def drawing(basin: Basin, scene: Scene, **place: float) -> Markup:
    """The map alone, as SVG; `place` is x and y within another drawing."""
    view = projection(basin)
    return tag(
        "svg",
        river(basin, view),
        _links(basin, scene, view),
        _sources(basin, scene, view, used=False),
        _villages(basin, scene, view),
        _sources(basin, scene, view, used=True),
        _sites(basin, scene, view),
        tag("path", d=f"M0 {view.height - STRIP:g}H{view.width:g}V{view.height:g}H0Z", fill=GROUND),
        _scale_bar(view),
        size_key(basin, view.width - 4, view.height - STRIP / 2),
        class_="map",
        viewBox=f"0 0 {view.width:g} {view.height:g}",
        role="img",
        aria_label=f"{told('Map.')} {told(scene.name)}: {told(summary_of(scene))}",
        xmlns="http://www.w3.org/2000/svg",
        **place,
    )


def _nodes(basin: Basin, view: Projection) -> pd.DataFrame:
    """Where every node of the network stands: columns x and y by node."""
    nodes = node_points(basin)
    return pd.DataFrame(view(nodes["longitude"], nodes["latitude"]), index=nodes["node"].astype(str), columns=["x", "y"])


def _links(basin: Basin, scene: Scene, view: Projection) -> Markup:
    links = basin.tables["links"]
    used = links[links["link"].isin(scene.links)]
    nodes = _nodes(basin, view)
    start, end = nodes.loc[used["from_node"]].to_numpy(), nodes.loc[used["to_node"]].to_numpy()
    path = "".join(f"M{a:g} {b:g}L{c:g} {d:g}" for (a, b), (c, d) in zip(start, end, strict=True))
    return tag("path", d=path, fill="none", stroke=WORKS, stroke_width="1.1")


def _sources(basin: Basin, scene: Scene, view: Projection, *, used: bool) -> Markup:
    sources = basin.tables["sources"]
    sources = sources[sources["source"].isin(scene.sources) == used]
    titles = Titles(basin)
    places = view(sources["longitude"], sources["latitude"]).tolist()
    return tag("g", *(
        tag("path", tag("title", f"{name}: in use" if used else f"{name}: not used"), d=drop(x, y))
        for name, (x, y) in zip((titles.of("sources", source) for source in sources["source"]), places, strict=True)
    ), fill=RIVER if used else "none", stroke=INK if used else NOT_USED, stroke_width="0.9")  # fmt: skip


def _sites(basin: Basin, scene: Scene, view: Projection) -> Markup:
    sites = basin.tables["treatment_sites"]
    sites = sites[sites["site"].isin(scene.sites)]
    titles = Titles(basin)
    places = view(sites["longitude"], sites["latitude"])
    return tag("g", *(
        tag("path", tag("title", f"{titles.of('treatment_sites', name)}: treatment works"), d=square(x, y))
        for name, (x, y) in zip(sites["site"], places.tolist(), strict=True)
    ), fill="#ffffff", stroke=INK, stroke_width="1.4")  # fmt: skip


def _villages(basin: Basin, scene: Scene, view: Projection) -> Markup:
    villages = basin.tables["villages"]
    titles = Titles(basin)
    rungs, people = typical_rung(scene.persons), scene.persons.sum(axis=1)
    scale = radius_scale(basin)
    places = dict(zip(villages["village"].astype(str), view(villages["longitude"], villages["latitude"]), strict=True))
    parts = []
    for village in people.sort_values(ascending=False, kind="stable").index.astype(str):
        (x, y), rung, persons = places[village], int(rungs.loc[village]), float(people.loc[village])
        radius = max(scale * persons**0.5, SMALLEST_RADIUS)
        meaning = f"{titles.of('villages', village)}: {number(persons)} people, rung {rung}, {RUNG_TITLES[rung]}"
        parts.append(
            tag(
                "circle",
                tag("title", meaning),
                cx=f"{x:g}",
                cy=f"{y:g}",
                r=f"{radius:.1f}",
                fill=RUNG_COLOURS[rung],
                stroke=_outline(rung),
            )
        )
        if radius >= RADIUS_WITH_NUMERAL:
            parts.append(tag("text", str(rung), x=f"{x:g}", y=f"{y + 4.2:g}", fill=RUNG_INKS[rung], stroke="none"))
    return tag("g", *parts, stroke_width="0.8", font_size="12", font_weight="600", text_anchor="middle")


def _outline(rung: int) -> str:
    """Dark around light circles; light around dark ones, so that neighbours stay apart."""
    return INK if RUNG_INKS[rung] == "#000000" else "#ffffff"


def _scale_bar(view: Projection) -> Markup:
    fitting = [km for km in SCALE_BARS_KM if km * view.units_per_km <= view.width / 4] or [SCALE_BARS_KM[0]]
    length = fitting[-1] * view.units_per_km
    x, y = 8.0, view.height - 8
    path = f"M{x:g} {y - 4:g}V{y:g}H{x + length:.1f}V{y - 4:g}"
    label = tag("text", f"{fitting[-1]} km", x=f"{x + length + 4:.1f}", y=f"{y:g}", font_size="12", fill=INK)
    return tag("g", tag("path", d=path, fill="none", stroke=INK), label)
