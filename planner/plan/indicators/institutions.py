"""Indicators of institutions: how many of each kind have safe piped water."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def institutions(reader: Reader) -> Iterator[Indicator]:
    """Nothing of a kind of which the basin has none."""
    kind = reader.basin.tables["institutions"].set_index("institution")["kind"]
    table = reader.tables["institutions"]
    of_kind = table["institution"].map(kind)
    for name, title in (
        ("school", "Schools"),
        ("clinic", "Clinics"),
        ("monastery", "Monasteries"),
        ("other", "Other institutions"),
    ):
        if not (kind == name).any():
            continue
        for stage, said in reader.stages:
            served = float(table["served"][(of_kind == name) & (table["stage"] == stage)].sum())
            yield Indicator(f"institutions_served_{name}_{stage}", f"{title} with safe piped water, {said}", served,
                            "institutions", "higher", "people")  # fmt: skip
