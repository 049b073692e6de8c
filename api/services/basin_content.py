"""Basins in the content store: settings and tables by digest, and the loaded ones that are shared by all requests."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from api.persistence.content import ContentStore
from api.persistence.models import BasinVersion
from api.services.held import Held
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
    return KeptBasin(packed.settings, tables, digest_of(packed.settings, tables), counts)


def digest_of(settings: dict[str, Any], tables: dict[str, str]) -> str:
    """The digest of a basin: equal for equal settings and tables."""
    content = json.dumps([settings, tables], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def load(store: ContentStore, version: BasinVersion) -> Basin:
    """The basin of a version. Its tables are shared: nobody may change them in place.

    Raises MissingContentError where the store has lost a table.
    """
    return load_content(store, version.settings, version.tables)


def load_content(store: ContentStore, settings: dict[str, Any], tables: dict[str, str]) -> Basin:
    """The basin of these settings and tables, as `load` does."""

    def unpack() -> Basin:
        return unpack_basin(settings, {table: store.get(digest) for table, digest in tables.items()})

    return _HELD.of(digest_of(settings, tables), unpack)


def bytes_of(basin: Basin) -> int:
    """About how much memory a basin's tables take."""
    return sum(int(frame.memory_usage(deep=True).sum()) for frame in basin.tables.values())


_HELD = Held(BYTES_HELD_AT_MOST, bytes_of)
