"""What in a network may forbid a floor whatever is paid: each suspect with the change that would clear it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.change import Change, RemoveRows, SetValues
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.floors import coupled_floors

_PATHOGENS = ("bacteria", "viruses", "protozoa")


@dataclass(frozen=True)
class Suspect:
    """A class of demands of the network: its code, its name in a sentence, and the changes without it, in words and as such."""

    code: str
    named: str
    without: str
    changes: tuple[Change, ...]


def suspects(scenario: ResolvedScenario) -> Iterator[Suspect]:
    """Those that stand in the way of something by the data alone, the surest first: each is then tried by a solve."""
    yield from _too_late(scenario)
    yield from _quality(scenario.basin)
    if len(scenario.works.exclusive_groups):
        change = SetValues(table="options", set={"exclusive_group": None})
        yield Suspect("conflict.exclusive_group", "the exclusive groups of options", "Let options stand together", (change,))


def _too_late(scenario: ResolvedScenario) -> Iterator[Suspect]:
    """What can't serve by the stage in which the first hard floor holds, and what is required and never serves."""
    options, stages = scenario.basin.tables["options"], list(scenario.horizon.stages)
    held = [0 if floor.stage is None else stages.index(floor.stage) for floor in scenario.policy.floors if floor.hard]
    late = ~scenario.works.may_serve[:, min(held, default=0)]
    never = options["option"][pd.Series(~scenario.works.may_serve.any(axis=1), index=options.index)]
    required = scenario.basin.tables["option_requirements"]["requires"]
    for option in dict.fromkeys(required[required.isin(never)]):
        gone = RemoveRows(table="option_requirements", where={"requires": str(option)}, remove=True)
        yield Suspect("conflict.requirement", f"the requirement of {option}", f"Require {option} no longer", (gone,))
    if (options["lead_time_stages"].gt(0) & late).any():
        change = SetValues(table="options", set={"lead_time_stages": 0})
        yield Suspect("conflict.lead_time", "the lead times of options", "Build every option without a lead time", (change,))
    if (options["earliest_stage"].notna() & late).any():
        change = SetValues(table="options", set={"earliest_stage": None})
        words = "Let every option be built from the start"
        yield Suspect("conflict.earliest_stage", "the earliest stages of options", words, (change,))


def _quality(basin: Basin) -> Iterator[Suspect]:
    """Parameters and pathogens of which some source has more than the best train takes out."""
    quality, parameters, trains = basin.tables["source_quality"], basin.tables["parameters"], basin.tables["trains"]
    guideline = dict(zip(parameters["parameter"], parameters["guideline_value"], strict=True))
    removed = basin.tables["train_removals"].groupby("parameter")["removal_share"].max()
    left = quality["value"] * (1 - quality["parameter"].map(removed).fillna(0.0).astype(float))
    for parameter in dict.fromkeys(quality["parameter"][left > quality["parameter"].map(guideline).astype(float)]):
        change = SetValues(
            table="source_quality", where={"parameter": str(parameter)}, set={"value": float(guideline[parameter])}
        )
        words = f"Bring {parameter} of every source down to its guideline value of {guideline[parameter]:g}"
        yield Suspect("conflict.quality", f"the water quality ({parameter} of the sources)", words, (change,))
    for pathogen in _PATHOGENS:
        best = float(trains[f"log_removal_{pathogen}"].max()) if len(trains) else 0.0
        if basin.tables["sources"][f"required_log_removal_{pathogen}"].gt(best).any():
            change = SetValues(table="sources", set={f"required_log_removal_{pathogen}": best})
            words = f"Protect the sources so that {best:g} log removal of {pathogen} is enough"
            yield Suspect("conflict.quality", f"the water quality ({pathogen} of the sources)", words, (change,))


def beyond_service_plans(scenario: ResolvedScenario) -> list[tuple[str, float]]:
    """Places whose hard floor no choice of service plans reaches, whatever is built, with the persons that lack."""
    service, found = scenario.service, []
    for floor in coupled_floors(scenario.basin, scenario.policy, scenario.horizon, scenario.people):
        if not floor.hard:
            continue
        here = np.flatnonzero(np.isin(service.village, floor.villages))
        reached = service.at_or_above[here, floor.stage][:, floor.groups, floor.rung - 1].sum(axis=1)
        reached = np.where(service.allowed[here, floor.stage], reached, 0.0)
        best = float(pd.Series(reached).groupby(service.village[here]).max().sum())
        if best < floor.required_persons - 1e-6:
            found.append((floor.place, floor.required_persons - best))
    return sorted(found, key=lambda entry: -entry[1])
