"""The bases on which planning again is measured, and ten small changes of each: of money, floors, prices, works and people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.solving_cases import CASES, DISTRICTS, EVERYBODY, likeness, ratanakiri


@dataclass(frozen=True)
class Base:
    """A resolved scenario, the gap to which every change of it is planned, and the seconds that a run may take."""

    title: str
    resolved: Callable[[], Any]
    gap: float
    seconds: float


BASES: dict[str, Base] = {
    "least_cost": Base("Ratanak Kiri, least cost with floors of villages", lambda: ratanakiri("least_cost"), 0.01, 120),
    "coupled": Base("Ratanak Kiri, and by the third stage 30 % at home in each district", CASES["coupled"].resolved, 0.03, 300),
    "money_short": Base("200 made-up villages, floors of each and 30 % at home in each administration",
                    lambda: likeness(200, (EVERYBODY, DISTRICTS), stages=3, seasons=4, members=2), 0.15, 120),
}  # fmt: skip


@dataclass(frozen=True)
class PolicyChange:
    """`changes` of the basin; the share of every floor is multiplied, 99 % at most."""

    title: str
    changes: tuple[dict[str, Any], ...] = ()
    floors: float = 1.0


CHANGES = (
    "less_money", "more_money", "higher_floors", "lower_floors", "dearer_pipes", "cheaper_asset", "option_added", "option_taken",
    "channel_share", "more_people",
)  # fmt: skip


def _multiplied(table: str, column: str, factor: float, **where: Any) -> PolicyChange:
    change = {"table": table, "where": where, "multiply": {column: factor}}
    return PolicyChange(
        f"{table}, {column} × {factor}" + "".join(f", {name} {value}" for name, value in where.items()), (change,)
    )


def changes_of(basin: Any, plan: Any) -> dict[str, PolicyChange]:
    """Ten changes of a basin, and of the plan that was made for it; an option that is taken away is one that was built."""
    tables = basin.tables
    options, villages, needs = tables["options"], tables["villages"], tables["option_requirements"]
    built = options[options["option"].isin(plan.tables["investments"].loc[plan.tables["investments"]["serves"], "option"])]
    dearest = built.sort_values(["capex_usd", "option"])
    pipe = dearest[dearest["kind"] == "conveyance"].iloc[-1]
    train = str(dearest[dearest["kind"] == "treatment"]["option"].iloc[-1])
    known = {name: value for name, value in pipe.items() if value == value and value is not None}
    another = {**known, "option": "another_pipe", "title": "Another maker's pipe", "capex_usd": float(pipe["capex_usd"]) * 0.8}
    needed = [{"option": "another_pipe", "requires": one} for one in needs.loc[needs["option"] == pipe["option"], "requires"]]
    adding = [{"table": "options", "add": [another]}] + ([{"table": "option_requirements", "add": needed}] if needed else [])
    largest = str(villages["administration"].value_counts().index[0])
    channel, stage = str(tables["channels"]["channel"].iloc[0]), str(tables["stages"]["stage"].iloc[0])
    share = {"channel": channel, "category": "conveyance", "largest_share": 0.6}
    taken = {"table": "options", "where": {"option": train}, "remove": True, "with_dependents": True}
    people = {"village": villages.loc[villages["administration"] == largest, "village"].tolist()}
    more = {"table": "population", "where": people, "multiply": {"persons": 1.1}}
    return {
        "less_money": _multiplied("channel_amounts", "amount_usd", 0.9),
        "more_money": _multiplied("channel_amounts", "amount_usd", 1.25, stage=stage),
        "higher_floors": PolicyChange("every floor × 1.05", floors=1.05),
        "lower_floors": PolicyChange("every floor × 0.95", floors=0.95),
        "dearer_pipes": _multiplied("options", "capex_usd", 1.1, kind="conveyance"),
        "cheaper_asset": _multiplied("assets", "capex_usd", 0.85, asset=str(tables["assets"]["asset"].iloc[1])),
        "option_added": PolicyChange("one pipe more to choose", tuple(adding)),
        "option_taken": PolicyChange("a treatment train that was built is offered no longer", (taken,)),
        "channel_share": PolicyChange("a channel pays at most 60 % of pipes", ({"table": "channel_shares", "add": [share]},)),
        "more_people": PolicyChange("10 % more people in one administration", (more,)),
    }


def changed(scenario: Any, change: PolicyChange) -> Any:
    """The scenario with a change, over the basin with the scenario's own changes made."""
    from planner import Scenario

    told = scenario.model_dump(mode="json")
    told["changes"] = [*change.changes]
    for floor in told["policy"]["floors"]:
        floor["share"] = min(floor["share"] * change.floors, 0.99) if change.floors != 1 else floor["share"]
    return Scenario.from_dict(told)
