"""What a map of the basin shows: who is on which rung, and which works are in use."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.village_service import persons_before, persons_in_stage, share_at_least, typical_rung
from planner.plan.words import count, number, percent


@dataclass(frozen=True)
class Scene:
    """What one map shows: people by rung, and which nodes and links are in use."""

    name: str
    persons: pd.DataFrame
    sources: frozenset[str]
    sites: frozenset[str]
    links: frozenset[str]


def before(plan: Plan) -> Scene:
    """The base year: baseline service, existing sources and links."""
    basin = plan.basin
    sources, links = basin.tables["sources"], basin.tables["links"]
    return Scene(
        name=f"Before, {basin.settings.base_year}",
        persons=persons_before(basin, plan.scenario.policy),
        sources=frozenset(sources.loc[sources["existing"], "source"]),
        sites=frozenset(),
        links=frozenset(links.loc[links["existing_capacity_m3_per_day"] > 0, "link"]),
    )


def after(plan: Plan, name: str) -> Scene:
    """The last stage of a plan: its service, and every work that then serves beside what existed."""
    basin = plan.basin
    stage = str(basin.tables["stages"]["stage"].iloc[-1])
    existing = before(plan)
    serving = plan.tables["investments"]
    serving = serving[serving["serves"] & (serving["stage"] == stage)]
    built = basin.tables["options"].set_index("option").loc[serving["option"], ["kind", "place"]]
    places = {kind: frozenset(built.loc[built["kind"] == kind, "place"].astype(str)) for kind in built["kind"].unique()}
    return Scene(
        name=name,
        persons=persons_in_stage(basin, plan.tables, stage),
        sources=existing.sources | places.get("source_development", frozenset()),
        sites=places.get("treatment", frozenset()),
        links=existing.links | places.get("conveyance", frozenset()),
    )


def summary_of(scene: Scene) -> str:
    """One sentence: how many villages are on which side of the ladder, and what stands."""
    rungs = typical_rung(scene.persons)
    low, safe = int((rungs < 3).sum()), int((rungs >= 4).sum())
    service = (
        f"In {number(low)} of {count(len(rungs), 'village')} more than half of the people are below rung 3; "
        f"in {number(safe)} at least half are on rung 4 or above."
    )
    sources, sites = count(len(scene.sources), "source"), count(len(scene.sites), "treatment works", "treatment works")
    mains = count(len(scene.links), "main or pipe", "mains and pipes")
    return f"{service} {f'{sources}, {sites} and {mains} in use.'}"


def village_rows(scenes: list[Scene], titles: Sequence[Titles]) -> list[list[str]]:
    """A row for each village of any scene, in the words of the map: the table beside it. `titles` has those of each scene."""
    cells: list[dict[str, str]] = []
    names: dict[str, str] = {}
    for scene, known in zip(scenes, titles, strict=True):
        rungs, basic = typical_rung(scene.persons).tolist(), share_at_least(scene.persons, 3).tolist()
        villages = scene.persons.index.astype(str)
        told = (f"rung {rung}; {percent(share)}" for rung, share in zip(rungs, basic, strict=True))
        cells.append(dict(zip(villages, told, strict=True)))
        names = {village: known.of("villages", village) for village in villages} | names
    people = {str(village): number(persons) for village, persons in scenes[0].persons.sum(axis=1).items()}
    ordered = dict.fromkeys(village for column in cells for village in column)
    return [[names[village], people.get(village, "–"), *(column.get(village, "–") for column in cells)] for village in ordered]
