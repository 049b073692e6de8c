"""What is built, where and when."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from planner.plan.titles import readable
from planner.plan.words import count, number
from planner.reports.charts import bar, folded, table
from planner.reports.markup import Markup, join, tag
from planner.reports.side import Side
from planner.reports.telling import told_list

KINDS = {
    "source_development": ("source", "sources"),
    "treatment": ("treatment works", "treatment works"),
    "conveyance": ("main or pipe", "mains and pipes"),
    "reservoir": ("reservoir", "reservoirs"),
    "wastewater_treatment": ("wastewater treatment", "wastewater treatments"),
    "reuse": ("link for reuse", "links for reuse"),
    "catchment_protection": ("protected catchment", "protected catchments"),
    "operator_training": ("training of operators", "trainings of operators"),
    "leakage_reduction": ("leakage reduction", "leakage reductions"),
    "efficient_irrigation": ("efficient irrigation", "efficient irrigations"),
    "solar_pumping": ("solar pump", "solar pumps"),
    "clear_water_tank": ("clear-water tank", "clear-water tanks"),
}
LISTED = 12


def built(side: Side) -> Markup:
    """What is built in all, in one sentence."""
    options = side.plan.basin.tables["options"].set_index("option")["kind"]
    kinds = new_options(side)["option"].map(options).value_counts()
    parts = [count(int(kinds[kind]), *nouns) for kind, nouns in KINDS.items() if kind in kinds]
    units = side.plan.tables["village_assets"].groupby(["village", "asset"])["units"].max().sum()
    if units > 0:
        parts.append(f"{number(round(float(units)))} taps, points and other units in villages")
    if not parts:
        return join("Nothing is built.")
    return join(tag("strong", told_list(parts)), ". ", f"Capital by stage: {_capital_in_words(side)}.")


def _capital_in_words(side: Side) -> str:
    return "; ".join(
        f"{number(amount)} USD in {side.stage_title(stage)}"
        for stage, amount in zip(side.stages, capital_by_stage(side), strict=True)
    )


def capital_by_stage(side: Side) -> list[float]:
    """Capital paid in each stage, undiscounted, USD."""
    tables = side.plan.tables
    paid = pd.concat([tables["investments"], tables["village_assets"]])
    return side.by_stage(paid.groupby("stage")["capital_usd"].sum())


def new_options(side: Side) -> pd.DataFrame:
    """Options that ever serve, with the stage in which they first do: columns option, stage."""
    table_ = side.plan.tables["investments"]
    order = {stage: place for place, stage in enumerate(side.stages)}
    serving = table_[table_["serves"]]
    return serving.iloc[serving["stage"].map(order).argsort(kind="stable")].drop_duplicates("option")[["option", "stage"]]


def works_section(sides: Sequence[Side]) -> Markup:
    """Works by stage: how many of what, and what they cost."""
    widest = max([1.0, *(amount for side in sides for amount in capital_by_stage(side))])
    return tag(
        "section",
        tag("h2", "What is built, and when"),
        tag("div", *(_one(side, widest) for side in sides), class_="plans"),
        aria_label="What is built, and when",
    )


def _one(side: Side, widest: float) -> Markup:
    stages = [side.stage_title(stage) for stage in side.stages]
    capital = [[name, bar(amount / widest), number(amount)] for name, amount in zip(stages, capital_by_stage(side), strict=True)]
    counted = [*_options_by_stage(side), *_assets_by_stage(side)]
    every = _every_work(side)
    return tag(
        "div",
        side.heading,
        table(["Stage", "", "USD"], capital, caption=f"Capital paid by stage, {side.money}, undiscounted", numeric=[2]),
        table(["New in the stage", *stages], counted, caption="Works by stage: number; capital with renewals, USD",
              numeric=range(1, len(stages) + 1)) if counted else None,
        folded(f"Every work of the network ({len(every)})", table(
            ["Work", "Serves from", "Capacity, m³/day", "Capital, USD"], every,
            caption="The dearest first; capital with renewals, undiscounted", numeric=[2, 3],
        )) if every else None,
    )  # fmt: skip


def _options_by_stage(side: Side) -> list[list[str]]:
    kinds = side.plan.basin.tables["options"].set_index("option")["kind"]
    new = new_options(side)
    counts = new.groupby([new["option"].map(kinds), "stage"]).size()
    paid = side.plan.tables["investments"]
    capital = paid.groupby([paid["option"].map(kinds), "stage"])["capital_usd"].sum()
    return [
        [plural.capitalize(), *_cells(side, counts.get(kind, _NOTHING), capital.get(kind, _NOTHING))]
        for kind, (_, plural) in KINDS.items()
        if kind in counts.index.get_level_values(0)
    ]


def _assets_by_stage(side: Side) -> list[list[str]]:
    assets = side.plan.tables["village_assets"]
    order = {stage: place for place, stage in enumerate(side.stages)}
    wide = assets.pivot_table(index=["asset", "village"], columns="stage", values="units", aggfunc="sum")
    wide = wide.reindex(columns=sorted(order, key=order.__getitem__)).fillna(0.0)
    added = wide.diff(axis=1).fillna(wide).groupby("asset", sort=False).sum()
    capital = assets.groupby(["asset", "stage"])["capital_usd"].sum()
    return [
        [side.titles.of("assets", asset), *_cells(side, added.loc[asset], capital[asset])]
        for asset in side.plan.basin.tables["assets"]["asset"]
        if asset in added.index and added.loc[asset].sum() > 0
    ]


_NOTHING = pd.Series(dtype=float)


def _cells(side: Side, counts: Any, capital: Any) -> list[str]:
    pairs = zip(side.by_stage(counts), side.by_stage(capital), strict=True)
    return [f"{number(round(n))}; {number(usd)}" if n > 0 or usd > 0 else "–" for n, usd in pairs]


def _every_work(side: Side) -> list[list[str]]:
    investments = side.plan.tables["investments"]
    capital = investments.groupby("option")["capital_usd"].sum()
    capacity = investments.groupby("option")["capacity_m3_per_day"].max()
    new = new_options(side).assign(capital=lambda t: t["option"].map(capital)).sort_values(
        "capital", ascending=False, kind="stable"
    )  # fmt: skip
    return [
        [
            side.titles.mapping("options").get(option, readable(option)),
            side.stage_title(stage),
            number(float(capacity[option])) if capacity[option] > 0 else "–",
            number(float(usd)),
        ]
        for option, stage, usd in zip(new["option"], new["stage"], new["capital"], strict=True)
    ]
