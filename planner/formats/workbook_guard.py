"""An XLSX workbook from anywhere → one that is safe to load: only its cells, measured, packed anew.

Whoever loads a workbook trusts its sizes: a few bytes can claim a cell at the far corner of a sheet, or a million cells
with one long text. All parts that are passed on have been unpacked, counted and scanned here first.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from planner.formats.sheet_scan import Cells, SharedTexts, SheetScan, local, parser
from planner.formats.zip_entries import Entries, Limits, archive_bytes, refuse

LIMITS = Limits(archive_bytes=100_000_000, unpacked_bytes=400_000_000, entries=2000)
SHARED, WORKBOOK, RELATIONS = "xl/sharedstrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PLAIN = {"[content_types].xml", "_rels/.rels", "xl/styles.xml"}
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
FAST = 1


def guarded(workbook: bytes | Path) -> tuple[BytesIO, dict[str, SheetScan]]:
    """The cells of a workbook as a fresh workbook, and the scan of each sheet by its name.

    Raises `BasinError` with a finding if it is no XLSX workbook, or would take more memory than any basin's.
    """
    entries = Entries(archive_bytes(workbook, LIMITS), LIMITS)
    by_name = {name.lower(): name for name in entries.names}
    if WORKBOOK not in by_name:
        refuse("workbook.unreadable", "The file is no XLSX workbook.")
    shared, sheets, relations, scans = SharedTexts(), _Elements("sheet"), _Elements("Relationship"), {}
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as packed:
        # Shared texts come first: what a cell costs is known only with them.
        for part in sorted(by_name, key=lambda name: name != SHARED):
            reader: Any = {SHARED: shared, WORKBOOK: sheets, RELATIONS: relations}.get(part)
            if SHEET.fullmatch(part):
                reader = Cells(shared.lengths)
                scans[part] = reader.scan
            if reader is not None or part in PLAIN:
                _pass_on(entries, by_name[part], reader.parser if reader is not None else parser(), packed)
    copy.seek(0)
    return copy, _by_title(sheets, relations, scans)


def _pass_on(entries: Entries, name: str, reader: Any, packed: zipfile.ZipFile) -> None:
    try:
        with packed.open(name, "w", force_zip64=True) as target:
            for piece in entries.pieces(name):
                reader.Parse(piece)
                target.write(piece)
            reader.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        if not isinstance(error, expat.ExpatError | UnicodeError):
            raise
        refuse("workbook.unreadable", f"{name} is not well-formed XML: {error}.")


class _Elements:
    """The attributes, without prefixes, of every element of one name."""

    def __init__(self, name: str) -> None:
        self.found: list[dict[str, str]] = []
        self._name = name
        self.parser = parser(self._start)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == self._name:
            self.found.append({local(key): value for key, value in attributes.items()})


def _by_title(sheets: _Elements, relations: _Elements, scans: dict[str, SheetScan]) -> dict[str, SheetScan]:
    """The scans by the titles of their sheets."""
    parts = {item.get("Id"): posixpath.join("/xl", item.get("Target", "")).lstrip("/").lower() for item in relations.found}
    titled = {item.get("name", ""): parts.get(item.get("id"), "") for item in sheets.found}
    return {title: scans[part] for title, part in titled.items() if part in scans}
