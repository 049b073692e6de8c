"""How routes are documented: the problems each can answer with, beside what it answers when all goes well."""

from typing import Any

from fastapi import FastAPI
from fastapi_problem.handler import ExceptionHandler

from api.errors import (
    ALWAYS,
    ApiProblem,
    ChangedMeanwhile,
    Conflict,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PreconditionMissing,
    TooLarge,
)
from api.schemas.problems import ProblemDocument

_TELLS = ExceptionHandler(documentation_uri_template="urn:rivershare:problem:{type}")

SIGNED_IN: tuple[type[ApiProblem], ...] = (NotSignedIn, NotAllowed)
ONE: tuple[type[ApiProblem], ...] = (*SIGNED_IN, NotFound)
WRITES: tuple[type[ApiProblem], ...] = (Conflict, TooLarge)
EDITS: tuple[type[ApiProblem], ...] = (*ONE, *WRITES, ChangedMeanwhile, PreconditionMissing)


def problems(*kinds: type[ApiProblem]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: these problems and those that any route can answer with."""
    by_status: dict[int, list[type[ApiProblem]]] = {}
    for kind in dict.fromkeys((*kinds, *ALWAYS)):
        by_status.setdefault(kind.status, []).append(kind)
    return {status: _TELLS.generate_swagger_response(*group) for status, group in sorted(by_status.items())}


class DocumentedApi(FastAPI):
    """An application whose OpenAPI document also describes the problem documents that its routes refer to."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        if "Problem" not in schemas:
            described = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(described.pop("$defs", {}))
            schemas["Problem"] = described
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
        return document
