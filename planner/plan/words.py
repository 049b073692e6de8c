"""Numbers as people read them: thousands separated, no exponent, always with their unit."""

import math

UNKNOWN = "not known"
MINUS = "−"
_SMALLEST_PERCENT_SHOWN = 0.05


def _decimals(size: float) -> int:
    if size == 0 or size >= 100:
        return 0
    return min(12, 2 - math.floor(math.log10(size)))


def number(value: float | None, *, signed: bool = False) -> str:
    """Three significant figures below 100, whole numbers above: `1,234`, `12.3`, `0.0456`, `−7`; None: `not known`."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    text = f"{abs(value):,.{_decimals(abs(value))}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("0,."):
        return "0"
    sign = MINUS if value < 0 else "+" if signed else ""
    return sign + text


def percent(share: float | None, *, signed: bool = False) -> str:
    """A share as a percentage to one decimal; a tiny share that is not zero says so."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    size = abs(share) * 100
    if 0 < size < _SMALLEST_PERCENT_SHOWN:
        return "under 0.1 %"
    text = f"{size:,.1f}".removesuffix(".0")
    sign = "" if text == "0" else MINUS if share < 0 else "+" if signed else ""
    return f"{sign}{text} %"


def percent_at_most(share: float | None) -> str:
    """A share that is an upper limit, behind `at most`: as `percent`, but a tiny one is rounded up, to `0.1 %` or `0 %`."""
    return _limit(share, above="0.1 %", below="0 %")


def percent_at_least(share: float | None) -> str:
    """A share that is a lower limit, behind `at least`: as `percent`, but a tiny one is rounded down, to `0 %` or `−0.1 %`."""
    return _limit(share, above="0 %", below=f"{MINUS}0.1 %")


def _limit(share: float | None, *, above: str, below: str) -> str:
    if share is None or not 0 < abs(share) * 100 < _SMALLEST_PERCENT_SHOWN:
        return percent(share)
    return above if share > 0 else below


def quantity(value: float | None, unit: str, base_year: int | None = None, *, signed: bool = False) -> str:
    """A number with its unit; a share (of something) becomes a percentage, and money names the year of its prices."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if unit.split(" ")[0] == "share":
        return percent(value, signed=signed) + unit.removeprefix("share")
    if base_year is not None:
        unit = dated(unit, base_year)
    return f"{number(value, signed=signed)} {unit}".rstrip()


def dated(unit: str, base_year: int) -> str:
    """Money with the year of its prices: `USD` and `USD of the base year` become `USD of 2026`."""
    bare = unit.removesuffix(" of the base year")
    if bare == "USD":
        return f"USD of {base_year}"
    return bare


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """`1 village`, `12 villages`."""
    return f"{number(amount)} {noun if amount == 1 else plural or noun + 's'}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
