"""The collector: removes contents that nothing refers to any more."""

from dataclasses import dataclass

from api.persistence.content import GRACE_SECONDS, ContentStore
from api.persistence.database import Database
from api.persistence.references import referenced


@dataclass(frozen=True)
class Collected:
    """What a collection found and did."""

    kept: int
    young: int
    removed: int


def collect(database: Database, store: ContentStore, grace_seconds: float = GRACE_SECONDS) -> Collected:
    """Remove what nothing refers to and nobody has put within the grace time.

    The store is listed before the database is asked: what is put or referred to meanwhile is not in the list, or is found
    to be referred to. What is put again meanwhile is younger than the grace time.
    """
    listed = list(store.digests())
    old = {digest for digest, age in listed if age >= grace_seconds}
    with database.reading() as session:
        unused = old - referenced(session)
    still_old = {digest for digest in unused if (store.age(digest) or 0.0) >= grace_seconds}
    for digest in still_old:
        store.remove(digest)
    return Collected(kept=len(listed) - len(still_old), young=len(listed) - len(old), removed=len(still_old))
