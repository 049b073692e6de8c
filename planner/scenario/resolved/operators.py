"""Operators as arrays: who is there, who is trained by what, what needs whom."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers
from planner.scenario.resolved.money import Money


@dataclass(frozen=True)
class Operators:
    """A accounts, O options."""

    present: Floats  # (A,)
    needed_by_option: Floats  # (O,)
    needed_by_asset: Floats  # of one unit
    trained: Floats  # (O,) 0 of what is no training
    trained_for: Integers  # (O,) account, -1 of what is no training


def operators_of(basin: Basin, money: Money) -> Operators:
    """Read the operators of a basin; those of an administration work for the account that follows its money."""
    there, option = basin.tables["operators_present"], basin.tables["options"]
    present = np.zeros(len(money.accounts))
    np.add.at(present, money.account_positions(there["administration"]), numbers(there, "present_operators"))
    training = (option["kind"] == "operator_training").to_numpy(bool)
    trained_for = np.full(len(option), -1, dtype=np.int64)
    trained_for[training] = money.account_positions(option["place"][training])
    return Operators(
        present=present,
        needed_by_option=numbers(option, "needed_operators"),
        needed_by_asset=numbers(basin.tables["assets"], "needed_operators"),
        trained=np.where(training, numbers(option, "trained_operators"), 0.0),
        trained_for=trained_for,
    )
