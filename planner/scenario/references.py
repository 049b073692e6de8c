"""What a policy names, against the basin."""

from collections import Counter
from collections.abc import Iterator

from planner.basin import Basin
from planner.checks.finding import Finding
from planner.checks.report import listed
from planner.rules.soundness import errors_of, said
from planner.scenario.findings import finding, near
from planner.scenario.policy import Policy

NAMED_IN = {"stage": "stages", "group": "groups", "administration": "administrations"}


def policy_findings(basin: Basin, policy: Policy) -> Iterator[Finding]:
    """Floors of a stage, group or administration that the basin does not have, objectives that stand twice, and rules
    that cannot be used."""
    for number, floor in enumerate(policy.floors):
        for key, table in NAMED_IN.items():
            name = getattr(floor, key)
            known = list(basin.tables[table][key])
            if name is not None and name not in known:
                place = f"policy.floors[{number}].{key}"
                message = f"The basin has no {key} {name!r}."
                yield finding("scenario.reference", message, place, value=name, allowed=listed(known, 12),
                              remedy=near(name, known))  # fmt: skip
    for objective, times in Counter(item.objective for item in policy.objectives).items():
        if times > 1:
            message = f"The objective {objective} stands {times} times."
            yield finding("scenario.key_twice", message, "policy.objectives", value=objective)
    for number, error in errors_of(policy.rules, basin):
        message, line = said(policy.rules[number], error)
        yield finding("scenario.rule", message, f"policy.rules[{number}].{error.part}", value=line.partition("\n")[0],
                      remedy=error.remedy or None)  # fmt: skip
