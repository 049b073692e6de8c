"""Tiny basins made from the tutorial by changes, and the best plan of each by plain HiGHS in this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import highspy
import numpy as np
import pandas as pd

from datasets.cases import find
from optimization.aims import levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.results import Values, objective_tables, tables_of
from optimization.solving.problem import Problem
from optimization.weighted_aims import stated_ways
from planner.basin import Basin
from planner.checks import check
from planner.plan.audit import Audit, audit
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.scenario import Scenario, ScenarioError

Change = dict[str, Any]

RICH: Change = {"table": "channel_amounts", "multiply": {"amount_usd": 100.0}}
NO_MONEY: Change = {"table": "channel_amounts", "set": {"amount_usd": 0.0}}
NO_FILTERS: Change = {"table": "service_plans", "remove": True, "where": {"mode": "near_point_filter"}}
NO_MEMBRANES: Change = {"table": "options", "remove": True, "where": {"option": "works_membrane"}}
ONE_STAGE: list[Change] = [
    {"table": table, "remove": True, "where": {"stage": "stage_2"}} for table in ("stages", "channel_amounts", "subsidies")
]
RIVERSIDE_TAPS = {"rung": 4, "share": 1.0, "administration": "lower_district", "hard": True}
"""With NO_FILTERS: everybody in Riverside, 1000 persons and a school, gets public taps, 42 m³ a day."""
TAPS_COST_USD = 12548.3608
"""What they cost at least, worked out in the tutorial's README."""
LEAST_COST = ({"objective": "cost"},)


class Impossible(Exception):  # noqa: N818 (an answer, not a mistake)
    """Plain HiGHS has proven that no plan exists."""


@dataclass(frozen=True)
class Planned:
    """A plan's tables with what a test wants to ask of them. `objective` is the first level's, in thousand USD."""

    scenario: ResolvedScenario
    tables: Mapping[str, pd.DataFrame]
    values: Values
    objective: float
    penalty_usd: float

    @cached_property
    def audit(self) -> Audit:
        return audit(self.scenario.basin, self.scenario.policy, self.tables)

    def row(self, table: str, **where: str) -> pd.Series:
        """The only row of a table like this."""
        found = self.rows(table, **where)
        assert len(found) == 1, f"{len(found)} rows of {table} with {where}"
        return found.iloc[0]

    def rows(self, table: str, **where: str) -> pd.DataFrame:
        """All rows of a table like this."""
        frame = self.tables[table]
        for column, value in where.items():
            frame = frame[frame[column] == value]
        return frame

    def plan_of(self, village: str, stage: str = "stage_1") -> str:
        return str(self.row("village_plans", village=village, stage=stage)["service_plan"])

    def serving(self, stage: str = "stage_1") -> set[str]:
        frame = self.rows("investments", stage=stage)
        return set(frame.loc[frame["serves"], "option"])

    def persons(self, mode: str, stage: str, **where: str) -> float:
        return float(self.rows("service", mode=mode, stage=stage, **where)["persons"].sum())


@cache
def tutorial() -> Basin:
    return Basin.read(find("tutorial"))


def resolved(*changes: Change, basin: Basin | None = None, **policy: Any) -> ResolvedScenario:
    """The tutorial, or another basin, changed; at least cost unless the policy says otherwise."""
    content = {"name": "tiny", "changes": list(changes), "policy": {"objectives": LEAST_COST, **policy}}
    return resolve(basin or tutorial(), Scenario.from_dict(content))


def codes_of(*changes: Change) -> set[str]:
    """The codes of all findings of the tutorial, changed."""
    try:
        return {finding.code for finding in check(resolved(*changes).basin)}
    except ScenarioError as error:
        return {finding.code for finding in error.findings}


def optimum(problem: Problem, gap: float = 0.0) -> tuple[np.ndarray, float]:
    """The optimal columns and objective by plain HiGHS. Raises Impossible."""
    session = highspy.Highs()
    session.setOptionValue("output_flag", False)
    session.setOptionValue("mip_rel_gap", gap)
    session.setOptionValue("mip_abs_gap", 1e-9)
    session.setOptionValue("mip_feasibility_tolerance", 1e-9)
    matrix = problem.matrix
    session.passModel(
        problem.column_count, problem.row_count, matrix.nnz, 1, 1, problem.objective_constant,
        problem.objective, problem.column_lower, problem.column_upper, problem.row_lower, problem.row_upper,
        matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, problem.integer.astype(np.int32),
    )  # fmt: skip
    session.run()
    status = session.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        raise Impossible
    assert status == highspy.HighsModelStatus.kOptimal, status
    return np.array(session.getSolution().col_value), float(session.getInfo().objective_function_value)


def compiled_problem(scenario: ResolvedScenario) -> tuple[CompiledModel, Problem]:
    """The compiled model and its first level as the engine would get it."""
    compiled = build(scenario).compile()
    return compiled, problem_of(scenario, compiled, levels_of(scenario.policy, scenario, compiled)[0], [], None)


def planned(scenario: ResolvedScenario, gap: float = 0.0) -> Planned:
    """The optimal plan of the first level, within a relative gap; its audit is made when asked for. Raises Impossible."""
    compiled, problem = compiled_problem(scenario)
    solution, objective = optimum(problem, gap)
    solution = np.where(problem.integer, np.round(solution), solution)
    tables, values = tables_of(scenario, compiled, solution)
    levels = levels_of(scenario.policy, scenario, compiled)
    tables |= objective_tables(scenario.policy, values, places_of(levels), {}, stated_ways(scenario.policy))
    penalty, constant = compiled.objective_vector({"penalty": 1.0})
    return Planned(
        scenario, tables, values, objective, 1000 * (float(penalty @ solution) + constant)
    )  # fmt: skip
