"""Protection of catchments: whether what it is said to change can be changed."""

from collections.abc import Iterator

import pandas as pd

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows

OPTIONS_AT_MOST = 3
"""As many options may change the yield of one source: every set of them is looked at where periods are compared."""


def effects_belong_to_protections(basin: Basin) -> Iterator[Finding]:
    frame, options, sources = (basin.tables[name] for name in ("protection_effects", "options", "sources"))
    others = options.loc[options["kind"] != "catchment_protection", "option"]
    yield from at_rows(
        "protection_effect.no_protection", "protection_effects", frame, among(frame["option"], others),
        "{option} is not of kind catchment_protection.", column="option", allowed="an option of kind catchment_protection",
    )  # fmt: skip
    yield from at_rows(
        "protection_effect.reservoir", "protection_effects", frame,
        among(frame["source"], sources.loc[sources["kind"] == "reservoir", "source"]),
        "{source} draws on a reservoir, which holds what the river brings.", column="source",
        allowed="a source of another kind than reservoir",
    )  # fmt: skip


def effects_add_up(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["protection_effects"]
    changing = frame.groupby("source")["option"].transform("nunique")
    yield from at_rows(
        "protection_effect.too_many", "protection_effects", frame, (changing > OPTIONS_AT_MOST) & ~frame.duplicated("source"),
        lambda p: f"{changing.iloc[p]} options change the yield of {frame['source'].iloc[p]}.", column="source",
        allowed=f"at most {OPTIONS_AT_MOST} options of one source",
    )  # fmt: skip
    place = ["source", "season"]
    taken = frame["yield_change_share"].clip(upper=0.0).groupby([frame[column] for column in place]).transform("sum")
    yield from at_rows(
        "protection_effect.below_nothing", "protection_effects", frame, (taken < -1 - 1e-9) & ~frame.duplicated(place),
        lambda p: f"Together the options take more than {frame['source'].iloc[p]} gives in {frame['season'].iloc[p]}.",
        column="yield_change_share", values=pd.Series(taken), allowed="changes below 0 of a source that sum to -1 at least",
    )  # fmt: skip


def protections_do_something(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["options"]
    acting = pd.concat([basin.tables[table]["option"] for table in ("protection_effects", "risk_reductions")])
    yield from at_rows(
        "catchment_protection.no_effect", "options", frame,
        (frame["kind"] == "catchment_protection") & ~among(frame["option"], acting),
        "{option} protects a catchment, and changes no yield and no hazard.", column="option",
        allowed="a row in protection_effects.csv or risk_reductions.csv",
    )  # fmt: skip


CHECKS = (
    Check(effects_belong_to_protections, ("protection_effects", "options", "sources")),
    Check(effects_add_up, ("protection_effects",)),
    Check(protections_do_something, ("protection_effects", "risk_reductions", "options")),
)
