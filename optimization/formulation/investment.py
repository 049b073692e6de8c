"""What is built when: options of the network stand from a stage on; the logic of what needs what."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.capacity import usable_capacity
from optimization.formulation.modules import add_modules
from optimization.formulation.present_value import steps
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Columns say that an option serves in a stage, and stay: so capital, life and lead time are costs, not rows."""
    works = scenario.works
    m.variable("serves", m.option, m.stage, within="binary", upper=works.may_serve.astype(float),
               title="Option serves in a stage")  # fmt: skip
    treatment = np.flatnonzero(works.site >= 0)
    # Capacity remains where people become fewer, so it may stay as large as it was of use before.
    largest = np.maximum.accumulate(usable_capacity(scenario)[treatment], axis=1)
    add_modules(m, scenario)
    m.variable(
        "capacity",
        m.treatment,
        m.stage,
        upper=largest * works.largest_count[treatment][:, None],
        unit="m³/day",
        title="Capacity of a train",
    )
    m.data("largest_capacity", largest, unit="m³/day", title="Largest capacity of use")
    after_first = np.arange(len(scenario.horizon.stages)) >= 1

    @m.law(m.option, m.stage, where=np.broadcast_to(after_first, works.may_serve.shape), title="What stands remains")
    def option_remains(m, o, t):
        """An option that serves in a stage serves in all later ones."""
        return m.serves[o, t - 1] <= m.serves[o, t]

    @m.law(m.treatment, m.stage, where=np.broadcast_to(after_first, largest.shape), title="Capacity remains")
    def capacity_remains(m, q, t):
        """The capacity of a train never shrinks."""
        return m.capacity[q, t - 1] <= m.capacity[q, t]

    @m.law(m.treatment, m.stage, title="Capacity needs its train", unit="m³/day")
    def capacity_needs_train(m, q, t):
        """A train that does not stand has no capacity; one that stands several times has as many times the capacity."""
        return m.capacity[q, t] <= m.largest_capacity[q, t] * m.serves[m.option_of_treatment[q], t] + sum(
            m.largest_capacity[q, t] * m.further[w, t] for w in m.modules_of_treatment[q]
        )

    _exclusions(m, scenario)
    _requirements(m, scenario)
    _worth(m, scenario, treatment)


def _exclusions(m: Model, scenario: ResolvedScenario) -> None:
    works = scenario.works
    m.index_set("exclusive_group", list(works.exclusive_groups), title="Exclusive groups")
    m.neighbours("options_of_group", m.exclusive_group, m.option, owner=works.exclusive_group)
    stages = len(scenario.horizon.stages)

    def several(owner: np.ndarray, size: int) -> np.ndarray:
        return np.repeat((np.bincount(owner[owner >= 0], minlength=size) > 1)[:, None], stages, axis=1)

    @m.law(m.exclusive_group, m.stage, where=several(works.exclusive_group, len(works.exclusive_groups)),
           title="One of a group")  # fmt: skip
    def one_of_group(m, g, t):
        """At most one option of an exclusive group stands."""
        return sum(m.serves[o, t] for o in m.options_of_group[g]) <= 1

    @m.law(m.site, m.stage, where=several(works.site, len(scenario.network.sites)), title="One train at a site")
    def one_train(m, k, t):
        """At most one train stands at a treatment site."""
        return sum(m.serves[m.option_of_treatment[q], t] for q in m.treatments_of_site[k]) <= 1

    @m.law(m.source, m.stage, where=several(works.source, len(scenario.network.sources)),
           title="One development of a source")  # fmt: skip
    def one_development(m, j, t):
        """A source is developed once."""
        return sum(m.serves[o, t] for o in m.options_of_source[j]) <= 1


def _requirements(m: Model, scenario: ResolvedScenario) -> None:
    required = scenario.works.requirement
    m.index_set("requirement", len(required), title="Requirements of options")
    m.data("requiring", required[:, 0])
    m.data("required", required[:, 1])

    @m.law(m.requirement, m.stage, title="Requires")
    def requires(m, n, t):
        """An option stands only where what it requires stands."""
        return m.serves[m.requiring[n], t] <= m.serves[m.required[n], t]


def _worth(m: Model, scenario: ResolvedScenario, treatment: np.ndarray) -> None:
    works = scenario.works
    worth = steps(works.worth) / 1000
    m.data("option_worth", works.capex_usd[:, None] * worth, unit="thousand USD")
    m.data("capacity_worth", (works.capex_usd_per_m3_per_day[:, None] * worth)[treatment], unit="thousand USD per m³/day")

    @m.term("cost", m.option, m.stage, title="Capital of options, renewals included, less residual", unit="thousand USD")
    def capital_of_options(m, o, t):
        return m.option_worth[o, t] * m.serves[o, t]

    @m.term("cost", m.treatment, m.stage, title="Capital of treatment capacity", unit="thousand USD")
    def capital_of_capacity(m, q, t):
        return m.capacity_worth[q, t] * m.capacity[q, t]
