"""What needs what: nothing is laid before what feeds it stands. These rows are also what makes the bounds tight."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Pipe needs train, train needs feed, feed needs source, served needs pipe. What exists needs nothing."""
    network, works = scenario.network, scenario.works
    existing = network.link_existing_capacity_m3_per_day > 0
    stages = len(scenario.horizon.stages)
    pipes, mains = network.pipes, network.mains
    on_pipe, on_main = np.isin(works.link, pipes), np.isin(works.link, mains)
    link = np.maximum(works.link, 0)

    def every_stage(rows: np.ndarray) -> np.ndarray:
        return np.repeat(rows[:, None], stages, axis=1)

    def leads_from(ends: np.ndarray) -> np.ndarray:
        return on_pipe & (ends[link] >= 0) if len(ends) else on_pipe

    m.data("site_left", np.maximum(network.link_site[link], 0) if len(network.links) else link)
    m.data("village_left", np.maximum(network.link_village[link], 0) if len(network.links) else link)
    m.data("source_left", np.maximum(network.link_source[link], 0) if len(network.links) else link)

    @m.law(m.option, m.stage, where=every_stage(leads_from(network.link_site)), title="A pipe needs a train")
    def pipe_needs_train(m, o, t):
        """A pipe is laid no earlier than a train at the site that it leaves."""
        return m.serves[o, t] <= sum(m.serves[m.option_of_treatment[q], t] for q in m.treatments_of_site[m.site_left[o]])

    fed_by_existing = np.isin(np.arange(len(network.villages)), network.link_to_village[pipes[existing[pipes]]])
    onward = leads_from(network.link_village)
    onward &= ~fed_by_existing[np.maximum(network.link_village[link], 0)] if len(network.links) else onward
    _options_into_villages(m, scenario)

    @m.law(m.option, m.stage, where=every_stage(onward), title="A pipe needs a pipe")
    def pipe_needs_pipe(m, o, t):
        """A pipe is laid no earlier than one that arrives at the village that it leaves."""
        return m.serves[o, t] <= sum(m.serves[n, t] for n in m.safe_options_into[m.village_left[o]])

    treatment = np.flatnonzero(works.site >= 0)
    main_exists = np.isin(np.arange(len(network.sites)), network.link_to_site[mains[existing[mains]]])
    m.neighbours("options_feeding", m.treatment, m.option, pairs=_feeding(scenario, treatment))

    @m.law(m.treatment, m.stage, where=every_stage(~main_exists[works.site[treatment]]), title="A train needs a main")
    def train_needs_main(m, q, t):
        """A train is built no earlier than a main with water that it makes safe."""
        return m.serves[m.option_of_treatment[q], t] <= sum(m.serves[o, t] for o in m.options_feeding[q])

    source = network.link_source[link] if len(network.links) else link
    needs_source = (on_main | leads_from(network.link_source)) & ~network.source_exists[np.maximum(source, 0)]

    @m.law(m.option, m.stage, where=every_stage(needs_source), title="A main needs its source")
    def main_needs_source(m, o, t):
        """A main is laid no earlier than its source is developed."""
        return m.serves[o, t] <= sum(m.serves[n, t] for n in m.options_of_source[m.source_left[o]])

    _served(m, scenario, existing)


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
