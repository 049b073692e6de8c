"""A router of one subject, which is asked only about paths that can be its own.

The framework asks every router about every request, and each tries all its routes: with thirty routers that was a third of a
request's time in the event loop.
"""

from functools import cached_property

from fastapi import APIRouter
from starlette.routing import Match, Route
from starlette.types import Scope

VERSION = "/v1"


class SubjectRouter(APIRouter):
    """Routes below `/v1`, found by the first word of their paths."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The first words of the paths of its routes, such as `basins` and `plans`."""
        return frozenset(route.path.split("/")[1] for route in self.routes if isinstance(route, Route))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path: str = scope["path"]
        if not path.startswith(f"{VERSION}/") or path.split("/", 3)[2] not in self.words:
            return Match.NONE, {}
        return super().matches(scope)
