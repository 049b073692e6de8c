"""A plan: the audited result of a solve, complete in itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pandas as pd

from planner.basin import Basin
from planner.checks.finding import BasinError
from planner.plan.audit.check import Audit
from planner.plan.outcome import Status
from planner.plan.store import PlanError, empty, read_record, read_table, replace_folder, write_table
from planner.plan.tables import ROW_OF, told
from planner.scenario.scenario import Scenario, ScenarioError

PLAN_FILE = "plan.json"
BASIS_FILE = "basis.bin"
FORMAT = "rivershare plan"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Plan:
    """What is built, who is served, who pays and what the river keeps.

    `basin` is the basin with the scenario's changes made; `tables` holds every table of `planner.plan.tables`;
    `record` is what the solver did (bounds, gap, seconds, sizes, versions); `resolved_hash` names the content solved;
    `basis` is where its relaxations ended (`optimization.kept_basis`), for a plan that starts from this one; empty: not known.
    """

    basin: Basin
    scenario: Scenario
    status: Status
    tables: Mapping[str, pd.DataFrame]
    audit: Audit
    record: Mapping[str, Any] = field(default_factory=dict)
    resolved_hash: str = ""
    basis: bytes = b""

    def __post_init__(self) -> None:
        complete = {table: self.tables[table] if table in self.tables else empty(table) for table in ROW_OF}
        object.__setattr__(self, "tables", MappingProxyType(complete))
        object.__setattr__(self, "record", MappingProxyType(dict(self.record)))

    @property
    def passed(self) -> bool:
        """Whether the audit passed. A plan that did not is never a result."""
        return self.audit.passed

    @property
    def verdict(self) -> str:
        """What the plan may claim, in words."""
        from planner.plan.verdict import verdict

        return verdict(self)

    def write(self, folder: str | Path, *, parquet: bool = False) -> None:
        """Write plan.json, tables/, basin/, scenario.yaml and basis.bin; an older plan in that folder is replaced whole.

        Raises PlanError if the folder holds anything but a plan, OSError where the disk refuses.
        """
        replace_folder(Path(folder), lambda draft: self._fill(draft, parquet), is_plan)

    def _fill(self, folder: Path, parquet: bool) -> None:
        self.basin.write(folder / "basin")
        (folder / "scenario.yaml").write_text(self.scenario.to_yaml(), encoding="utf-8")
        tables = folder / "tables"
        tables.mkdir()
        files = [write_table(table, frame, tables, parquet=parquet) for table, frame in self.tables.items()]
        if self.basis:
            (folder / BASIS_FILE).write_bytes(self.basis)
        content = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "status": self.status,
            "resolved_hash": self.resolved_hash,
            "scenario": self.scenario.model_dump(mode="json"),
            "audit": self.audit.to_dict(),
            "record": dict(self.record),
            "tables": {path.stem: {"file": f"tables/{path.name}", "sha256": _digest(path)} for path in files},
        }
        text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
        (folder / PLAN_FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: str | Path) -> "Plan":
        """Read a plan that was written so. Raises PlanError if it is not one, or was changed after its audit."""
        place = Path(folder)
        content = _content(place)
        try:
            status = content["status"]
            if status not in get_args(Status):
                raise PlanError(f"{place / PLAN_FILE} has the status {status!r}, which no plan has.")
            return cls(
                basin=Basin.read(place / "basin"),
                scenario=Scenario.from_dict(content["scenario"]),
                status=status,
                tables={table: _table(place, table, content["tables"][table]) for table in told(content["tables"])},
                audit=Audit.from_dict(content["audit"]),
                record=content["record"],
                resolved_hash=content["resolved_hash"],
                basis=(place / BASIS_FILE).read_bytes() if (place / BASIS_FILE).is_file() else b"",
            )
        except (KeyError, TypeError) as error:
            raise PlanError(f"{place / PLAN_FILE} is not complete: {error}.") from None
        except (BasinError, ScenarioError) as error:
            reason = error.findings[0].message
            raise PlanError(f"{place} cannot be read: {reason}") from None


def is_plan(folder: Path) -> bool:
    """Whether the folder holds a plan."""
    try:
        _content(folder)
    except PlanError:
        return False
    return True


def _content(folder: Path) -> dict[str, Any]:
    return read_record(folder / PLAN_FILE, "plan", FORMAT, FORMAT_VERSION)


def _table(folder: Path, table: str, entry: Mapping[str, str]) -> pd.DataFrame:
    path = folder / "tables" / Path(entry["file"]).name
    if not path.is_file():
        raise PlanError(f"The plan {folder} has no {path.name}.")
    if _digest(path) != entry["sha256"]:
        raise PlanError(f"{path} was changed after the plan was audited. Plan again, or take the table back.")
    return read_table(table, path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
