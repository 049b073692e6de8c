"""People by rung: before, in every stage, and group by group."""

from collections.abc import Sequence

import pandas as pd

from planner.plan.village_service import RUNG_TITLES, RUNGS, persons_before, persons_in_stage
from planner.plan.words import count, number, percent
from planner.reports.charts import folded, rung_legend, rung_stack, table
from planner.reports.markup import Markup, join, sentence, tag
from planner.reports.side import Side

BASIC_RUNG = 3


def unmet_need(side: Side) -> Markup:
    """The people whom the plan leaves below basic service in its last stage, and those whom floors miss."""
    persons = persons_in_stage(side.plan.basin, side.plan.tables, side.last_stage)
    below = float(persons.loc[:, : BASIC_RUNG - 1].to_numpy().sum())
    villages = int((persons.loc[:, : BASIC_RUNG - 1].sum(axis=1) > 0.5).sum())
    total = float(persons.to_numpy().sum())
    missed = _missed_by_floors(side)
    who = f"{number(round(below))} people" if below >= 0.5 else "Nobody"
    everybody, stage, where = number(round(total)), side.stage_title(side.last_stage), count(villages, "village")
    said = (
        f"**{who}** of {everybody} below basic service (rung {BASIC_RUNG}) in {stage}, in {where}."
        if villages
        else f"**{who}** of {everybody} below basic service (rung {BASIC_RUNG}) in {stage}."
    )
    return join(sentence(said), " ", missed or None)


def _missed_by_floors(side: Side) -> str:
    floors = side.plan.tables["floors"]
    missed = floors[floors["missed_persons"] > 0.5]
    if floors.empty and side.plan.scenario.policy.floors:
        return ""
    if missed.empty:
        return "Every floor is met." if side.plan.scenario.policy.floors else ""
    worst = float(missed.groupby("stage")["missed_persons"].sum().max())
    return f"Floors are missed by {number(round(worst))} people in the worst stage."


def served(side: Side) -> Markup:
    """People with water free of contamination, before and in the last stage."""
    first = persons_before(side.plan.basin, side.plan.scenario.policy)
    last = persons_in_stage(side.plan.basin, side.plan.tables, side.last_stage)
    shares = [float(p.loc[:, 4:].to_numpy().sum()) / max(float(p.to_numpy().sum()), 1e-9) for p in (first, last)]
    people = float(last.loc[:, 4:].to_numpy().sum())
    who = f"{number(round(people))} people"
    return sentence(f"**{who}** on rung 4 or above: {percent(shares[1])}, from {percent(shares[0])} in {side.base_year}.")


def people_section(sides: Sequence[Side]) -> Markup:
    """Stacks of people by rung, with their tables."""
    return tag(
        "section",
        tag("h2", "Who is served"),
        rung_legend(),
        tag("div", *(_one(side) for side in sides), class_="plans"),
        aria_label="Who is served",
    )


def _one(side: Side) -> Markup:
    basin, tables = side.plan.basin, side.plan.tables
    rows = [(f"Before, {side.base_year}", _total(persons_before(basin, side.plan.scenario.policy)))]
    rows += [(side.stage_title(s), _total(persons_in_stage(basin, tables, s))) for s in side.stages]
    stacks = [[name, rung_stack(persons, name), number(round(sum(persons)))] for name, persons in rows]
    figures = [[name, *(number(round(p)) for p in persons)] for name, persons in rows]
    heads = ["When", *(join(str(r), " ", RUNG_TITLES[r]) for r in RUNGS)]
    return tag(
        "div",
        side.heading,
        tag("div", table(["When", "Share of people by rung", "People"], stacks, caption="All people", numeric=[2]),
            class_="stacks"),
        _groups(side),
        folded("The same in figures", table(heads, figures, caption="Persons by rung", numeric=range(1, 7))),
    )  # fmt: skip


def _total(persons: pd.DataFrame) -> list[float]:
    totals: list[float] = persons.sum().tolist()
    return totals


def _groups(side: Side) -> Markup | None:
    groups = side.plan.basin.tables["groups"]["group"].astype(str).tolist()
    if len(groups) < 2:
        return None
    service = side.plan.tables["service"]
    last = service[service["stage"] == side.last_stage]
    rows = []
    for group in groups:
        persons = last[last["group"] == group].groupby("rung")["persons"].sum().reindex(RUNGS, fill_value=0.0)
        title = side.titles.of("groups", group)
        rows.append([title, rung_stack(persons.tolist(), title), number(round(float(persons.sum())))])
    caption = f"By group, {side.stage_title(side.last_stage)}"
    return tag(
        "div",
        table(["Group", "Share of people by rung", "People"], rows, caption=caption, numeric=[2]),
        class_="stacks",
    )
