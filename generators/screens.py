"""The screens of the page by name: where each is, with the identifiers it is of in braces. A new screen joins by a line."""

from collections.abc import Mapping
from typing import Final

SCREENS: Final = {
    "sign-in": "/sign-in",
    "home": "/",
    "set-password": "/set-password",
    "catalogue": "/catalogue",
    "people": "/people",
    "keys": "/people?tab=keys",
    "trail": "/people?tab=trail",
    "settings": "/settings",
    "import": "/import",
    "basin": "/basins/{basin}",
    "basin-move": "/basins/{basin}?tool=move&at=villages/{village}",
    "basin-link": "/basins/{basin}?tool=link",
    "basin-tables": "/basins/{basin}?view=tables",
    "basin-water": "/basins/{basin}?view=water",
    "versions": "/basins/{basin}/versions",
    "stakeholders": "/basins/{basin}/stakeholders",
    "scenarios": "/basins/{basin}/scenarios",
    "scenario": "/scenarios/{scenario}",
    "policy": "/scenarios/{scenario}?part=policy",
    "jobs": "/jobs",
    "run": "/runs/{run}",
    "plan": "/plans/{plan}",
    "plan-works": "/plans/{plan}?tab=works",
    "plan-money": "/plans/{plan}?tab=money",
    "plan-river": "/plans/{plan}?tab=river",
    "village": "/plans/{plan}/villages/{village}",
    "explained": "/plans/{plan}/explained",
    "explained-options": "/plans/{plan}/explained?tab=options",
    "explained-rules": "/plans/{plan}/explained?tab=rules",
    "explained-assumptions": "/plans/{plan}/explained?tab=assumptions",
    "explained-mathematics": "/plans/{plan}/explained?tab=mathematics",
    "explained-audit": "/plans/{plan}/explained?tab=audit",
    "explained-solver": "/plans/{plan}/explained?tab=solver",
    "explained-data": "/plans/{plan}/explained?tab=data",
    "compare": "/compare?plans={plan},{other_plan}",
    "not-found": "/plans/{plan}/nothing-here",
}
SIGNED_OUT: Final = ("sign-in", "set-password")


def address_of(name: str, identifiers: Mapping[str, str]) -> str:
    """The address of a screen."""
    return SCREENS[name].format_map(identifiers)
