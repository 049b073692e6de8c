"""Plans of a member tree: one for each branch, the same in all that is decided before the branches are told apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.plan.audit.check import Audit, AuditCheck
from planner.plan.audit.shared_stages import SHARED
from planner.plan.plan import Plan
from planner.plan.store import PlanError, read_record, replace_folder
from planner.plan.verdict import mean_in_words
from planner.plan.words import listed, quantity
from planner.scenario.scenario import Scenario, ScenarioError

TREE_FILE = "tree.json"
FORMAT = "rivershare member tree"
FORMAT_VERSION = 2


@dataclass(frozen=True)
class PlanTree:
    """One ordinary, audited plan for each branch of the scenario's policy, by the branch's name and in its order.

    `audit` compares the stages that the plans share. `record` holds `levels` (value, bound and gap of each aim, as the mean of
    the branches by their probability, and the solver's record), `two_stage` (value and bound of the first of them in one plan for
    all members, nothing where none was found), `adapting_usd` (low and high: what it is worth that later stages may differ, where
    cost is the first aim) and `branches`, the probability of each.
    """

    scenario: Scenario
    plans: Mapping[str, Plan]
    audit: Audit
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether the audit of every plan passed, and that of what they share."""
        return self.audit.passed and all(plan.passed for plan in self.plans.values())

    @property
    def verdict(self) -> str:
        """What the tree may claim, in words."""
        failed = [name for name, plan in self.plans.items() if not plan.passed]
        if failed:
            return f"Not shown as a result: the audit failed in {listed(failed)}."
        if not self.audit.passed:
            titles = [check.title for check in self.audit.failures]
            return f"Not shown as a result: the plans differ where they must agree: {listed(titles)}."
        first = next(iter(self.plans.values()))
        year = first.basin.settings.base_year
        together = f"{len(self.plans)} plans that agree until they are told apart"
        said = [f"{together}: {mean_in_words(self.record['levels'], first)}."]
        worth = self.record.get("adapting_usd")
        if worth is not None:
            # Less than half a dollar is what rounding leaves.
            low, high = (quantity(float(round(worth[side])) + 0.0, "USD", year) for side in ("low", "high"))
            between = low if low == high else f"between {low} and {high}"
            said.append(f"That later stages may differ is worth {between}, against one plan for all members.")
        return " ".join(said)

    @property
    def standing_alone(self) -> dict[str, Plan]:
        """The plans as each is kept without the others: the checks of what they share are beside its own."""
        return {name: replace(plan, audit=Audit((*plan.audit.checks, *self.audit.checks))) for name, plan in self.plans.items()}

    @classmethod
    def of_plans(cls, scenario: Scenario, plans: Mapping[str, Plan]) -> "PlanTree":
        """The tree of plans that were kept alone. Raises PlanError for a plan that is of no branch."""
        shared: tuple[AuditCheck, ...] = ()
        apart = {}
        for name, plan in plans.items():
            if "member_tree" not in plan.record:
                raise PlanError(f"The plan {name} is of no branch.")
            shared = tuple(check for check in plan.audit.checks if check.code.startswith(SHARED))
            own = tuple(check for check in plan.audit.checks if not check.code.startswith(SHARED))
            apart[name] = replace(plan, audit=Audit(own))
        record = dict(next(iter(plans.values())).record["member_tree"])
        told = {name: record[name] for name in ("levels", "two_stage", "adapting_usd", "branches")}
        return cls(scenario, apart, Audit(shared), told)

    def write(self, folder: str | Path, *, parquet: bool = False) -> None:
        """Write tree.json and a folder with the plan of each branch; an older tree there is replaced whole.

        Raises PlanError if the folder holds anything else, OSError where the disk refuses.
        """

        def fill(draft: Path) -> None:
            for name, plan in self.plans.items():
                plan.write(draft / name, parquet=parquet)
            content = {
                "format": FORMAT,
                "version": FORMAT_VERSION,
                "scenario": self.scenario.model_dump(mode="json"),
                "branches": list(self.plans),
                "audit": self.audit.to_dict(),
                "record": dict(self.record),
            }
            text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
            (draft / TREE_FILE).write_text(text + "\n", encoding="utf-8")

        replace_folder(Path(folder), fill, is_tree)

    @classmethod
    def read(cls, folder: str | Path) -> "PlanTree":
        """Read a tree that was written so. Raises PlanError if it is not one, or a plan was changed after its audit."""
        place = Path(folder)
        content = _content(place)
        try:
            return cls(
                scenario=Scenario.from_dict(content["scenario"]),
                plans={str(name): Plan.read(place / Path(str(name)).name) for name in content["branches"]},
                audit=Audit.from_dict(content["audit"]),
                record=content["record"],
            )
        except (KeyError, TypeError) as error:
            raise PlanError(f"{place / TREE_FILE} is not complete: {error}.") from None
        except ScenarioError as error:
            raise PlanError(f"{place / TREE_FILE} cannot be read: {error.findings[0].message}") from None


def is_tree(folder: Path) -> bool:
    """Whether the folder holds a member tree."""
    try:
        _content(folder)
    except PlanError:
        return False
    return True


def _content(folder: Path) -> dict[str, Any]:
    return read_record(folder / TREE_FILE, "member tree", FORMAT, FORMAT_VERSION)
