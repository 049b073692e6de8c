"""In which language texts are wanted."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import Invalid, fault
from planner.translations import ENGLISH, LANGUAGES, Language, language

LanguageQuery = Annotated[
    str | None,
    Query(
        max_length=35,
        description=f"Language of titles and help: {', '.join(LANGUAGES)}. Left out: as Accept-Language asks, else English.",
        examples=["km"],
    ),
]


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
    liked = _liked(request.headers.get("accept-language", ""))
    return language(next((code for code in liked if code in LANGUAGES), ENGLISH))


def say_language(response: Response, chosen: Language) -> None:
    """Tell readers and caches which language an answer has."""
    response.headers["Content-Language"] = chosen.code
    response.headers.append("Vary", "Accept-Language")


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
