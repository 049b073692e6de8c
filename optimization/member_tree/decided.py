"""Which columns of a model are decided before it is known which members come, and in which stage.

A column is decided in its stage, less the stages of its lead time: what is to serve in a stage was begun that much earlier.
What is decided is the same in every member, and so it is for all branches that are not yet told apart; the rest follows the
water.
"""

from dataclasses import dataclass

import numpy as np

from optimization.algebra import CompiledModel, ModelError
from optimization.algebra.families import VariableFamily
from optimization.algebra.sets import Integers

DECIDED = frozenset({
    "serves", "further", "capacity", "protects", "chosen", "units", "tanks", "fund", "carried",
    "missed", "institutions_missed", "party_share", "lowest_share", "beyond_gap", "in_state", "risk_above", "risk_excess",
})  # fmt: skip
"""What is built, chosen and paid for in a stage, and what follows from that alone."""
DELIVERED = frozenset({"pipe_flow", "pipe_by_sun", "leakage_saved", "wastewater"})
"""What flows on a mean day of a stage: in a plan the same in all design members, in each stress period its own."""
RUN = frozenset({
    "feed_flow", "main_by_sun", "protected_flow", "raw_shortage", "raw_hauled", "safe_shortage", "safe_hauled",
    "net_withdrawal", "drawn", "return_lost", "environmental_flow_deficit", "obligation_shortfall", "storage", "held_back",
    "turbined", "overdraft", "licence_exceeded", "withdrawn_beyond", "collected", "treated", "reused", "load_excess",
    "tariffs", "supported", "put_aside", "savings_kept", "runs_in", "missed_in", "dearest", "tail_begins", "beyond",
    "lack", "cut_level", "beyond_cut", "apart",
})  # fmt: skip
"""What follows the water of the members, or the whole horizon: each branch's own."""


@dataclass(frozen=True)
class Decided:
    """For each column of a model the stage in which it is decided, -1 where each branch has its own, and what it is called.

    `key` is the same in all models in which the decision is the same one; -1 where `stage` is.
    """

    stage: Integers
    key: Integers


def decided(compiled: CompiledModel) -> Decided:
    """Raises ModelError for a variable that is in none of the lists above: whoever adds one says where it belongs."""
    stage, key = (np.full(compiled.column_count, -1, dtype=np.int32) for _ in range(2))
    stage_of, lead_of = compiled.column_label("stage"), np.maximum(compiled.column_label("lead"), 0)
    before = 0
    for name in sorted(compiled.variables):
        family = compiled.variables[name]
        if name in RUN:
            continue
        if name not in DECIDED | DELIVERED:
            raise ModelError(f"variable {name!r} is neither known as decided nor as run: say so in member_tree/decided.py")
        own = family.columns.ravel() if name in DECIDED else _in_design_members(family, compiled)
        own = own[stage_of[own] >= 0]
        stage[own] = np.maximum(stage_of[own] - lead_of[own], 0)
        key[own] = before + np.arange(len(own), dtype=np.int32)
        before += len(own)
    return Decided(stage, key)


def _in_design_members(family: VariableFamily, compiled: CompiledModel) -> Integers:
    """The columns of deliveries that are those of a stage, and of no stress period."""
    stages = next(one for variable in compiled.variables.values() for one in variable.sets if one.name == "stage")
    delivery = next(one for one in family.sets if one.name == "delivery")
    of_stage = np.isin(np.array(delivery.names or (), dtype=object), np.array(stages.names or (), dtype=object))
    axis = family.sets.index(delivery)
    return np.asarray(np.compress(of_stage, family.columns, axis=axis).ravel())
