"""Units, as far as they tell what may be added and compared."""

from collections import Counter

NAMES = {
    "person": "persons", "day": "days", "year": "years", "minute": "minutes", "litres": "L", "usd": "USD",
    "m3": "m³", "km2": "km²",
}  # fmt: skip
_SINGULAR = {"persons": "person", "days": "day", "years": "year", "minutes": "minute"}
# Counts and shares: they may multiply anything, and are added to one another.
PURE = frozenset({"", "share", "1", "works", "units", "steps", "log10", "stages", "percent"})

Unit = tuple[tuple[str, int], ...]
"""Powers of base units, in the order of their names; empty: a pure number."""


def unit_of(text: str) -> Unit:
    """The unit that a column says: `USD/year per m³/day`, `L/person/day`, `share of the group`."""
    powers: Counter[str] = Counter()
    for number, part in enumerate(text.split(" per ")):
        for place, word in enumerate(part.split("/")):
            name = _name(word)
            if name not in PURE:
                powers[name] += 1 if (place == 0) == (number == 0) else -1
    return _ordered(powers)


def _name(word: str) -> str:
    first = word.strip().split(" of ")[0].removesuffix(" put in").strip()
    return NAMES.get(first, NAMES.get(first.lower(), first))


def _ordered(powers: Counter[str]) -> Unit:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def times(left: Unit, right: Unit, power: int = 1) -> Unit:
    """The unit of a product, or with power -1 of a quotient."""
    powers = Counter(dict(left))
    for name, exponent in right:
        powers[name] += power * exponent
    return _ordered(powers)


def in_words(unit: Unit) -> str:
    """A unit as it is written: `USD/years`."""
    up = " ".join(_powered(name, power) for name, power in unit if power > 0)
    down = "".join("/" + _powered(_SINGULAR.get(name, name), -power) for name, power in unit if power < 0)
    return (up or ("1" if down else "a pure number")) + down


def _powered(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"
