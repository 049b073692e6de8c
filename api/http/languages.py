"""In which language texts are wanted."""

from contextvars import ContextVar
from typing import Annotated, Any, Final

from fastapi import Query
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import Invalid, fault
from planner.translations import ENGLISH, LANGUAGES, Language, language


def _query(of: str) -> Any:
    """The query that names a language, and what it is the language of."""
    described = f"Language of {of}: {', '.join(LANGUAGES)}. Left out: as Accept-Language asks, else English."
    return Query(max_length=35, description=described, examples=["km"])


LanguageQuery = Annotated[str | None, _query("titles and help")]
PageLanguageQuery = Annotated[str | None, _query("a page (html)")]

_READER: Final[ContextVar[str]] = ContextVar("reader_language", default=ENGLISH)


def reader_language() -> str:
    """The code of the language that whoever sent the request reads; English outside of a request."""
    return _READER.get()


class LanguagesMiddleware:
    """Keeps while a request is answered which of our languages its Accept-Language likes best."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        liked = _best(Headers(scope=scope).get("accept-language", "")) if scope["type"] == "http" else ENGLISH
        token = _READER.set(liked)
        try:
            await self.app(scope, receive, send)
        finally:
            _READER.reset(token)


def wanted_language(asked: str | None, request: Request) -> Language:
    """The language that the query names, else the one of ours that Accept-Language likes best, else English.

    Raises Invalid for a query that names none of ours.
    """
    if asked is not None:
        code = asked.lower().partition("-")[0]
        if code not in LANGUAGES:
            raise Invalid(
                "There are no texts in this language.",
                errors=[fault(f"It is one of {', '.join(LANGUAGES)}.", parameter="language")],
            )
        return language(code)
    return language(_best(request.headers.get("accept-language", "")))


def say_language(response: Response, chosen: Language) -> None:
    """Tell readers and caches which language an answer has."""
    response.headers["Content-Language"] = chosen.code
    response.headers.append("Vary", "Accept-Language")


def _best(header: str) -> str:
    return next((code for code in _liked(header) if code in LANGUAGES), ENGLISH)


def _liked(header: str) -> list[str]:
    """Languages of an Accept-Language header, the most liked first; what cannot be read counts as not said."""
    weighed = []
    for part in header.split(",")[:50]:
        code, _, weight = part.strip().partition(";")
        try:
            liking = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if code and 0 < liking <= 1:
            weighed.append((liking, code.lower().partition("-")[0]))
    return [code for _, code in sorted(weighed, key=lambda one: -one[0])]
