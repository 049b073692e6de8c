"""A plan as a record and Parquet tables: what a store keeps by its content."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from planner.basin import Basin
from planner.basin.content import BasinContent, ContentError, pack_basin, unpack_basin
from planner.formats.arrow import Packed, described, parquet_bytes, read_packed, to_arrow, to_frame, with_defaults
from planner.plan.audit.check import Audit
from planner.plan.finite import finite
from planner.plan.indicators import indicators
from planner.plan.plan import Plan
from planner.plan.tables import ROW_OF, columns, told
from planner.scenario.scenario import Scenario, ScenarioError


@dataclass(frozen=True)
class PlanContent:
    """Everything of a plan.

    `record` is JSON content: status, verdict, passed, resolved_hash, scenario, audit, record (the solver's) and
    indicators (a list of name, title, value, unit, better, group). `tables` holds each table of
    `planner.plan.tables` as Parquet. `basin` is the basin that was solved.
    """

    record: dict[str, Any]
    tables: dict[str, bytes]
    basin: BasinContent


def plan_table(plan_tables: Mapping[str, pd.DataFrame], name: str) -> pa.Table:
    """A table of a plan as Arrow, with title and unit of every column in the metadata of its field."""
    return described(to_arrow(plan_tables[name], columns(name)), columns(name))


def pack(plan: Plan) -> PlanContent:
    """The plan's content. Equal plans give equal content; verdict and indicators are worked out once, here."""
    return PlanContent(
        record={
            "status": plan.status,
            "verdict": plan.verdict,
            "passed": plan.passed,
            "resolved_hash": plan.resolved_hash,
            "scenario": plan.scenario.model_dump(mode="json"),
            "audit": plan.audit.to_dict(),
            "record": dict(plan.record),
            "indicators": finite([asdict(indicator) for indicator in indicators(plan)]),
        },
        tables={name: parquet_bytes(to_arrow(plan.tables[name], columns(name))) for name in ROW_OF},
        basin=pack_basin(plan.basin),
    )


def unpack(
    record: Mapping[str, Any],
    tables: Mapping[str, Packed],
    basin_settings: Mapping[str, Any],
    basin_tables: Mapping[str, Packed],
) -> Plan:
    """The plan that was packed. Verdict and indicators are not taken over: they follow from the rest. Raises ContentError."""
    return assembled(record, tables, unpack_basin(basin_settings, basin_tables))


def assembled(record: Mapping[str, Any], tables: Mapping[str, Packed], basin: Basin) -> Plan:
    """The plan that was packed, with its basin at hand already. Raises ContentError."""
    try:
        read = {name: to_frame(with_defaults(read_packed(tables[name]), columns(name)), columns(name)) for name in told(tables)}
        return Plan(
            basin=basin,
            scenario=Scenario.from_dict(dict(record["scenario"])),
            status=record["status"],
            tables=read,
            audit=Audit.from_dict(record["audit"]),
            record=record["record"],
            resolved_hash=record["resolved_hash"],
        )
    except KeyError as error:
        raise ContentError(f"The content of the plan has no {error.args[0]}.") from None
    except (pa.ArrowException, OSError, TypeError, ScenarioError) as error:
        raise ContentError(f"The content is not that of a plan: {str(error).splitlines()[0]}.") from None
