"""How far a plan is shown to be right: its audit, and the solver's own record."""

import json
from collections.abc import Sequence

from planner.plan.audit.check import LARGEST, AuditCheck
from planner.plan.words import count, quantity
from planner.reports.charts import folded, table
from planner.reports.markup import Markup, as_it_stands, join, tag
from planner.reports.side import Side
from planner.reports.telling import told_in
from planner.sentences import place_told


def record_section(sides: Sequence[Side]) -> Markup:
    """The audit's checks and the solver's record of every plan."""
    return tag(
        "section",
        tag("h2", "How it was checked"),
        tag("div", *(_one(side) for side in sides), class_="plans"),
        aria_label="How it was checked",
    )


def _one(side: Side) -> Markup:
    checks = side.plan.audit.checks
    passed = sum(check.passed for check in checks)
    log = json.dumps(dict(side.plan.record), indent=1, ensure_ascii=False, default=str)
    return tag(
        "div",
        side.heading,
        tag("p", f"An independent audit re-computed the plan: {passed} of {count(len(checks), 'check')} passed."),
        folded("The checks", checks_table(checks)),
        folded("The solver's record", tag("pre", as_it_stands(log), class_="log", lang="en")),
    )  # fmt: skip


def checks_table(checks: Sequence[AuditCheck]) -> Markup:
    """Each check with its worst violation and where it is."""
    rows = [
        [
            check.title,
            "passed" if check.passed else "✕ failed",
            "–" if check.passed else _worst(check),
            quantity(check.tolerance, check.unit),
        ]
        for check in checks
    ]
    return table(["Check", "Result", "Worst, and where", "Tolerance"], rows, caption="Checks of the audit")


def _worst(check: AuditCheck) -> Markup:
    size = "no number" if check.worst >= LARGEST else quantity(check.worst, check.unit)
    where = f", {place_told(check.place, told_in().code)}" if check.place else ""
    others = (" ", f"({count(check.count_failed, 'place')} in all)") if check.count_failed > 1 else None
    return join(size, where, others)
