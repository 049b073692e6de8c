"""What a worksheet would cost to load, found while its XML streams by: how far it reaches and how much text it repeats."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from planner.formats.zip_entries import refuse

ROWS_AT_MOST = 1_048_576
COLUMNS_AT_MOST = 16_384
CELLS_AT_MOST = 4_000_000
REPEATED_CHARACTERS_AT_MOST = 100_000_000
FAULTS_KEPT = 200

Start = Callable[[str, dict[str, str]], None]


@dataclass
class SheetScan:
    """The used part of a sheet, from its first cell on, and the cells (row, column, from 1 and 0) without a usable value.

    A reader that holds every cell of the used part holds at most CELLS_AT_MOST of them.
    """

    rows: int = 0
    columns: int = 0
    faults: list[tuple[int, int]] = field(default_factory=list)


def parser(start: Start | None = None, end: Callable[[str], None] | None = None) -> Any:
    """A streaming parser of a workbook's XML. Raises `BasinError` for a document type, which can be made to explode."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _no_doctype
    return made


def _no_doctype(*_: Any) -> None:
    refuse("workbook.unreadable", "The workbook has a document type declaration, which no workbook needs.")


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


class SharedTexts:
    """The length of each text that cells of all sheets share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.parser = parser(self._start, self._end)

    def _start(self, name: str, _: dict[str, str]) -> None:
        if local(name) == "si":
            self.lengths.append(0)
        elif local(name) == "t" and self.lengths:
            self.parser.CharacterDataHandler = self._text

    def _end(self, name: str) -> None:
        if local(name) == "t":
            self.parser.CharacterDataHandler = None

    def _text(self, text: str) -> None:
        self.lengths[-1] += len(text)


class Cells:
    """The scan of one sheet's cells, given the lengths of the shared texts."""

    def __init__(self, lengths: list[int]) -> None:
        self.scan = SheetScan()
        self.parser = parser(self._start, self._end)
        self._lengths = lengths
        self._repeated = 0
        self._row = self._column = 0
        self._kind: str | None = None
        self._formula = self._value = False
        self._number = ""
        # Names by their local part, and columns by their letters: each is looked up a million times.
        self._names = {name: name for name in ("c", "v", "is", "f", "row")}
        self._columns: dict[str, int] = {}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self._names.get(name) or local(name)
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "is"):
            self._value = True
            self._reach()
            if self._kind == "s":
                self._number = ""
                self.parser.CharacterDataHandler = self._digits
        elif name == "f":
            self._formula = True
            self._reach()
        elif name == "row":
            self._row = _whole(attributes.get("r"), self._row + 1, ROWS_AT_MOST)
            self._column = 0

    def _end(self, name: str) -> None:
        name = self._names.get(name) or local(name)
        if name == "c":
            if self._kind == "e" or (self._formula and not self._value):
                self._fault()
        elif name == "v" and self._kind == "s":
            self.parser.CharacterDataHandler = None
            self._repeat()

    def _cell(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("t")
        self._formula = self._value = False
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        digits = reference[len(letters) :]
        if digits != str(self._row):
            self._row = _whole(digits, 0, ROWS_AT_MOST)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column(letters)
        self._column = column

    def _reach(self) -> None:
        scan = self.scan
        if self._row <= scan.rows and self._column <= scan.columns:
            return
        scan.rows, scan.columns = max(scan.rows, self._row), max(scan.columns, self._column)
        if scan.rows * scan.columns > CELLS_AT_MOST:
            message = f"A sheet reaches to row {scan.rows} and column {scan.columns}."
            refuse("workbook.too_large", message, f"{scan.rows} × {scan.columns} cells")

    def _fault(self) -> None:
        if len(self.scan.faults) < FAULTS_KEPT:
            self.scan.faults.append((self._row, self._column - 1))

    def _digits(self, text: str) -> None:
        self._number += text

    def _repeat(self) -> None:
        number = _whole(self._number.strip(), 0, len(self._lengths) - 1)
        self._repeated += self._lengths[number]
        if self._repeated > REPEATED_CHARACTERS_AT_MOST:
            refuse("workbook.too_large", "The cells of a sheet repeat one text too often.")


def _whole(digits: str | None, default: int, at_most: int) -> int:
    if digits is None:
        return default
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 9 or int(digits) > at_most:
        refuse("workbook.unreadable", "A sheet has a cell where none can be.", digits)
    return int(digits)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > COLUMNS_AT_MOST:
            refuse("workbook.unreadable", "A sheet has a cell where none can be.", letters)
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= COLUMNS_AT_MOST:
        refuse("workbook.unreadable", "A sheet has a cell where none can be.", letters)
    return number
