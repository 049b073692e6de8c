"""Protection of catchments: whether what it is said to change can be changed."""

from collections.abc import Iterator

import pandas as pd

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows

ACTING = ("protection_effects", "protection_quality", "risk_reductions")
OPTIONS_AT_MOST = 3
"""As many options may change the yield or a parameter of one source: periods are compared with every set of them."""


def effects_belong_to_protections(basin: Basin) -> Iterator[Finding]:
    frame, options, sources = (basin.tables[name] for name in ("protection_effects", "options", "sources"))
    others = options.loc[options["kind"] != "catchment_protection", "option"]
    for table in ("protection_effects", "protection_quality"):
        yield from at_rows(
            "protection_effect.no_protection", table, basin.tables[table], among(basin.tables[table]["option"], others),
            "{option} is not of kind catchment_protection.", column="option", allowed="an option of kind catchment_protection",
        )  # fmt: skip
    yield from at_rows(
        "protection_effect.reservoir", "protection_effects", frame,
        among(frame["source"], sources.loc[sources["kind"] == "reservoir", "source"]),
        "{source} draws on a reservoir, which holds what the river brings.", column="source",
        allowed="a source of another kind than reservoir",
    )  # fmt: skip


def effects_add_up(basin: Basin) -> Iterator[Finding]:
    effects, quality = basin.tables["protection_effects"], basin.tables["protection_quality"]
    yield from _few("protection_effects", effects, ["source"])
    yield from _few("protection_quality", quality, ["source", "parameter"])
    taken = -effects["yield_change_share"].clip(upper=0.0)
    yield from _not_too_much("protection_effects", effects, ["source", "season"], "yield_change_share", taken)
    kept_out = quality["kept_out_share"]
    yield from _not_too_much("protection_quality", quality, ["source", "parameter"], "kept_out_share", kept_out)


def _few(table: str, frame: pd.DataFrame, place: list[str]) -> Iterator[Finding]:
    changing = frame.groupby(place)["option"].transform("nunique")
    yield from at_rows(
        "protection_effect.too_many", table, frame, (changing > OPTIONS_AT_MOST) & ~frame.duplicated(place),
        lambda p: f"{changing.iloc[p]} options change {' of '.join(frame[place[::-1]].iloc[p])}.", column="source",
        allowed=f"at most {OPTIONS_AT_MOST} options of one source",
    )  # fmt: skip


def _not_too_much(table: str, frame: pd.DataFrame, place: list[str], column: str, taken: pd.Series) -> Iterator[Finding]:
    together = taken.groupby([frame[name] for name in place]).transform("sum")
    yield from at_rows(
        "protection_effect.below_nothing", table, frame, (together > 1 + 1e-9) & ~frame.duplicated(place),
        lambda p: f"Together the options take {together.iloc[p]:.6g} times all of it away, {', '.join(frame[place].iloc[p])}.",
        column=column, values=together, allowed="no more than all of it",
    )  # fmt: skip


def protections_do_something(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    acting = pd.concat([basin.tables[table]["option"] for table in ACTING])
    yield from at_rows(
        "catchment_protection.no_effect", "options", frame,
        (frame["kind"] == "catchment_protection") & ~among(frame["option"], acting),
        "{option} protects a catchment, and changes no yield, no quality and no hazard.", column="option",
        allowed=f"a row in {', '.join(f'{table}.csv' for table in ACTING)}",
    )  # fmt: skip


CHECKS = (
    Check(effects_belong_to_protections, ("protection_effects", "protection_quality", "options", "sources")),
    Check(effects_add_up, ("protection_effects", "protection_quality")),
    Check(protections_do_something, (*ACTING, "options")),
)
