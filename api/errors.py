"""What goes wrong with a request: problem documents (RFC 9457) with the place of the fault and what mends it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from fastapi_problem.error import StatusProblem

from planner.checks.finding import Finding


class ApiProblem(StatusProblem):
    """A problem as our API tells it. `errors` holds one entry for each fault: message, pointer or parameter, remedy."""

    remedy: ClassVar[str] = ""
    keeps_work: ClassVar[bool] = False  # what was written before it is kept, although the request fails

    def __init__(
        self, detail: str | None = None, *, headers: Mapping[str, str] | None = None, remedy: str | None = None, **more: Any
    ) -> None:
        told = remedy or self.remedy
        super().__init__(detail, headers=dict(headers) if headers else None, **({"remedy": told} if told else {}), **more)


class NotSignedIn(ApiProblem):
    status, type_, title = 401, "not-signed-in", "Not signed in"
    remedy = "Sign in, or send an API key: Authorization: Bearer rsk_…"

    def __init__(self, detail: str | None = None, **more: Any) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"}, **more)


class WrongPassword(NotSignedIn):
    """A password that does not fit. The attempt is counted, so that guessing ends in a lock-out."""

    status, type_, title = 401, "wrong-password", "Wrong e-mail address or password"
    remedy = "Try again, or ask an administrator for a one-time link."
    keeps_work = True


class NotAllowed(ApiProblem):
    status, type_, title = 403, "not-allowed", "Not allowed"
    remedy = "Ask an owner of the basin, or an administrator, for the role that this takes."


class NotFound(ApiProblem):
    status, type_, title = 404, "not-found", "Not found"
    remedy = "Check the identifier. What you may not see is also not found."


class MethodNotAllowed(ApiProblem):
    status, type_, title = 405, "method-not-allowed", "Method not allowed"
    remedy = "Use one of the methods that Allow names."


class Conflict(ApiProblem):
    status, type_, title = 409, "conflict", "In conflict with what is there"


class AuditFailed(Conflict):
    """Figures are asked of a plan that are no results."""

    status, type_, title = 409, "audit-failed", "The plan's audit failed"
    remedy = "See the plan's audit for what failed. Plan again, or ask with failed=true to look at figures that are no results."


class Gone(ApiProblem):
    status, type_, title = 410, "gone", "No longer there"


class ChangedMeanwhile(ApiProblem):
    status, type_, title = 412, "changed-meanwhile", "Changed by somebody else meanwhile"
    remedy = "Read it again, make your change on what is there now, and send it with the new ETag."


class TooLarge(ApiProblem):
    status, type_, title = 413, "too-large", "Too large"
    remedy = "Send less at once."


class NotSupported(ApiProblem):
    status, type_, title = 415, "media-type-not-supported", "Media type not supported"


class Invalid(ApiProblem):
    status, type_, title = 422, "invalid", "The content is not allowed"


class Unsound(ApiProblem):
    """Content with findings of severity error; `findings` lists all of them."""

    status, type_, title = 422, "unsound", "Findings stand against it"
    remedy = "Mend what the findings name. Nothing was changed."

    def __init__(self, detail: str, findings: Iterable[Finding] = (), **more: Any) -> None:
        super().__init__(detail, findings=[finding.to_dict() for finding in findings], **more)


class PreconditionMissing(ApiProblem):
    status, type_, title = 428, "precondition-missing", "If-Match is missing"
    remedy = "Read the resource and send its ETag as If-Match, so that nobody's change is overwritten."


class TooMany(ApiProblem):
    status, type_, title = 429, "too-many-requests", "Too many requests"
    remedy = "Wait as long as Retry-After says."


class TakesTooLong(ApiProblem):
    status, type_, title = 503, "takes-too-long", "Took too long"
    remedy = "Ask for less at once, or try again later. Nothing was changed."


class Unavailable(ApiProblem):
    status, type_, title = 503, "unavailable", "The service cannot work at the moment"
    remedy = "Try again in a minute. Nothing was changed."


class OutOfSpace(ApiProblem):
    status, type_, title = 507, "out-of-space", "The service's disk is full"
    remedy = "Ask whoever runs the service to make room. Nothing was changed."


ALWAYS: tuple[type[ApiProblem], ...] = (Invalid, TooMany, Unavailable)


def fault(message: str, *, pointer: str | None = None, parameter: str | None = None, remedy: str | None = None) -> dict[str, str]:
    """One entry of `errors`: what is wrong, where (a JSON pointer into the body, or a parameter), what mends it."""
    entry = {"message": message, "pointer": pointer, "parameter": parameter, "remedy": remedy}
    return {key: value for key, value in entry.items() if value is not None}
