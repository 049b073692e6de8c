"""A picture of a plan for a page or a slide: the basin before and after, as one SVG file."""

from planner.plan.plan import Plan
from planner.plan.verdict import is_result
from planner.plan.village_service import RUNG_TITLES
from planner.reports.colours import RUNG_COLOURS, RUNG_INKS
from planner.reports.map import drawing
from planner.reports.map_signs import GROUND, INK
from planner.reports.markup import Markup, join, tag
from planner.reports.projection import projection
from planner.reports.scene import Scene, after, before, summary_of
from planner.reports.side import Side
from planner.reports.telling import telling, told, told_in
from planner.translations import ENGLISH

GUTTER = 16.0
HEADING = 28.0
LEGEND = 44.0


def picture_svg(plan: Plan, language: str = ENGLISH) -> str:
    """Villages by rung and the works in use, in the base year and in the plan's last stage, with a legend, told in the language.

    Raises ValueError for a plan whose audit failed, which has no result to show, and for a language that is none of LANGUAGES.
    """
    if not is_result(plan):
        raise ValueError("The plan's audit failed: there is no result to draw.")
    with telling(language):
        return _drawn(plan)


def _drawn(plan: Plan) -> str:
    side = Side(plan, plan.scenario.label)
    scenes = [before(plan), after(plan, f"{side.name}, {side.stage_title(side.last_stage)}")]
    view = projection(plan.basin)
    width, height = 2 * view.width + 3 * GUTTER, HEADING + view.height + LEGEND
    picture = tag(
        "svg",
        tag("path", d=f"M0 0H{width:g}V{height:g}H0Z", fill="#ffffff"),
        *(_panel(plan, scene, GUTTER + place * (view.width + GUTTER)) for place, scene in enumerate(scenes)),
        _legend(HEADING + view.height + LEGEND / 2, width),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=" ".join(f"{told(scene.name)}: {told(summary_of(scene))}" for scene in scenes),
        lang=told_in().code,
        font_family="system-ui, sans-serif",
        font_size="13",
    )
    return f"{picture}\n"


def _panel(plan: Plan, scene: Scene, left: float) -> Markup:
    view = projection(plan.basin)
    ground = f"M{left:g} {HEADING:g}h{view.width:g}v{view.height:g}h-{view.width:g}Z"
    size = {"x": left, "y": HEADING, "width": view.width, "height": view.height}
    return join(
        tag("text", scene.name, x=f"{left:g}", y="19", font_weight="600", fill=INK),
        tag("path", d=ground, fill=GROUND),
        drawing(plan.basin, scene, **size),
    )


def _legend(middle: float, width: float) -> Markup:
    step = (width - 2 * GUTTER) / len(RUNG_TITLES)
    parts = []
    for rung, (title, colour, ink) in enumerate(zip(RUNG_TITLES, RUNG_COLOURS, RUNG_INKS, strict=True)):
        x = GUTTER + rung * step
        short = title.replace("basic and free of contamination", "safe to drink")
        parts += [
            tag("circle", cx=f"{x + 10:g}", cy=f"{middle:g}", r="9", fill=colour, stroke=INK),
            tag("text", str(rung), x=f"{x + 10:g}", y=f"{middle + 4.5:g}", fill=ink, text_anchor="middle"),
            tag("text", short, x=f"{x + 24:g}", y=f"{middle + 4.5:g}", fill=INK),
        ]
    return join(parts)
