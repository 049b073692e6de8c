"""Altering a true plan, and asking the audit."""

import dataclasses

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit import audit
from planner.scenario.policy import Policy
from tests.planner.plan.tutorial_on_tables import LEAST_COST, tutorial

Tables = dict[str, pd.DataFrame]


def failed(tables: Tables, policy: Policy = LEAST_COST, basin: Basin | None = None) -> set[str]:
    return {check.code for check in audit(basin or tutorial(), policy, tables).failures}


def change(tables: Tables, table: str, column: str, value: object, **where: object) -> None:
    """Set a cell, or use a function of what stands there."""
    frame = tables[table]
    rows = np.ones(len(frame), dtype=bool)
    for name, wanted in where.items():
        rows &= (frame[name] == wanted).to_numpy(bool)
    assert rows.any()
    frame.loc[rows, column] = value(frame.loc[rows, column]) if callable(value) else value


def drop(tables: Tables, table: str, **where: object) -> None:
    frame = tables[table]
    rows = np.ones(len(frame), dtype=bool)
    for name, wanted in where.items():
        rows &= (frame[name] == wanted).to_numpy(bool)
    assert rows.any()
    tables[table] = frame[~rows].reset_index(drop=True)


def add(tables: Tables, table: str, **row: object) -> None:
    tables[table] = pd.concat([tables[table], pd.DataFrame([row])], ignore_index=True)


def replaced(table: str, column: str, value: object, **where: object) -> Basin:
    """The tutorial with one figure changed."""
    frames = {name: frame.copy() for name, frame in tutorial().tables.items()}
    change(frames, table, column, value, **where)
    return dataclasses.replace(tutorial(), tables=frames)
