"""What goes wrong, as exceptions."""

import json
from typing import Any


class Problem(Exception):  # noqa: N818 (the name that the service's documents have)
    """The service refused, or could not. As its problem document says (RFC 9457)."""

    def __init__(
        self,
        status: int,
        type: str = "about:blank",
        title: str = "",
        detail: str = "",
        remedy: str = "",
        errors: list[dict[str, Any]] | None = None,
        findings: list[dict[str, Any]] | None = None,
        request_id: str | None = None,
    ) -> None:
        self.status, self.type, self.title, self.detail, self.remedy = status, type, title, detail, remedy
        self.errors, self.findings, self.request_id = errors or [], findings or [], request_id
        super().__init__(self._told())

    @classmethod
    def of(cls, status: int, content_type: str, content: bytes) -> "Problem":
        """The problem in an answer; one that is no problem document is told by its status and beginning."""
        document: Any = None
        if content_type.endswith("json"):
            try:
                document = json.loads(content)
            except ValueError:
                document = None
        if not isinstance(document, dict):
            return cls(status, title=f"HTTP {status}", detail=content[:200].decode(errors="replace"))
        texts = {name: str(document.get(name) or "") for name in ("type", "title", "detail", "remedy")}
        lists = {name: document.get(name) or [] for name in ("errors", "findings")}
        more: dict[str, Any] = {**texts, **lists, "request_id": document.get("request_id")}
        return cls(status, **more)

    @property
    def name(self) -> str:
        """The last word of the type, such as `not-found`."""
        return self.type.rsplit(":", 1)[-1]

    def _told(self) -> str:
        places = (f"{e.get('pointer') or e.get('parameter') or ''}: {e.get('message', '')}".lstrip(": ") for e in self.errors)
        findings = (f"{f.get('severity')} {f.get('code')}: {f.get('message')}" for f in self.findings[:20])
        return "\n".join(part for part in (f"{self.title}: {self.detail}", *places, *findings, self.remedy) if part)


class Unreachable(Exception):  # noqa: N818
    """The service does not answer."""


class NoPlan(Exception):  # noqa: N818
    """A run ended without a plan. `findings` says which demands conflict, where that is why."""

    def __init__(self, state: str, message: str, findings: list[dict[str, Any]] | None = None) -> None:
        self.state, self.findings = state, findings or []
        super().__init__(message)
