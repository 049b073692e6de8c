"""Problem documents (RFC 9457), as they are documented."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.findings import FindingAnswer


class Fault(BaseModel):
    """One thing that is wrong with a request, and where."""

    message: str
    pointer: str | None = Field(default=None, description="JSON pointer into the body.")
    parameter: str | None = Field(default=None, description="Name of a parameter, header or cookie.")
    value: str | None = Field(default=None, description="What was sent.")
    remedy: str | None = None


class ProblemDocument(BaseModel):
    """What went wrong, where, and what mends it."""

    model_config = ConfigDict(title="Problem", extra="allow")

    type: str = Field(description="Which problem it is; never changes within a version of the API.")
    title: str
    status: int
    detail: str | None = Field(default=None, description="What happened this time.")
    remedy: str | None = Field(default=None, description="What mends it.")
    errors: list[Fault] | None = Field(default=None, description="Each wrong field or parameter.")
    findings: list[FindingAnswer] | None = Field(default=None, description="What stands against content that was checked.")
    instance: str | None = Field(default=None, description="Path of the request.")
    request_id: str | None = Field(default=None, description="Its id, also in the service's log.")
