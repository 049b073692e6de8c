# Written by `python -m generators`, not by hand.
"""Basins of a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rivershare_client import operations
from rivershare_client.files import sent_as
from rivershare_client.models import BasinAnswer, CheckAnswer

if TYPE_CHECKING:
    from rivershare_client.synchronous.client import Rivershare


class Basins:
    """Make, find and check basins."""

    def __init__(self, client: Rivershare) -> None:
        self._client = client

    def all(self, *, text: str | None = None, archived: bool = False) -> Iterator[BasinAnswer]:
        """The basins that one may read, the newest first; with a text, those with it in name or title."""
        return self._client.every(operations.list_basins(text=text, archived=archived))

    def get(self, basin: str) -> BasinAnswer:
        """A basin by its identifier. Raises Problem where there is none that one may read."""
        return self._client.send(operations.read_basin(basin))

    def named(self, name: str) -> BasinAnswer:
        """The newest basin of this name. Raises LookupError."""
        for basin in self.all(text=name):
            if basin.name == name:
                return basin
        raise LookupError(f"There is no basin {name} that you may read.")

    def open_to_public(self, basin: str) -> BasinAnswer:
        """Let anybody read a basin with its scenarios and plans, without an account. Takes its owner."""
        return self._client.send(operations.change_basin(basin, open_to_public=True, if_match="*"))

    def upload(
        self, path: str | Path, *, organisation: str | None = None, name: str | None = None, title: str | None = None
    ) -> BasinAnswer:
        """Make a basin from a folder, an archive (.zip), a workbook (.xlsx) or a document (.json).

        It belongs to the organisation of this name or identifier; left out, to the one that one is in. Raises Problem with
        all findings where the basin is not sound.
        """
        content, media_type = sent_as(Path(path))
        organisation_id = self._organisation(organisation)
        return self._client.send(
            operations.import_basin(
                organisation_id=organisation_id, content=content, media_type=media_type, name=name, title=title
            )
        )

    def from_case(
        self, case: str, *, organisation: str | None = None, name: str | None = None, title: str | None = None
    ) -> BasinAnswer:
        """Make a basin from a bundled case."""
        organisation_id = self._organisation(organisation)
        call = operations.make_basin(organisation_id=organisation_id, case=case, name=name, title=title)
        return self._client.send(call)

    def check(self, path: str | Path) -> CheckAnswer:
        """What a check of a basin on disk has to say. Nothing is kept."""
        content, media_type = sent_as(Path(path))
        return self._client.send(operations.check_basin(content=content, media_type=media_type))

    def _organisation(self, wanted: str | None) -> str:
        found = list(self._client.every(operations.list_organisations()))
        fitting = [one for one in found if wanted is None or wanted in (one.id, one.name)]
        if len(fitting) != 1:
            names = ", ".join(one.name for one in found) or "none"
            raise LookupError(f"Name the organisation that the basin belongs to. You are in: {names}.")
        return fitting[0].id
