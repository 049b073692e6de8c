"""What needs what: nothing is laid before what feeds it stands. These rows are also what makes the bounds tight.

Of options that exclude each other at most one stands, so those that need the same are one bundle, and a row holds for their sum:
asked for one by one, half of each of two pipe sizes would need but half a train.
"""

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Pipe needs train, train needs feed, feed needs source, served needs pipe. What exists needs nothing."""
    network, works = scenario.network, scenario.works
    existing = network.link_existing_capacity_m3_per_day > 0
    pipes, mains = network.pipes, network.mains
    on_pipe, on_main = np.isin(works.link, pipes), np.isin(works.link, mains)
    _options_into_villages(m, scenario)

    site = np.where(on_pipe, picked(network.link_site, works.link), -1)
    _bundles(m, scenario, "pipe_from_site", site, network.sites, "Pipes out of a site, of which one is laid")

    @m.law(m.pipe_from_site, m.stage, title="A pipe needs a train")
    def pipe_needs_train(m, b, t):
        """A pipe is laid no earlier than a train at the site that it leaves."""
        return sum(m.serves[o, t] for o in m.options_of_pipe_from_site[b]) <= sum(
            m.serves[m.option_of_treatment[q], t] for q in m.treatments_of_site[m.need_of_pipe_from_site[b]]
        )

    fed_by_existing = np.isin(np.arange(len(network.villages)), network.link_to_village[pipes[existing[pipes]]])
    village = np.where(on_pipe, picked(network.link_village, works.link), -1)
    village = _unless(fed_by_existing, village)
    _bundles(m, scenario, "pipe_onward", village, network.villages, "Pipes from a village onward, of which one is laid")

    @m.law(m.pipe_onward, m.stage, title="A pipe needs a pipe")
    def pipe_needs_pipe(m, b, t):
        """A pipe is laid no earlier than one that arrives at the village that it leaves."""
        return sum(m.serves[o, t] for o in m.options_of_pipe_onward[b]) <= sum(
            m.serves[n, t] for n in m.safe_options_into[m.need_of_pipe_onward[b]]
        )

    _trains(m, scenario, np.isin(np.arange(len(network.sites)), network.link_to_site[mains[existing[mains]]]))

    source = np.where(on_main | on_pipe, picked(network.link_source, works.link), -1)
    source = _unless(network.source_exists, source)
    _bundles(m, scenario, "link_from_source", source, network.sources, "Links from a source, of which one is laid")

    @m.law(m.link_from_source, m.stage, title="A main needs its source")
    def main_needs_source(m, b, t):
        """A main is laid no earlier than its source is developed."""
        return sum(m.serves[o, t] for o in m.options_of_link_from_source[b]) <= sum(
            m.serves[n, t] for n in m.options_of_source[m.need_of_link_from_source[b]]
        )

    _served(m, scenario, existing)


def _bundles(m: Model, scenario: ResolvedScenario, name: str, need: Integers, needs: pd.Index, title: str) -> None:
    """Declares the bundles `name` of options that need a place (O; -1 for none) and are of one exclusive group."""
    works = scenario.works
    needing = np.flatnonzero(need >= 0)
    alone = works.exclusive_group[needing] < 0
    group = np.where(alone, -1 - needing, works.exclusive_group[needing])
    _, first, bundle = np.unique(np.stack([group, need[needing]]), axis=1, return_index=True, return_inverse=True)
    option = needing[first]
    # An option of no group takes the last name, which is not used.
    groups = works.exclusive_groups.append(pd.Index(["alone"], dtype=object))
    together = joined(groups.take(works.exclusive_group[option]), needs.take(need[option]), by="/")
    names = [str(works.options[o]) if alone[i] else both for o, i, both in zip(option, first, together, strict=True)]
    m.index_set(name, names, title=title, labels={"place": m.index_sets["option"].labels["place"][option]})
    m.neighbours(f"options_of_{name}", getattr(m, name), m.option, pairs=(bundle.ravel(), needing))
    m.data(f"need_of_{name}", need[option])


def _unless(exists: Flags, place: Integers) -> Integers:
    """`place`, and -1 where what is needed there exists."""
    return np.where(picked(exists.astype(np.int64), place) == 1, -1, place)


def _trains(m: Model, scenario: ResolvedScenario, main_exists: Flags) -> None:
    """For each set of mains: the trains of a site that need one of it, of which one stands."""
    works = scenario.works
    treatment = np.flatnonzero(works.site >= 0)
    needing, train, feeding, main = _needs_of_trains(*_feeding(scenario, treatment), works.site[treatment], main_exists)
    one = np.unique(needing, return_index=True)[1]
    sites = scenario.network.sites.take(works.site[treatment[train[one]]])
    m.index_set("feeding", [f"{site}/{number}" for number, site in enumerate(sites)], title="Needs of trains at a site",
                labels={"place": m.index_sets["treatment"].labels["place"][train[one]]})  # fmt: skip
    m.neighbours("trains_of_feeding", m.feeding, m.treatment, pairs=(needing, train))
    m.neighbours("options_of_feeding", m.feeding, m.option, pairs=(feeding, main))

    @m.law(m.feeding, m.stage, title="A train needs a main")
    def train_needs_main(m, n, t):
        """A train is built no earlier than a main with water that it makes safe."""
        return sum(m.serves[m.option_of_treatment[q], t] for q in m.trains_of_feeding[n]) <= sum(
            m.serves[o, t] for o in m.options_of_feeding[n]
        )


def _needs_of_trains(
    train: Integers, main: Integers, site: Integers, main_exists: Flags
) -> tuple[Integers, Integers, Integers, Integers]:
    """Pairs of a need and a train that has no other, and pairs of a need and a main that meets it.

    A need is the set of mains of one train, or of all trains of a site. `train` and `main` are pairs of a train and a main that
    feeds it, `site` (Q) is the site of each train. Where a main exists nothing is needed.
    """
    trains, sites = np.arange(len(site)), len(main_exists)
    feeds = sp.csr_array((np.ones(len(train)), (train, main)), shape=(len(site), main.max(initial=-1) + 1))
    of_site = (sp.csr_array((np.ones(len(site)), (site, trains)), shape=(sites, len(site))) @ feeds).minimum(1)
    # A main leads to one site, so that only trains of one site share any.
    size: Floats = feeds.sum(axis=1)
    all_of_site: Floats = of_site.sum(axis=1)
    shared = sp.coo_array(feeds @ feeds.T)
    inside = shared.data == size[shared.row]
    inner = np.concatenate([shared.row[inside], trains[size == 0]])
    outer = np.concatenate([shared.col[inside], trains[size == 0]])
    first = trains.copy()
    same = size[inner] == size[outer]
    np.minimum.at(first, inner[same], outer[same])
    largest = np.zeros(sites)
    np.maximum.at(largest, site, size)
    is_need = np.concatenate([(first == trains) & ~main_exists[site], (all_of_site > largest) & ~main_exists])
    number = np.cumsum(is_need) - 1
    mains_of = sp.coo_array(sp.vstack([feeds, of_site]))
    need = np.concatenate([outer, len(site) + site])
    having = np.concatenate([inner, trains])
    kept, met = is_need[need], is_need[mains_of.row]
    return number[need[kept]], having[kept], number[mains_of.row[met]], mains_of.col[met].astype(np.int64)


def _feeding(scenario: ResolvedScenario, treatment: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of a train and an option of a main that feeds it."""
    works = scenario.works
    position = np.full(len(works.options), -1)
    position[treatment] = np.arange(len(treatment))
    conveyance = np.flatnonzero(works.link >= 0)
    order = np.argsort(works.link[conveyance], kind="stable")
    sorted_links = works.link[conveyance][order]
    first = np.searchsorted(sorted_links, works.feed_link, side="left")
    last = np.searchsorted(sorted_links, works.feed_link, side="right")
    count = last - first
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(position[works.feed_option], count), conveyance[order][np.repeat(first, count) + offset]


def _options_into_villages(m: Model, scenario: ResolvedScenario) -> None:
    network, works = scenario.network, scenario.works
    link = np.maximum(works.link, 0)
    to_village = np.where(works.link >= 0, network.link_to_village[link] if len(network.links) else -1, -1)
    safe = network.link_is_safe[link] if len(network.links) else np.zeros(len(link), bool)
    m.neighbours("safe_options_into", m.village, m.option, owner=to_village, where=safe)
    m.neighbours("raw_options_into", m.village, m.option, owner=to_village, where=~safe)


def _served(m: Model, scenario: ResolvedScenario, existing: np.ndarray) -> None:
    network, service = scenario.network, scenario.service
    stages = len(scenario.horizon.stages)
    villages = np.arange(len(network.villages))
    pipes = network.pipes
    for grade, drawing in service.candidates_with.items():
        of_grade = pipes[(network.link_is_safe[pipes] == (grade == "safe")) & existing[pipes]]
        m.data(f"draws_{grade}", drawing.astype(float), title=f"1 where a plan draws {grade} water")
        open_rows = np.repeat((~np.isin(villages, network.link_to_village[of_grade]))[:, None], stages, axis=1)
        if grade == "safe":

            @m.law(m.village, m.stage, where=open_rows, title="Safe taps need a pipe")
            def safe_taps_need_pipe(m, v, t):
                """A plan with safe taps is followed only where a pipe with safe water arrives."""
                return sum(m.draws_safe[c, t] * m.chosen[c, t] for c in m.plans_drawing_safe[v]) <= sum(
                    m.serves[o, t] for o in m.safe_options_into[v]
                )
        else:

            @m.law(m.village, m.stage, where=open_rows, title="Raw taps need a pipe")
            def raw_taps_need_pipe(m, v, t):
                """A plan with raw taps is followed only where a pipe with raw water arrives."""
                return sum(m.draws_raw[c, t] * m.chosen[c, t] for c in m.plans_drawing_raw[v]) <= sum(
                    m.serves[o, t] for o in m.raw_options_into[v]
                )
