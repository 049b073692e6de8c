"""The signs of the map and what they mean, with real sizes."""

from typing import Final

from planner.basin.basin import Basin
from planner.plan.words import number
from planner.reports.charts import rung_legend
from planner.reports.markup import Markup, join, tag

INK: Final = "#1b1f24"
GROUND: Final = "#f1f1ef"
RIVER: Final = "#6FA8DC"
WORKS: Final = "#3d444d"
NOT_USED: Final = "#9aa3ad"
LARGEST_RADIUS: Final = 11.0
SMALLEST_RADIUS: Final = 2.4
SIZE_KEY_LETTER: Final = 6.6


def map_legend() -> Markup:
    """What the signs mean. Sizes stand in the map itself, where they grow and shrink with it."""
    signs = [
        (_stroke(RIVER, 4), "river, width by mean flow, arrow downstream"),
        (_stroke(WORKS, 1.6), "main or pipe in use"),
        (tag("path", d=drop(11, 7), fill=RIVER, stroke=INK), "source in use"),
        (tag("path", d=drop(11, 7), fill="none", stroke=NOT_USED), "source not used"),
        (tag("path", d=square(11, 7), fill="#ffffff", stroke=INK, stroke_width="1.6"), "treatment works"),
    ]
    drawn = [tag("li", _small(22, 14, sign), f" {title}") for sign, title in signs]
    words = tag(
        "p",
        "A village's colour and numeral: the rung that at least half of its people reach. Circle area: people.",
        class_="quiet",
    )
    return join(words, rung_legend(), tag("ul", *drawn, class_="legend", aria_label="Signs of the map"))


def size_key(basin: Basin, right: float, middle: float) -> Markup:
    """Circles with the people that they stand for, in the map's own scale, ending at `right`."""
    scale = radius_scale(basin)
    largest = (LARGEST_RADIUS / scale) ** 2
    parts = []
    for people in sorted({float(f"{largest * part:.0e}") for part in (0.1, 0.9)}, reverse=True):
        label = f"{number(people)} people"
        left = right - SIZE_KEY_LETTER * len(label)
        radius = max(scale * people**0.5, SMALLEST_RADIUS)
        parts.append(tag("text", label, x=f"{left:g}", y=f"{middle + 4:g}", fill=INK, stroke="none"))
        right = left - radius - 4
        circle = {"cx": f"{right:g}", "cy": f"{middle:g}", "r": f"{radius:.1f}"}
        parts.append(tag("circle", fill="#ffffff", stroke=INK, **circle))
        right -= radius + 8
    return tag("g", *parts, font_size="12")


def _small(width: float, height: float, sign: Markup) -> Markup:
    size = {"width": f"{width:.1f}", "height": f"{height:.1f}", "viewBox": f"0 0 {width:.1f} {height:.1f}"}
    return tag("svg", sign, aria_hidden="true", **size)


def _stroke(colour: str, width: float) -> Markup:
    return tag("path", d="M0 7H22", stroke=colour, stroke_width=width, fill="none")


def drop(x: float, y: float) -> str:
    return f"M{x:g} {y - 5:g}C{x + 5:g} {y + 1:g} {x + 3:g} {y + 4:g} {x:g} {y + 4:g}S{x - 5:g} {y + 1:g} {x:g} {y - 5:g}Z"


def square(x: float, y: float) -> str:
    return f"M{x - 4:g} {y - 4:g}h8v8h-8Z"


def radius_scale(basin: Basin) -> float:
    """Radius for one person's square root, the same on every map of the basin."""
    people = basin.tables["population"].groupby("village")["persons"].sum()
    return LARGEST_RADIUS / max(float(people.max()), 1.0) ** 0.5 if len(people) else 1.0
