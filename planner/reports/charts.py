"""Small charts that need no script: bars and stacks as boxes beside the figures they draw."""

from collections.abc import Sequence

from planner.plan.village_service import RUNG_TITLES
from planner.plan.words import number, percent
from planner.reports.markup import Child, Markup, join, tag
from planner.reports.telling import told

NARROWEST_WITH_NUMERAL = 0.035


def bar(share: float, *, kind: str = "", mark: float | None = None) -> Markup:
    """A bar of a share of the full width, and perhaps a mark to be reached. The figure stands beside it in words."""
    inside = [tag("span", class_=f"fill {kind}".strip(), style=f"width:{_css(share)}")]
    if mark is not None:
        inside.append(tag("span", class_="mark", style=f"left:{_css(mark)}"))
    return tag("span", *inside, class_="bar", aria_hidden="true")


def rung_stack(persons: Sequence[float], name: str) -> Markup:
    """People by rung, worst to best, as one bar; each part wide enough bears its rung's numeral."""
    total = sum(persons)
    if total <= 0:
        return tag("span", "nobody lives here", class_="quiet")
    parts = [
        tag("span", str(rung) if value / total >= NARROWEST_WITH_NUMERAL else "", class_=f"rung{rung}",
            style=f"flex-grow:{value:.6g}", title=f"Rung {rung}, {RUNG_TITLES[rung]}: {number(value)} people")
        for rung, value in enumerate(persons) if value / total > 1e-4
    ]  # fmt: skip
    shares = ", ".join(f"{percent(v / total)} on rung {r}" for r, v in enumerate(persons) if v / total > 1e-4)
    return tag("span", *parts, class_="stack", role="img", aria_label=f"{told(name)}: {told(shares)}")


def rung_badge(rung: int) -> Markup:
    """A rung's numeral in its colour."""
    return tag("span", str(rung), class_=f"badge rung{rung}")


def rung_legend() -> Markup:
    """The rungs with their colours, numerals and names."""
    items = [tag("li", rung_badge(r), " ", title) for r, title in enumerate(RUNG_TITLES)]
    return tag("ul", *items, class_="legend", aria_label="Rungs of the JMP ladder, worst to best")


def table(
    heads: Sequence[Child],
    rows: Sequence[Sequence[Child]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    even: bool = False,
) -> Markup:
    """A table; the first column names the row, `numeric` columns are right-aligned, `even` gives all the same width."""
    head = tag("tr", *(tag("th", h, scope="col", class_="n" if i in numeric else None) for i, h in enumerate(heads)))
    body = tag("tbody", *(_row(r, numeric) for r in rows))
    return tag(
        "div",
        tag("table", tag("caption", caption), tag("thead", head), body, class_="even" if even else None),
        class_="wide",
    )


def _row(cells: Sequence[Child], numeric: Sequence[int]) -> Markup:
    first, *others = cells
    return tag(
        "tr",
        tag("th", first, scope="row"),
        *(tag("td", c, class_="n" if i in numeric else None) for i, c in enumerate(others, start=1)),
    )


def folded(summary: str, *content: Child, open_: bool = False) -> Markup:
    """Content that a click opens."""
    return tag("details", tag("summary", summary), join(*content), open=open_)


def _css(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"
