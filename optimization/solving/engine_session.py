"""Sessions of HiGHS: a problem passed over, and run."""

from typing import Any

import highspy
import numpy as np

from optimization.solving.engine_answers import Effort, EngineStatus
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.slices import Slice

STATUS: dict[Any, EngineStatus] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kTimeLimit: "clock",
    highspy.HighsModelStatus.kSolutionLimit: "nodes",
    highspy.HighsModelStatus.kIterationLimit: "nodes",
    highspy.HighsModelStatus.kInterrupt: "interrupted",
}

_LEFT_OUT_OF_SMALL: dict[str, float | bool] = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_zi_round": False,
    "mip_heuristic_run_shifting": False,
    "mip_allow_restart": False,
    "mip_detect_symmetry": False,
}


def new_session(problem: Problem, part: Slice, limits: tuple[FloatArray, FloatArray], integer: bool, effort: Effort) -> Any:
    """A part of a problem within these limits of all columns, passed over; with its integers, or relaxed."""
    session = highspy.Highs()
    session.setOptionValue("output_flag", False)
    session.setOptionValue("threads", 1)
    session.setOptionValue("random_seed", effort.seed)
    session.setOptionValue("time_limit", max(effort.seconds, 0.05))
    if integer:
        session.setOptionValue("mip_rel_gap", effort.relative_gap)
        session.setOptionValue("mip_abs_gap", max(effort.absolute_gap, 1e-9))
        if effort.nodes is not None:
            session.setOptionValue("mip_max_nodes", effort.nodes)
        for option, value in _LEFT_OUT_OF_SMALL.items() if effort.small else ():
            session.setOptionValue(option, value)
    kind = problem.integer[part.columns] if integer else np.zeros(len(part.columns), dtype=np.bool_)
    session.passModel(
        len(part.columns),
        len(part.rows),
        part.matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        problem.objective_of(part.fixed_values),
        problem.objective[part.columns],
        limits[0][part.columns],
        limits[1][part.columns],
        problem.row_lower[part.rows] - part.row_shift,
        problem.row_upper[part.rows] - part.row_shift,
        part.matrix.indptr.astype(np.int32),
        part.matrix.indices.astype(np.int32),
        part.matrix.data,
        kind.astype(np.int32),
    )
    return session


def run_session(session: Any) -> EngineStatus:
    """Runs, and again without presolve where presolve leaves open whether the problem is unbounded or infeasible."""
    session.run()
    if session.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        session.setOptionValue("presolve", "off")
        session.run()
    return STATUS.get(session.getModelStatus(), "failed")


def nothing_fixed(problem: Problem) -> Slice:
    """The whole problem as a part of itself."""
    rows, columns = problem.row_count, problem.column_count
    return Slice(np.arange(columns), np.arange(rows), problem.matrix, np.zeros(rows), np.zeros(columns), possible=True)
