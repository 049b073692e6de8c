"""Options that may stand several times: beside the first, so many further ones, in whole numbers."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from optimization.formulation.present_value import steps
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add_modules(m: Model, scenario: ResolvedScenario) -> None:
    """Each further unit has the capacity, the capital and the running cost of the first; what stands remains."""
    works, network = scenario.works, scenario.network
    option = works.modular
    place = np.asarray(m.index_sets["option"].label("place"))[option]
    m.index_set("module", joined(works.options.take(option)), title="Options that may stand several times",
                labels={"place": place, "lead": works.lead_time_stages[option]})  # fmt: skip
    m.data("option_of_module", option)
    most = (works.largest_count[option] - 1).astype(float)
    m.data("most_further", most, unit="units", title="Further units that may stand")
    m.variable("further", m.module, m.stage, within="integer", lower=0.0, upper=most[:, None] * works.may_serve[option],
               unit="units", title="Further units in service")  # fmt: skip
    for name, among, position in (
        ("modules_of_main", m.main, _position(network.mains, len(network.links))),
        ("modules_of_pipe", m.pipe, _position(network.pipes, len(network.links))),
    ):
        m.neighbours(name, among, m.module, owner=picked(position, works.link[option]))
    treatment = _position(np.flatnonzero(works.site >= 0), len(works.options))
    m.neighbours("modules_of_treatment", m.treatment, m.module, owner=treatment[option])
    m.neighbours("modules_run_by", m.account, m.module, owner=works.account[option])
    after_first = np.arange(len(scenario.horizon.stages)) >= 1

    @m.law(m.module, m.stage, title="Further units need the first")
    def further_need_the_first(m, w, t):
        """Nothing further stands where the option does not, and no more than may."""
        return m.further[w, t] <= m.most_further[w] * m.serves[m.option_of_module[w], t]

    @m.law(m.module, m.stage, where=np.broadcast_to(after_first, (len(option), len(after_first))), title="Further units remain")
    def further_remain(m, w, t):
        """A further unit that serves in a stage serves in all later ones."""
        return m.further[w, t - 1] <= m.further[w, t]

    m.data("module_worth", works.capex_usd[option][:, None] * steps(works.worth[option]) / 1000, unit="thousand USD")

    @m.term("cost", m.module, m.stage, title="Capital of further units, renewals included, less residual", unit="thousand USD")
    def capital_of_modules(m, w, t):
        return m.module_worth[w, t] * m.further[w, t]


def modules_of(m: Model, scenario: ResolvedScenario, name: str, among: object, options: np.ndarray) -> None:
    """Declares the modules of the members of a set, each of which is an option."""
    position = _position(options, len(scenario.works.options))
    m.neighbours(name, among, m.module, owner=position[scenario.works.modular])


def _position(of: np.ndarray, size: int) -> np.ndarray:
    """Where each of `size` stands in `of`, -1 where it does not."""
    found = np.full(size, -1, dtype=np.int64)
    found[of] = np.arange(len(of))
    return found
