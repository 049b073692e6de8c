"""Operators: whether what needs them can ever have them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin.basin import Basin
from planner.checks.chains import nearest, on_cycle
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.money import parents
from planner.checks.names import positions
from planner.checks.report import at_rows

_ROUNDING = 1e-9


def only_trainings_train(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    training = frame["kind"] == "operator_training"
    yield from at_rows(
        "operators.trains_nobody", "options", frame, training & (frame["trained_operators"] == 0),
        "{option} is a training in which nobody is trained.", column="trained_operators", allowed="above 0",
    )  # fmt: skip
    yield from at_rows(
        "operators.no_training", "options", frame, ~training & (frame["trained_operators"] > 0),
        "{option} is of kind {kind} and trains operators.", column="trained_operators", allowed="0 unless it is a training",
    )  # fmt: skip


def what_needs_operators_can_have_them(basin: Basin) -> Iterator[Finding]:
    """Options that need more than are there and can be trained in their account, and assets that do in every village."""
    if on_cycle(parents(basin)).any():
        return
    options, assets, at_most = basin.tables["options"], basin.tables["assets"], _at_most(basin)
    there = at_most[_account(basin, options["administration"])]
    yield from at_rows(
        "operators.too_few", "options", options, options["needed_operators"].to_numpy(float) > there + _ROUNDING,
        lambda p: f"{options['option'].iloc[p]} needs {options['needed_operators'].iloc[p]:.4g} operators, and its account "
        f"can have {there[p]:.4g} at most.", column="needed_operators", allowed="what is there and can be trained",
    )  # fmt: skip
    anywhere = at_most[_account(basin, basin.tables["villages"]["administration"])].max(initial=0.0)
    yield from at_rows(
        "operators.too_few", "assets", assets, assets["needed_operators"].to_numpy(float) > anywhere + _ROUNDING,
        lambda p: f"One {assets['asset'].iloc[p]} needs {assets['needed_operators'].iloc[p]:.4g} operators, and no village's "
        f"account can have more than {anywhere:.4g}.", column="needed_operators", allowed="what is there and can be trained",
    )  # fmt: skip


def _account(basin: Basin, administrations: pd.Series) -> npt.NDArray[np.int64]:
    """Position of the administration that follows the money of each; the last one, which has nothing, where none does."""
    frame = basin.tables["administrations"]
    account = nearest(parents(basin), frame["account"].to_numpy())
    return np.append(account, -1)[positions(administrations, frame["administration"])]


def _at_most(basin: Basin) -> npt.NDArray[np.float64]:
    """Operators of each account if everybody is trained; of an exclusive group only the largest training counts."""
    there, options = basin.tables["operators_present"], basin.tables["options"]
    training = options[options["kind"] == "operator_training"]
    alone = "\0" + training["option"].astype(object)
    group = training["exclusive_group"].astype(object).where(training["exclusive_group"].notna(), alone)
    trained = pd.DataFrame({"at": _account(basin, training["place"]), "group": group, "count": training["trained_operators"]})
    largest = trained.groupby(["at", "group"], sort=False)["count"].max().reset_index()
    most = np.zeros(len(basin.tables["administrations"]) + 1)
    np.add.at(most, _account(basin, there["administration"]), there["present_operators"].to_numpy(float))
    np.add.at(most, largest["at"].to_numpy(np.int64), largest["count"].to_numpy(float))
    most[-1] = 0.0
    return most


CHECKS = (
    Check(only_trainings_train, ("options",)),
    Check(
        what_needs_operators_can_have_them,
        ("administrations", "operators_present", "options", "assets", "villages"),
    ),
)
