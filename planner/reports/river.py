"""What the river keeps, what is owed downstream, and what other uses get."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planner.plan.words import count, number, percent, percent_at_most
from planner.reports.charts import bar, folded, table
from planner.reports.markup import Markup, join, sentence, tag
from planner.reports.side import Side

TIGHTEST = 8
NO_DEFICIT = 1e-3


def river_kept(side: Side) -> Markup:
    """Whether the environmental flow is kept, and how much of the river is taken at the most, in one sentence."""
    river = side.plan.tables["river"]
    missed = river[river["deficit_m3_per_day"] > NO_DEFICIT]
    if river["required_m3_per_day"].max() <= 0 or river.empty:
        kept = "No environmental flow is asked for."
    elif missed.empty:
        kept = "**Environmental flow kept** in every reach, season and member."
    else:
        worst = number(float(missed["deficit_m3_per_day"].max()))
        reaches = count(int(missed["reach"].nunique()), "reach", "reaches")
        kept = f"**Environmental flow missed in {reaches}**, by up to {worst} m³/day."
    others = [said for said in (_taken(river), _owed(side), _other_uses(side)) if said]
    return join(sentence(kept), *((" ", said) for said in others))


def _taken(river: pd.DataFrame) -> str:
    flowing = river[river["natural_m3_per_day"] > 0]
    if flowing.empty:
        return ""
    share = 1 - flowing["outflow_m3_per_day"] / flowing["natural_m3_per_day"]
    return f"At most {percent_at_most(max(float(share.max()), 0.0))} of a reach's natural flow is taken."


def _owed(side: Side) -> str:
    flows = side.plan.tables["obligation_flows"]
    if flows.empty:
        return ""
    worst = float(flows["shortfall_m3_per_day"].max())
    if worst <= NO_DEFICIT:
        return "What is owed downstream arrives."
    return f"Up to {number(worst)} m³/day owed downstream are missing."


def _other_uses(side: Side) -> str:
    uses = side.plan.tables["use_deliveries"]
    wanted = float((uses["delivered_m3_per_day"] + uses["unmet_m3_per_day"]).sum())
    if wanted <= 0:
        return ""
    return f"Other uses get {percent(float(uses['delivered_m3_per_day'].sum()) / wanted)} of what they ask for."


def river_section(sides: Sequence[Side]) -> Markup:
    """The tightest reaches: what flows out, against what is to remain."""
    return tag(
        "section",
        tag("h2", "What the river keeps"),
        tag("div", *(_one(side) for side in sides), class_="plans"),
        aria_label="What the river keeps",
    )


def _one(side: Side) -> Markup:
    worst = _worst_periods(side)
    rows = [_row(side, row) for row in worst.head(TIGHTEST).to_dict("records")]
    others = [_row(side, row) for row in worst.iloc[TIGHTEST:].to_dict("records")]
    heads = ["Reach and season", "", "Left", "Must remain"]
    caption = "Flow, m³/day. The bar: what is left of the natural flow; the line: what must remain"
    return tag(
        "div",
        side.heading,
        tag("p", river_kept(side)),
        table(heads, rows, caption=f"The tightest. {caption}", numeric=[2, 3]) if rows else None,
        folded(f"All reaches and seasons ({len(worst)})", table(heads, others, caption=caption, numeric=[2, 3]))
        if others
        else None,
        _deliveries(side),
    )


def _worst_periods(side: Side) -> pd.DataFrame:
    """For each reach and season the stage and member with the least room above the requirement, least room first."""
    river = side.plan.tables["river"]
    asked = river[river["required_m3_per_day"] > 0]
    room = (asked["outflow_m3_per_day"] - asked["required_m3_per_day"]) / asked["natural_m3_per_day"]
    asked = asked.assign(room=room).sort_values("room", kind="stable")
    return asked.drop_duplicates(["reach", "season"])


def _row(side: Side, row: Mapping[Any, Any]) -> list[str | Markup]:
    natural, left = float(row["natural_m3_per_day"]), float(row["outflow_m3_per_day"])
    required = float(row["required_m3_per_day"])
    titles = side.titles
    where = f"{titles.of('reaches', row['reach'])}, {titles.of('seasons', row['season'])}"
    when = f" ({titles.of('members', row['member'])})"
    return [
        join(where, tag("span", when, class_="quiet")),
        bar(left / max(natural, 1e-9), kind="river", mark=required / max(natural, 1e-9)),
        number(left),
        number(required),
    ]


def _deliveries(side: Side) -> Markup | None:
    uses = side.plan.tables["use_deliveries"]
    if uses.empty:
        return None
    worst = uses.groupby("use", sort=False)[["delivered_m3_per_day", "unmet_m3_per_day"]]
    rows = [
        [side.titles.of("other_uses", use), number(float(got)), number(float(short))]
        for use, got, short in zip(
            worst.mean().index, worst.mean()["delivered_m3_per_day"], worst.max()["unmet_m3_per_day"], strict=True
        )
    ]
    heads = ["Other use", "Delivered, mean", "Unmet, worst period"]
    return table(heads, rows, caption="Other uses, m³/day", numeric=[1, 2])
