"""A router of one subject below `/v1`, and how its routes come into the application.

The framework's own way to include a router asks every router about every request, twice, and each tries all its routes: with
thirty routers that was a third of a request's time in the event loop. So routes are put into the application as they are,
and only those are tried whose paths begin with the word that the request's begins with.
"""

from functools import cached_property
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

VERSION = "/v1"


class SubjectRoute(APIRoute):
    """A route that knows the first word of its path, such as `basins`."""

    @cached_property
    def start(self) -> str:
        """What every path of the route begins with."""
        return "/".join(self.path.split("/", 3)[:3])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(self.start):
            return Match.NONE, {}
        return super().matches(scope)


class SubjectRouter(APIRouter):
    """Routes below `/v1`."""

    def __init__(self, *, prefix: str = "", route_class: type[SubjectRoute] = SubjectRoute, **more: Any) -> None:
        super().__init__(prefix=VERSION + prefix, route_class=route_class, generate_unique_id_function=named, **more)


def named(route: APIRoute) -> str:
    """The name of an operation in the OpenAPI document: its function's."""
    return route.name
