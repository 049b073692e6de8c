"""Lines over two axes as an SVG, for the pictures of measurements in the docs: black on white, apart also without colour."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planner.reports.markup import Markup, as_it_stands, join, tag

WIDTH, HEIGHT = 660.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 86.0, 24.0, 42.0, 44.0
TICKS = 5
LEGEND_STEP = 138.0
DOT = 3
ABOVE = 1.08
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Line:
    """A line through points (x, y), a dot at its end; `stepped`: it keeps its height until the next point."""

    title: str
    points: Sequence[tuple[float, float]]
    colour: str
    dashes: str | None = None
    stepped: bool = True


def picture(
    title: str, x_title: str, y_title: str, lines: Sequence[Line], y_most: float | None = None, log: bool = False
) -> Markup:
    """The lines, cut where they are higher than `y_most`. `log`: both axes are logarithmic, and begin at the least point."""
    points = [point for line in lines for point in line.points]
    across = _Axis.over([x for x, _ in points], LEFT, WIDTH - RIGHT, None, log)
    up = _Axis.over([y for _, y in points], HEIGHT - BOTTOM, TOP, y_most, log)
    words = {"font_family": "sans-serif", "font_size": 11, "fill": "#222"}

    def text(content: str, x: float, y: float, anchor: str = "start") -> Markup:
        return tag("text", as_it_stands(content), x=round(x, 1), y=round(y, 1), text_anchor=anchor, **words)

    grid = [tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=up.at(value), y2=up.at(value), stroke="#ddd") for value in up.ticks]
    marks = [text(_short(value), LEFT - 6, up.at(value) + 4, "end") for value in up.ticks]
    marks += [text(_short(value), across.at(value), HEIGHT - BOTTOM + 16, "middle") for value in across.ticks]
    axis = tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=HEIGHT - BOTTOM, y2=HEIGHT - BOTTOM, stroke="#222")
    names = [text(y_title, 4, 14), text(x_title, WIDTH - RIGHT, HEIGHT - 8, "end")]
    drawn = [_drawn(line, across, up) for line in lines]
    legend = []
    for number, line in enumerate(lines):
        x, y = LEFT + LEGEND_STEP * number, TOP - 8
        legend += [tag("line", x1=x, x2=x + 24, y1=y - 4, y2=y - 4, **_stroke(line)), text(line.title, x + 30, y)]
    content = join(tag("title", as_it_stands(title)), tag("rect", width=WIDTH, height=HEIGHT, fill="#fff"), grid, axis, marks)
    box = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    return tag("svg", content, join(names, drawn, legend), xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img")


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    begin: float
    end: float
    log: bool
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Sequence[float], begin: float, end: float, most: float | None, log: bool) -> "_Axis":
        if log:
            low, high = min(values), max(values)
            count = round(math.log2(high / low)) + 1 if high > low else 1
            ticks = tuple(low * (high / low) ** (number / max(count - 1, 1)) for number in range(count))
            return cls(low, high if high > low else low * 2, begin, end, log, ticks)
        high = min(max(values) * ABOVE, most or math.inf) or 1.0
        power = 10.0 ** math.floor(math.log10(high / TICKS))
        step = next(step * power for step in NICE if high / (step * power) <= TICKS)
        return cls(0.0, high, begin, end, log, tuple(step * number for number in range(int(high / step) + 1)))

    def at(self, value: float) -> float:
        low, high, here = (math.log(each) if self.log else each for each in (self.low, self.high, min(value, self.high)))
        return round(self.begin + (self.end - self.begin) * (here - low) / (high - low), 1)


def _drawn(line: Line, across: _Axis, up: _Axis) -> Markup:
    places: list[tuple[float, float]] = []
    for x, y in line.points:
        if line.stepped and places:
            places.append((across.at(x), places[-1][1]))
        places.append((across.at(x), up.at(y)))
    x, y = places[-1]
    end = tag("circle", cx=x, cy=y, r=DOT, fill=line.colour)
    return join(tag("polyline", points=" ".join(f"{x},{y}" for x, y in places), fill="none", **_stroke(line)), end)


def _stroke(line: Line) -> dict[str, object]:
    return {"stroke": line.colour, "stroke_width": 2, "stroke_dasharray": line.dashes}


def _short(value: float) -> str:
    if value >= 1e6:
        return f"{value / 1e6:g} M"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
