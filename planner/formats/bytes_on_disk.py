"""Bytes of a file that can be trusted to be text: size, place, encoding."""

import re
from pathlib import Path

from planner.checks.finding import Finding
from planner.checks.report import found

TABLE_BYTES_AT_MOST = 200_000_000
SETTINGS_BYTES_AT_MOST = 64_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONE_CARRIAGE_RETURN = re.compile(rb"\r(?!\n)")


def bytes_at_most(table: str) -> int:
    """How large the file of a table, or of the settings (`basin`), may be."""
    return SETTINGS_BYTES_AT_MOST if table == "basin" else TABLE_BYTES_AT_MOST


def load(path: Path, table: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of a file, or None and why not. A link out of the folder and a file too large are not followed."""
    limit = bytes_at_most(table)
    try:
        if not path.is_file():
            return None, [found("file.not_a_file", f"{path.name} is not an ordinary file.", table=table)]
        if not path.resolve().is_relative_to(path.parent.resolve()):
            return None, [found("file.outside", f"{path.name} is a link to a place outside the folder.", table=table)]
        size = path.stat().st_size
        if size > limit:
            message = f"{path.name} has {size} bytes."
            return None, [found("file.too_large", message, table=table, value=size, allowed=f"at most {limit} bytes")]
        return path.read_bytes(), []
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or type(error).__name__}."
        return None, [found("file.unreadable", message, table=table)]


def text_findings(data: bytes, table: str) -> list[Finding]:
    """What keeps the bytes from being UTF-8 text with one kind of line end."""
    findings = []
    at = data.find(b"\0")
    if at >= 0:
        message = "A NUL byte stands in the file, which text never has."
        findings.append(found("file.nul_byte", message, table=table, row=_line(data, at)))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"Byte {error.start + 1} of the file is not UTF-8."
        row = _line(data, error.start)
        findings.append(found("file.not_utf8", message, table=table, row=row, value=f"0x{data[error.start]:02x}"))
    if lone := LONE_CARRIAGE_RETURN.search(data):
        message = "A carriage return stands without a line feed."
        findings.append(found("file.line_end", message, table=table, row=_line(data, lone.start())))
    return findings


def without_mark(data: bytes) -> bytes:
    """The bytes without a leading byte order mark."""
    return data.removeprefix(BYTE_ORDER_MARK)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
