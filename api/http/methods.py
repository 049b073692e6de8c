"""Which methods a path has: those of all routes with it, where the framework names only those of the first."""

import re

from starlette.requests import Request
from starlette.routing import compile_path


def methods_of(request: Request) -> list[str]:
    """The documented methods of the path that was asked for; none where it is not documented.

    A path that is written so goes before one with parameters, as in routing.
    """
    path, paths = request.url.path, request.app.openapi()["paths"]
    exact = paths.get(path)
    matching = [exact] if exact else [methods for known, methods in paths.items() if _pattern(known).fullmatch(path)]
    return sorted({method.upper() for methods in matching for method in methods})


def _pattern(path: str) -> re.Pattern[str]:
    return compile_path(path)[0]
