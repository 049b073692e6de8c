"""Branches of a policy against the basin: each design member in exactly one, none told apart before anything is decided."""

from collections import Counter
from collections.abc import Iterator, Sequence

from planner.basin import Basin
from planner.checks.finding import Finding
from planner.checks.report import listed
from planner.scenario.findings import finding, near
from planner.scenario.policy import Branch


def branch_findings(basin: Basin, branches: Sequence[Branch]) -> Iterator[Finding]:
    """Stages and members that the basin does not have, a branch from the first stage on, members in no branch or in several."""
    if not branches:
        return
    stages = [str(stage) for stage in basin.tables["stages"]["stage"]]
    members = basin.tables["members"]
    design = [str(name) for name in members.loc[members["kind"] == "design", "member"]]
    for number, branch in enumerate(branches):
        place = f"policy.branches[{number}]"
        if branch.from_stage not in stages:
            message = f"The basin has no stage {branch.from_stage!r}."
            yield finding("scenario.reference", message, f"{place}.from_stage", value=branch.from_stage,
                          allowed=listed(stages, 12), remedy=near(branch.from_stage, stages))  # fmt: skip
        elif branch.from_stage == stages[0]:
            message = f"The branch {branch.name} would be known before anything is decided: {stages[0]} is the first stage."
            yield finding("scenario.value", message, f"{place}.from_stage", value=branch.from_stage,
                          allowed=listed(stages[1:], 12) or "a basin with two stages or more")  # fmt: skip
        for member in branch.members:
            if member not in design:
                stress = member in set(members["member"])
                why = (
                    f"{member} is a stress member, which belongs to every branch."
                    if stress
                    else f"The basin has no member {member!r}."
                )
                yield finding("scenario.reference", why, f"{place}.members", value=member, allowed=listed(design, 12),
                              remedy=None if stress else near(member, design))  # fmt: skip
    yield from _parted_wrongly(branches, design)


def _parted_wrongly(branches: Sequence[Branch], design: Sequence[str]) -> Iterator[Finding]:
    for name, times in Counter(branch.name for branch in branches).items():
        if times > 1:
            yield finding("scenario.key_twice", f"{times} branches are named {name}.", "policy.branches", value=name)
    within = Counter(member for branch in branches for member in branch.members)
    for member, times in within.items():
        if times > 1:
            message = f"The member {member} stands in branches {times} times."
            yield finding("scenario.key_twice", message, "policy.branches", value=member)
    for member in design:
        if member not in within:
            message = f"The design member {member} is in no branch."
            yield finding("scenario.value", message, "policy.branches", value=member, allowed="each design member in one branch")
