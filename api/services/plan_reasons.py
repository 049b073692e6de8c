"""Why a plan is as it is: what it rests on, its mathematics, and what it would cost to have what was left out."""

import json
from typing import Any, Final, Literal

from api.errors import NotFound
from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.services import plan_content
from api.services.searching import one_search
from optimization.explained import CannotExplain, force
from optimization.solving.limits import Limits
from optimization.stated import mathematics_of
from planner.plan.aims import aims_in_words
from planner.plan.assumed import assumed_figures, origin_counts
from planner.plan.plan import Plan
from planner.plan.titles import Titles, readable
from planner.scenario.differences import describe
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

FORCED_IN_SECONDS: Final = 15.0  # half of what a request may take
LIMIT_OF_SUBJECT: Final = {
    "Floors of service": "Floors",
    "Floors of institutions": "Floors for institutions",
    "Caps on gaps": "Caps on gaps",
    "Environmental flow": "Environmental flow",
    "Flow owed downstream": "Downstream obligation",
    "Sustainable groundwater": "Sustainable yield",
    "Largest water stress": "Water stress",
    "Licences of administrations": "Licences of administrations",
    "Load that reaches bear": "What a reach bears",
    "Highest risk of a village": "Highest risk of villages",
    "Hours of storage in tanks": "Tanks hold what is asked for",
    "Emissions of pumping and treatment": "Emissions of pumping and treatment",
    "Waters at a train": "Guideline values after mixing",
}
"""The constraint that states what the policy says of a subject: the title of its family."""


def mathematics(store: ContentStore, row: PlanRow, form: Literal["html", "latex"]) -> bytes:
    """The model that the plan is a solution of, as a page or as LaTeX."""
    return plan_content.file_of((row.id, "mathematics", form), lambda: _mathematics(plan_content.plan_of(store, row), form))


def _mathematics(plan: Plan, form: Literal["html", "latex"]) -> bytes:
    # The plan's basin has the scenario's changes already.
    own = plan.scenario
    scenario = Scenario(name=own.name, title=own.title, policy=own.policy)
    return mathematics_of(resolve(plan.basin, scenario), form).encode()


def assumptions(store: ContentStore, row: PlanRow) -> dict[str, Any]:
    """The policy, the changes and the assumed figures of a plan, in words."""
    plan = plan_content.plan_of(store, row)
    policy = aims_in_words(plan.scenario.policy, Titles(plan.basin))
    return {
        "policy": [
            {"subject": subject, "words": words, "limit": LIMIT_OF_SUBJECT.get(subject, "")} for subject, words in policy.items()
        ],
        "changes": describe(plan.scenario, named=plan.basin),
        "origins": origin_counts(plan.basin),
        "figures": assumed_figures(plan.basin).to_dict("records"),
    }


def options(store: ContentStore, row: PlanRow) -> list[dict[str, Any]]:
    """Everything that could be built, and whether it serves in the last stage."""
    plan = plan_content.plan_of(store, row)
    known, titles = plan.basin.tables["options"], Titles(plan.basin)
    serving, last = plan.tables["investments"], plan.basin.tables["stages"]["stage"].iloc[-1]
    built = set(serving.loc[serving["stage"].eq(last) & serving["serves"], "option"])
    return [
        {"option": name, "title": titles.of("options", name), "kind": kind, "kind_title": readable(kind), "built": name in built}
        for name, kind in zip(known["option"], known["kind"], strict=True)
    ]


def forced(store: ContentStore, row: PlanRow, option: str) -> dict[str, Any]:
    """What it costs to have an option, searched for within seconds; made once. Raises NotFound, and TooMany while others wait."""
    plan = plan_content.plan_of(store, row)
    if option not in set(plan.basin.tables["options"]["option"]):
        raise NotFound("The plan's basin has no such option.")
    told: dict[str, Any] = json.loads(plan_content.file_of((row.id, "forced", option), lambda: _forced(plan, option)))
    return told


def _forced(plan: Plan, option: str) -> bytes:
    title = Titles(plan.basin).of("options", option)
    nothing = dict.fromkeys(("value", "costs_as_found", "costs_at_least", "costs_at_most"))
    try:
        with one_search():
            told = {**vars(force(plan, option, Limits(time_seconds=FORCED_IN_SECONDS))), "caveat": ""}
    except CannotExplain as error:
        told = {"option": option, "aim": "", "unit": "", "status": "not_asked", **nothing, "caveat": str(error)}
    return json.dumps({**told, "title": title}).encode()
