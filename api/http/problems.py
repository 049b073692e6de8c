"""Everything that goes wrong becomes a problem document (RFC 9457)."""

import errno
import json
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import ExceptionHandler, new_exception_handler
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.errors import ApiProblem, Invalid, MethodNotAllowed, OutOfSpace, Unavailable, Unsound, fault
from api.http.methods import methods_of
from api.http.preconditions import VARIES, NotModified
from api.schemas.said import all_said, said
from planner.checks.finding import BasinError
from planner.plan.query_findings import QueryError
from planner.scenario.scenario import ScenarioError

_log = structlog.get_logger("rivershare.problems")
_WHERE = {"path": "parameter", "query": "parameter", "header": "parameter", "cookie": "parameter"}
_VALUE_CHARACTERS = 200
_SECRETS = ("password", "token")  # what is sent as these is never shown again


class Failed(ApiProblem):
    """A mistake of the service's own. What happened stands in its log, not in the answer."""

    status, type_, title = 500, "failed", "The service failed, which is a mistake of its own"
    remedy = "Report it with the request id. Nothing was changed."

    def __init__(self, _: str | None = None) -> None:
        super().__init__("What went wrong stands in the service's log under the request id.")


def problem_response(request: Request, problem: Exception) -> Response:
    """The answer to a request that failed."""
    return _HANDLER(request, problem)


def handle_problems(app: FastAPI) -> None:
    """Answer with problem documents, whatever is raised."""
    for kind in (Exception, ApiProblem, HTTPException, RequestValidationError, BasinError, QueryError, ScenarioError, OSError):
        app.add_exception_handler(kind, problem_response)
    app.add_exception_handler(NotModified, _not_modified)


def _not_modified(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)
    return Response(status_code=304, headers={"ETag": error.etag, "Cache-Control": error.cache, "Vary": VARIES})


def _of_validation(_: ExceptionHandler, __: Request, error: RequestValidationError) -> ApiProblem:
    return Invalid("The request is not as the documentation says.", errors=[_entry(item) for item in error.errors()])


def _entry(item: dict[str, Any]) -> dict[str, str]:
    source, *path = item["loc"] or ("body",)
    message = str(item["msg"]).removeprefix("Value error, ")
    if source in _WHERE:
        return fault(message, parameter="/".join(str(part) for part in path) or str(source))
    if item["type"] == "json_invalid":
        return fault(f"The body is not JSON: {item.get('ctx', {}).get('error', message)}.", pointer="")
    entry = fault(message, pointer="".join(f"/{_escaped(part)}" for part in path))
    given = item.get("input")
    if path and str(path[-1]).endswith(_SECRETS):
        return entry
    if isinstance(given, str | int | float | bool):
        entry["value"] = str(given)[:_VALUE_CHARACTERS]
    return entry


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _of_findings(_: ExceptionHandler, __: Request, error: BasinError | QueryError | ScenarioError) -> ApiProblem:
    if isinstance(error, QueryError):
        return Unsound("What is asked of the plan cannot be answered.", error.findings, remedy="Mend what the findings name.")
    what = "basin" if isinstance(error, BasinError) else "scenario"
    return Unsound(f"The {what} cannot be used: {len(error.findings)} findings.", error.findings)


def _of_status(_: ExceptionHandler, request: Request, error: HTTPException) -> ApiProblem:
    if error.status_code == 400:  # what the framework says of a body that it cannot read
        return Invalid("The body cannot be read.", errors=[fault("It is not JSON in UTF-8, or nested too deep.", pointer="")])
    if error.status_code == 405:
        allowed = ", ".join(methods_of(request))
        return MethodNotAllowed(f"{request.method} is not what one does here.", headers={"Allow": allowed})
    known = {kind.status: kind for kind in ApiProblem.__subclasses__()}
    kind = known.get(error.status_code)
    if kind is not None:
        return kind(str(error.detail), headers=error.headers)
    problem = ApiProblem(str(error.detail), headers=error.headers)
    problem.status, problem.title, problem._type = error.status_code, str(error.detail), "http"
    return problem


def _of_system(_: ExceptionHandler, __: Request, error: OSError) -> ApiProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutOfSpace("Nothing more can be written.")
    _log.exception("system", exc_info=error)
    return Unavailable("The service's files cannot be used.")


def _with_request(content: dict[str, Any], request: Request, response: Response) -> tuple[dict[str, Any], Response]:
    content = {
        **_in_reader_language(content),
        "instance": request.url.path,
        "request_id": getattr(request.state, "request_id", None),
    }
    response.body = json.dumps(content, ensure_ascii=False, allow_nan=False, default=str).encode(errors="replace")
    return content, response


def _in_reader_language(content: dict[str, Any]) -> dict[str, Any]:
    told = {key: said(content[key]) for key in ("title", "detail", "remedy") if isinstance(content.get(key), str)}
    lists = {key: all_said(content[key]) for key in ("errors", "findings") if isinstance(content.get(key), list)}
    return {**content, **told, **lists}


_HANDLER = new_exception_handler(
    logger=_log,
    unhandled_wrappers={"default": Failed},
    handlers={BasinError: _of_findings, QueryError: _of_findings, ScenarioError: _of_findings, OSError: _of_system},
    post_hooks=[_with_request],
    documentation_uri_template="urn:rivershare:problem:{type}",
    http_exception_handler=_of_status,
    request_validation_handler=_of_validation,
)
