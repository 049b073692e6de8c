"""An attitude to risk over the members of all branches at once.

A model weighs in its rows only what differs from member to member, and adds what is the same in all of them once: CVaR(c + X) =
c + CVaR(X), and so is the worst. What is the same in a branch, c, is another one in each. With t where a branch's own tail
begins, or what its dearest member costs, c + t is made the same in all branches. A member then counts beyond one cost for all,
and Σ chance · (c + t + …) is the measure over all members (Rockafellar and Uryasev 2000).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from optimization.formulation.attitude import SAME_IN_ALL
from optimization.handed import Floats
from optimization.member_tree.branch_models import BranchModel
from optimization.member_tree.joined import Joined

_WHERE_IT_BEGINS = ("tail_begins", "dearest")


def with_one_tail(whole: Joined, models: Sequence[BranchModel]) -> Joined:
    """The whole with a row for each branch but the first; the same one where members are not weighed by risk."""
    if not any(name in models[0].compiled.variables for name in _WHERE_IT_BEGINS):
        return whole
    told = [_begins(model) for model in models]
    rows = np.zeros((len(models) - 1, whole.problem.column_count))
    for number, (place, (coefficients, _)) in enumerate(zip(whole.place, told, strict=True)):
        if number:
            rows[number - 1, place] += coefficients
        else:
            rows[:, place] -= coefficients
    limit = np.array([told[0][1] - constant for _, constant in told[1:]])
    problem = whole.problem
    return replace(
        whole,
        problem=replace(
            problem,
            matrix=sparse.csc_array(sparse.vstack([problem.matrix, sparse.csr_array(rows)])),
            row_lower=np.concatenate([problem.row_lower, limit]),
            row_upper=np.concatenate([problem.row_upper, limit]),
            elastic=np.concatenate([problem.elastic, np.zeros(len(limit), bool)]),
        ),
    )


def _begins(model: BranchModel) -> tuple[Floats, float]:
    """c + t of a branch, as coefficients of its columns and a constant, thousand USD."""
    coefficients, constant = model.objective_vector(dict.fromkeys(SAME_IN_ALL.values(), 1.0))
    for name in _WHERE_IT_BEGINS:
        if name in model.compiled.variables:
            coefficients[model.compiled.variables[name].columns.ravel()] += 1.0
    return coefficients, constant
