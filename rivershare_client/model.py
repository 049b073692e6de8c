"""What all answers share."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

Item = TypeVar("Item")


class Model(BaseModel):
    """An answer of the service. Fields that a newer service sends beside the known ones are kept.

    `etag` names the state that was read: send it as `if_match` with a change.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True, protected_namespaces=())
    _etag: str | None = PrivateAttr(default=None)

    @property
    def etag(self) -> str | None:
        return self._etag

    @etag.setter
    def etag(self, value: str | None) -> None:
        self._etag = value


class Page(Model, Generic[Item]):
    """A part of a list, and the cursor to the next."""

    items: list[Item]
    next_cursor: str | None = None
