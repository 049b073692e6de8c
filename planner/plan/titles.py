"""What to call a row of the basin on a page: its title, or its identifier made readable."""

import re
from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.field import Column


def readable(identifier: str) -> str:
    """An identifier without its underscores: `stage_1` → `stage 1`."""
    return identifier.replace("_", " ")


class Titles:
    """Titles of a basin's rows, by table and identifier."""

    def __init__(self, basin: Basin) -> None:
        self._tables = basin.tables
        self._known: dict[str, dict[str, str]] = {}

    def mapping(self, table: str) -> Mapping[str, str]:
        """Every title of a table; none where it has no titles."""
        if table not in self._known:
            frame = self._tables.get(table)
            titled = frame is not None and "title" in frame.columns
            self._known[table] = self._titles(self._tables[table]) if titled else {}
        return self._known[table]

    def _titles(self, table: pd.DataFrame) -> dict[str, str]:
        """Titles by identifier; where several places are called the same, each with its administration."""
        named = table[table["title"].fillna("").ne("")]
        titles = named["title"].astype(str)
        if "administration" in table.columns:
            places = self._tables["administrations"].set_index("administration")["title"].fillna("")
            where = named["administration"].map(places).fillna("")
            ambiguous = titles.duplicated(keep=False) & where.ne("")
            titles = titles.where(~ambiguous, titles + " (" + where + ")")
        return dict(zip(named.iloc[:, 0].astype(str), titles, strict=True))

    def of(self, table: str, identifier: object) -> str:
        """The title of one row, or its readable identifier."""
        name = str(identifier)
        return self.mapping(table).get(name) or readable(name)

    def of_place(self, place: str) -> str:
        """The titles of a place such as `upper_reach/stage_1`, one after the other; a link is told by its two ends."""
        return ", ".join(self._anywhere(name) for name in place.split("/") if name)

    def _anywhere(self, name: str) -> str:
        if name in self._ends:
            return " → ".join(self._anywhere(end) for end in self._ends[name])
        known = (self.mapping(table) for table in self._tables)
        return next((titles[name] for titles in known if name in titles), readable(name))

    @cached_property
    def _ends(self) -> Mapping[str, tuple[str, str]]:
        links = self._tables["links"]
        return dict(zip(links["link"], zip(links["from_node"], links["to_node"], strict=True), strict=True))

    def in_text(self, text: str) -> str:
        """A sentence in which rows are called by their titles: `short in stage_1` → `short in 2027–2028`.

        Identifiers that could be words of the sentence itself, without a digit or an underscore, stay as they are.
        """
        return re.sub(r"[A-Za-z0-9_.\-]*[A-Za-z0-9_]", lambda found: self._all.get(found[0], found[0]), text)

    @cached_property
    def _all(self) -> dict[str, str]:
        """Every title by an identifier that is no plain word; where two tables share one, the first table's."""
        found: dict[str, str] = {}
        for table in self._tables:
            for name, title in self.mapping(table).items():
                if re.search(r"[0-9_]", name) and not name.isdecimal():
                    found.setdefault(name, title)
        return found

    def of_cell(self, table: str, column: Column, value: object) -> str:
        """The title of what a cell refers to: another table's row, or the row that the cell itself names."""
        if pd.isna(value) or value == "":  # type: ignore[call-overload]
            return "all"
        places = column.refers_to or (table,)
        known = [self.mapping(place)[str(value)] for place in places if str(value) in self.mapping(place)]
        return known[0] if known else readable(str(value))
