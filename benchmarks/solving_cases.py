"""The cases on which solving is measured: a basin, a scenario, how long it may take and how near it should come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """`gap` is a share of the cost, or of all people where access is the aim; seconds are of the wall clock."""

    title: str
    resolved: Callable[[], Any]
    seconds: float
    gap: float
    first_plan_seconds: float


def ratanakiri(
    scenario: str, floors: tuple[dict[str, Any], ...] = (), money: float | None = None, more: tuple[dict[str, Any], ...] = ()
) -> Any:
    """Ratanak Kiri under one of its scenarios, with more floors and more changes; `money` times what the channels offer."""
    from datasets.cases import find
    from planner import Basin, Scenario, resolve
    from planner.scenario.policy import Floor

    folder = find("ratanakiri")
    chosen = Scenario.read(folder.parent / "scenarios" / f"{scenario}.yaml")
    policy = chosen.policy.model_copy(update={"floors": (*chosen.policy.floors, *(Floor(**floor) for floor in floors))})
    update: dict[str, Any] = {"policy": policy}
    if money is not None:
        update["changes"] = tuple(change.model_copy(update={"multiply": {"amount_usd": money}}) for change in chosen.changes)
    told = chosen.model_copy(update=update).model_dump(mode="json")
    told["changes"] = [*told["changes"], *more]
    return resolve(Basin.read(folder), Scenario.from_dict(told))


def likeness(villages: int, floors: tuple[dict[str, Any], ...], **size: Any) -> Any:
    """A made-up basin like a real one at least cost, with floors that couple its villages."""
    from datasets.synthetic import make
    from planner import Scenario, resolve

    policy = {"objectives": [{"objective": "cost"}], "floors": list(floors)}
    scenario = Scenario.model_validate({"name": "coupled", "title": "Coupled", "policy": policy})
    return resolve(make(villages, **size), scenario)


DISTRICTS = {"rung": 5, "share": 0.3, "within": "account"}
"""In each administration with an account 30 % of the people safely managed at home, or a price for each missed."""
EVERYBODY = {"rung": 3, "share": 0.7, "within": "village"}


def by_stages(second: str, third: str) -> tuple[dict[str, Any], ...]:
    """The same in the third stage, half of it in the second: as money comes."""
    shares = ((0.15, second), (0.3, third))
    return tuple({"rung": 5, "share": share, "within": "account", "stage": stage} for share, stage in shares)


ENOUGH, AS_OFFERED = 16.0, 1.0
"""Times what the channels offer: so much that no choice hangs on it; what they offer."""
LARGE = {"stages": 3, "seasons": 4, "members": 5}


def _between_villages() -> Any:
    from benchmarks.village_pipes import village_pipes

    return ratanakiri("least_cost", by_stages("stage_2", "stage_3"), ENOUGH, village_pipes())


CASES: dict[str, Case] = {
    "least_cost": Case("Ratanak Kiri, least cost with floors of villages", lambda: ratanakiri("least_cost"), 60, 0.01, 5),
    "whole": Case("Ratanak Kiri with every concern, at least cost", lambda: ratanakiri("further/whole_model"), 120, 0.01, 5),
    "coupled": Case("Ratanak Kiri, and by the third stage 30 % at home in each district",
                    lambda: ratanakiri("least_cost", by_stages("stage_2", "stage_3"), ENOUGH), 300, 0.03, 5),
    "between_villages": Case("the same with pipes from village to village", _between_villages, 300, 0.06, 5),
    "coupled_short": Case("the same at once, and money is short",
                          lambda: ratanakiri("least_cost", (DISTRICTS,)), 300, 0.03, 5),
    "coupled_tight": Case("the same with the money that the channels are assumed to offer",
                          lambda: ratanakiri("least_cost", (DISTRICTS,), AS_OFFERED), 300, 0.03, 5),
    "access": Case("Ratanak Kiri, access under a tight budget", lambda: ratanakiri("equity_first"), 120, 0.01, 5),
    "likeness": Case("1,000 made-up villages, by the third stage 30 % at home in each district",
                     lambda: likeness(1_000, (EVERYBODY, *by_stages("stage_1", "stage_2")), tightness=0.0, **LARGE),
                     600, 0.08, 10),
    "likeness_short": Case("the same at once, and money is short",
                           lambda: likeness(1_000, (EVERYBODY, DISTRICTS), **LARGE), 600, 0.08, 10),
    "simple": Case("1,000 made-up villages, 8 periods, 2 stages, 100 sites",
                   lambda: likeness(1_000, (EVERYBODY,), sites=100, stages=2, seasons=4, members=2), 60, 0.015, 3),
    "large": Case("10,000 made-up villages, 4 periods, 2 stages, 1,000 sites",
                  lambda: likeness(10_000, (EVERYBODY,), sites=1_000, stages=2, seasons=4, members=1), 600, 0.05, 10),
}  # fmt: skip
