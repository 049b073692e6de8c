"""Operators: works are run by people who are there or have been trained."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """A row for each account in which something needs operators; none where nothing does."""
    operators, works, service = scenario.operators, scenario.works, scenario.service
    village = np.asarray(m.index_sets["village_asset"].label("village"))
    asset = m.data_arrays["asset_of"].values.astype(np.int64)
    by_option, by_asset = operators.needed_by_option > 0, operators.needed_by_asset[asset] > 0
    m.neighbours("options_operated", m.account, m.option, owner=works.account, where=by_option)
    modular = works.modular
    m.neighbours("modules_operated", m.account, m.module, owner=works.account[modular], where=by_option[modular])
    m.neighbours("assets_operated", m.account, m.village_asset, owner=service.village_account[village], where=by_asset)
    m.neighbours("trainings_for", m.account, m.option, owner=operators.trained_for, where=operators.trained_for >= 0)
    m.data("operators_of_option", operators.needed_by_option, unit="operators", title="Operators that an option needs")
    m.data("operators_of_asset", operators.needed_by_asset, unit="operators", title="Operators that an asset needs")
    m.data("operators_trained", operators.trained, unit="operators", title="Operators that a training gives")
    m.data("operators_present", operators.present, unit="operators", title="Operators who are there")
    operated = np.zeros(len(scenario.money.accounts), bool)
    operated[works.account[by_option]] = True
    operated[service.village_account[village[by_asset]]] = True

    @m.law(m.account, m.stage, where=np.repeat(operated[:, None], len(scenario.horizon.stages), axis=1),
           title="Works have operators", unit="operators")  # fmt: skip
    def works_have_operators(m, a, t):
        """What serves in a stage needs no more operators than are there and have been trained."""
        return sum(m.operators_of_option[o] * m.serves[o, t] for o in m.options_operated[a]) + sum(
            m.operators_of_option[m.option_of_module[w]] * m.further[w, t] for w in m.modules_operated[a]
        ) + sum(m.operators_of_asset[m.asset_of[x]] * m.units[x, t] for x in m.assets_operated[a]) <= m.operators_present[
            a
        ] + sum(m.operators_trained[o] * m.serves[o, t] for o in m.trainings_for[a])
