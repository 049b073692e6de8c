"""What the database refers to in the content store."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import BasinVersion, PlanRow

_MANIFESTS = (BasinVersion.tables, PlanRow.tables, PlanRow.basin_tables)
_SINGLE = (PlanRow.record, PlanRow.basis)
_AT_ONCE = 500


def referenced(session: Session) -> set[str]:
    """The digest of every content that something refers to."""
    return set(_digests(session))


def _digests(session: Session) -> Iterator[str]:
    for manifest in _MANIFESTS:
        for tables in session.scalars(sa.select(manifest).execution_options(yield_per=_AT_ONCE)):
            yield from tables.values()
    for single in _SINGLE:
        found = session.scalars(sa.select(single).where(single.is_not(None)).execution_options(yield_per=_AT_ONCE))
        yield from (digest for digest in found if digest is not None)
