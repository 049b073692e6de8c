"""Indicators of fairness: how evenly safe water is shared. Persons count, not places."""

from collections.abc import Iterator

import numpy as np

from planner.fairness import gini, jain, lorenz_ordinate
from planner.plan.audit.people import reached
from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader

RUNG = 4
WORST_SHARE = 0.2


def fairness(reader: Reader) -> Iterator[Indicator]:
    """Shares of the people at rung 4 or above by group within each administration that villages belong to."""
    villages, groups = reader.basin.tables["villages"], reader.basin.tables["groups"]["group"]
    if villages.empty or groups.empty:
        return
    home = dict(zip(villages["village"], villages["administration"], strict=True))
    place = villages["administration"].drop_duplicates()
    present = _summed(reader.facts.people.persons, villages["administration"].to_numpy(), place.to_numpy())
    service = reader.tables["service"]
    good = service[service["rung"] >= RUNG]
    counted = good["persons"].groupby([good["village"].map(home), good["group"], good["stage"]]).sum()
    everyone = counted.to_dict()
    before = _summed(
        reached(reader.facts.people.before, reader.facts.people.rung)[..., RUNG],
        villages["administration"].to_numpy(), place.to_numpy(),
    )  # fmt: skip
    for number, (stage, title) in enumerate(reader.stages):
        persons = present[:, :, number].ravel()
        if persons.sum() <= 0:
            continue
        served = np.array([everyone.get((p, g, stage), 0.0) for p in place for g in groups])
        yield from _of_stage(stage, title, served, before[:, :, number].ravel(), persons)


def _of_stage(stage: str, title: str, served: np.ndarray, before: np.ndarray, persons: np.ndarray) -> Iterator[Indicator]:
    there = persons > 0
    persons = persons[there]
    score, without = served[there] / persons, before[there] / persons
    where = f"of the share at rung {RUNG} or above, administrations and groups by persons, {title}"
    yield Indicator(f"gini_at_rung_{RUNG}_{stage}", f"Gini index {where}", gini(score, persons), "index", "lower", "fairness")
    yield Indicator(f"gini_at_rung_{RUNG}_{stage}_if_nothing_is_built", f"Gini index {where}, if nothing is built",
                    gini(without, persons), "index", "neither", "fairness")  # fmt: skip
    yield Indicator(f"least_share_at_rung_{RUNG}_{stage}",
                    f"Share at rung {RUNG} or above in the worst-off group of an administration, {title}",
                    float(score.min()), "share", "higher", "fairness")  # fmt: skip
    yield Indicator(f"worst_fifth_at_rung_{RUNG}_{stage}",
                    f"Share at rung {RUNG} or above in the worst-off fifth of the people, {title}",
                    lorenz_ordinate(score, WORST_SHARE, persons) / WORST_SHARE, "share", "higher", "fairness")  # fmt: skip
    yield Indicator(f"jain_at_rung_{RUNG}_{stage}", f"Jain's index {where}", jain(score, persons), "index",
                    "neither", "fairness")  # fmt: skip


def _summed(values: np.ndarray, home: np.ndarray, place: np.ndarray) -> np.ndarray:
    """(villages, groups, stages) summed by administration."""
    at = {name: position for position, name in enumerate(place)}
    total = np.zeros((len(place), *values.shape[1:]))
    np.add.at(total, np.array([at[name] for name in home]), values)
    return total
