"""Basins in the content store: settings and tables by digest, and the loaded ones that are shared by all requests."""

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from api.persistence.content import ContentStore
from api.persistence.models import BasinVersion
from planner.basin import Basin
from planner.basin.content import pack_basin, unpack_basin

BYTES_HELD_AT_MOST = 300_000_000


@dataclass(frozen=True)
class KeptBasin:
    """What a version's row says of a basin whose contents are in the store."""

    settings: dict[str, Any]
    tables: dict[str, str]
    digest: str
    counts: dict[str, int]


def keep(store: ContentStore, basin: Basin) -> KeptBasin:
    """Put a basin's tables into the store. Once this returns, a row may refer to them."""
    packed = pack_basin(basin)
    tables = {table: store.put(data) for table, data in packed.tables.items()}
    counts = {table: len(basin.tables[table]) for table in tables}
    content = json.dumps([packed.settings, tables], sort_keys=True, ensure_ascii=False)
    return KeptBasin(packed.settings, tables, hashlib.sha256(content.encode()).hexdigest(), counts)


def load(store: ContentStore, version: BasinVersion) -> Basin:
    """The basin of a version. Its tables are shared: nobody may change them in place.

    Raises MissingContentError where the store has lost a table.
    """
    held = _HELD.get(version.digest)
    if held is not None:
        return held
    basin = unpack_basin(version.settings, {table: store.get(digest) for table, digest in version.tables.items()})
    _HELD.put(version.digest, basin)
    return basin


def bytes_of(basin: Basin) -> int:
    """About how much memory a basin's tables take."""
    return sum(int(frame.memory_usage(deep=True).sum()) for frame in basin.tables.values())


class HeldBasins:
    """The basins that were asked for last, as many as fit."""

    def __init__(self, bytes_at_most: int) -> None:
        self._bytes_at_most = bytes_at_most
        self._basins: OrderedDict[str, tuple[Basin, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, digest: str) -> Basin | None:
        """The basin of this digest, if it is held."""
        with self._lock:
            if digest not in self._basins:
                return None
            self._basins.move_to_end(digest)
            return self._basins[digest][0]

    def put(self, digest: str, basin: Basin) -> None:
        """Hold a basin, and let go of those that were not asked for longest until all fit."""
        size = bytes_of(basin)
        with self._lock:
            if digest in self._basins or size > self._bytes_at_most:
                return
            self._basins[digest] = (basin, size)
            self._bytes += size
            while self._bytes > self._bytes_at_most:
                self._bytes -= self._basins.popitem(last=False)[1][1]


_HELD = HeldBasins(BYTES_HELD_AT_MOST)
