"""Who runs the works."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario


def table(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of operators by account and stage."""
    operators, accounts, stages = scenario.operators, scenario.money.accounts, scenario.horizon.stages
    needed, trained = np.zeros((2, len(accounts), len(stages)))
    np.add.at(needed, scenario.works.account, operators.needed_by_option[:, None] * decisions.count)
    by_village = np.einsum("a,vat->vt", operators.needed_by_asset, decisions.units)
    np.add.at(needed, scenario.service.village_account, by_village)
    training = operators.trained_for >= 0
    np.add.at(trained, operators.trained_for[training], (operators.trained[:, None] * decisions.serves)[training])
    present = np.broadcast_to(operators.present[:, None], needed.shape)
    figures = {"needed_operators": needed, "present_operators": present, "trained_operators": trained}
    return in_order("operators", long({"account": accounts, "stage": stages}, figures, needed + present + trained > 0))
