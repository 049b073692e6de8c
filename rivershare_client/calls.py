"""A request as it will be sent, and what is expected back: written once for the synchronous and the asynchronous client."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter
from pydantic_core import to_json

from rivershare_client.model import Model
from rivershare_client.problems import Problem

Answer_co = TypeVar("Answer_co", covariant=True)


class LeftOut:
    """A field of a body that is not sent, so that it stays as it is; None is sent, and empties it."""

    def __repr__(self) -> str:
        return "LEFT_OUT"


LEFT_OUT = LeftOut()
BYTES: Any = bytes
NOTHING: Any = None


@dataclass(frozen=True)
class Call(Generic[Answer_co]):
    """One request. `answer` is the type of its answer: a model, bytes, or None for nothing."""

    operation: str
    method: str
    path: str
    answer: Any
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | Path | None = None


def as_bytes(call: Call[Any]) -> Call[bytes]:
    """The same call, its answer taken as bytes."""
    return replace(call, answer=BYTES)


def as_content(call: Call[Any]) -> Call[Any]:
    """The same call, its JSON taken as plain content."""
    return replace(call, answer=Any)


def path(template: str, **parts: str) -> str:
    """A path with its parameters, each escaped."""
    return template.format(**{name: quote(str(part), safe="") for name, part in parts.items()})


def sent(**values: Any) -> dict[str, Any]:
    """Parameters of a query, without those that are None; times as RFC 3339."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items() if value is not None
    }


def json_body(**fields: Any) -> bytes | None:
    """A body as JSON, without the fields that are left out; None where all are."""
    kept = {name.rstrip("_"): value for name, value in fields.items() if value is not LEFT_OUT}
    return to_json(kept) if kept else None


def headers(*, if_match: str | None = None, content_type: str | None = None, **others: str | None) -> dict[str, str]:
    """Headers of a request, without those that are None."""
    return sent(**{"If-Match": if_match, "Content-Type": content_type, **others})


def read(call: Call[Answer_co], status: int, heads: Mapping[str, str], content: bytes) -> Answer_co:
    """The answer to a call. Raises Problem where it is one."""
    kind = heads.get("content-type", "").partition(";")[0]
    if status >= 400:
        raise Problem.of(status, kind, content)
    if call.answer is NOTHING or status == 204:
        return None  # type: ignore[return-value]
    if call.answer is BYTES or kind != "application/json":
        return content  # type: ignore[return-value]
    answer: Answer_co = TypeAdapter(call.answer).validate_json(content)
    if isinstance(answer, Model):
        answer.etag = heads.get("etag")
    return answer
