"""Who runs the works, counted anew."""

import numpy as np

from planner.plan.audit.assets import Assets
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import OPERATORS


def check_operators(facts: Facts, claims: Claims, works: Works, assets: Assets) -> list[AuditCheck]:
    """The claimed operators, and whether there are enough of them."""
    claimed, shape = claims["operators"], (*facts.size("administrations"), facts.horizon.stages)
    needed, present, trained = _needed(facts, works, assets), _present(facts), _trained(facts, works)
    at = claimed["account"].to_numpy(), claimed["stage"].to_numpy()
    place = facts.names.grid("administrations", "stages")

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(dense(shape, at, claimed[column]) - true), OPERATORS, place, true)

    return [
        claim("operators_needed", "Operators needed by what serves", "needed_operators", needed),
        claim("operators_present", "Operators who are there are the basin's", "present_operators", present),
        claim("operators_trained", "Operators trained by what serves", "trained_operators", trained),
        judge("operators_enough", "No work serves without its operators", needed - present - trained, OPERATORS, place, needed),
    ]


def _needed(facts: Facts, works: Works, assets: Assets) -> Numbers:
    """(account, stage)."""
    tables, names, account = facts.basin.tables, facts.names, facts.administrations.account
    needed = np.zeros((*facts.size("administrations"), facts.horizon.stages))
    holder = account[names.codes("administrations", tables["options"]["administration"])]
    np.add.at(needed, holder, works.count * tables["options"]["needed_operators"].to_numpy(float)[:, None])
    at_village = account[names.codes("administrations", tables["villages"]["administration"])]
    of_units = (assets.units * tables["assets"]["needed_operators"].to_numpy(float)[:, None]).sum(axis=1)
    np.add.at(needed, at_village, of_units)
    return needed


def _present(facts: Facts) -> Numbers:
    table = facts.basin.tables["operators_present"]
    holder = facts.administrations.account[facts.names.codes("administrations", table["administration"])]
    present = np.zeros((*facts.size("administrations"), facts.horizon.stages))
    np.add.at(present, holder, table["present_operators"].to_numpy(float)[:, None])
    return present


def _trained(facts: Facts, works: Works) -> Numbers:
    options = facts.basin.tables["options"]
    training = (options["kind"] == "operator_training").to_numpy(bool)
    holder = facts.administrations.account[facts.names.codes("administrations", options["place"][training])]
    trained = np.zeros((*facts.size("administrations"), facts.horizon.stages))
    np.add.at(trained, holder, works.serves[training] * options["trained_operators"].to_numpy(float)[training, None])
    return trained
