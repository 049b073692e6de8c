"""Whether a basin has what somebody speaks of."""

from collections.abc import Mapping, Sequence

from api.errors import Invalid, fault
from api.persistence.content import ContentStore
from planner.basin.tables import ROWS
from planner.checks.report import did_you_mean
from planner.formats.arrow import read_packed

# Tables whose rows have a name of their own, and the column of that name.
NAMED: dict[str, str] = {row.table: row.key[0] for row in ROWS if len(row.key) == 1}


def demand_place(store: ContentStore, tables: Mapping[str, str], table: str, place: str, pointer: str) -> None:
    """Raises Invalid, with a pointer into the body, where a kept basin has no such place.

    `tables` holds the digest of each table of the basin.
    """
    names = _names(store, tables, table)
    if place not in names:
        where = fault(f"There is no {place} in {table}.", pointer=pointer, remedy=did_you_mean(place, names))
        raise Invalid(f"The basin has no {place} in {table}.", errors=[where])


def _names(store: ContentStore, tables: Mapping[str, str], table: str) -> Sequence[str]:
    if table not in tables:  # the table came with a later release than what is kept
        return []
    column = read_packed(store.get(tables[table])).column(NAMED[table])
    return [str(name) for name in column.to_pylist()]
