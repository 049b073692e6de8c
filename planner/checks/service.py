"""Modes, their assets, and service plans."""

from collections.abc import Iterator

import pandas as pd

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows, found

AS_BEFORE = "as_before"
SHARE_TOLERANCE = 1e-6


def shares_by_group(basin: Basin) -> pd.DataFrame:
    """Shares of each plan [(service_plan, mode), group]; a row without a group counts for every group."""
    plans = basin.tables["service_plans"]
    everyone = plans[plans["group"].isna()].drop(columns="group").merge(basin.tables["groups"][["group"]], how="cross")
    every_row = pd.concat([plans[plans["group"].notna()], everyone])
    return every_row.pivot_table(
        index=["service_plan", "mode"], columns="group", values="share", aggfunc="sum", fill_value=0.0, observed=True
    )


def plans_give_each_person_one_mode(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["service_plans"]
    if not len(frame):
        return
    total = shares_by_group(basin).groupby("service_plan").sum().max(axis=1)
    sums = frame["service_plan"].map(total)
    first = ~frame["service_plan"].duplicated()
    yield from at_rows(
        "service_plan.shares", "service_plans", frame, first & (sums > 1 + SHARE_TOLERANCE),
        lambda p: f"The shares of a group in {frame['service_plan'].iloc[p]} sum to {sums.iloc[p]:.9g}.",
        column="share", values=sums, allowed="at most 1 for each group",
    )  # fmt: skip


def plans_name_a_mode_once(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["service_plans"]
    pair = ["service_plan", "mode"]
    general = pd.MultiIndex.from_frame(frame.loc[frame["group"].isna(), pair])
    both = frame["group"].notna() & pd.Series(pd.MultiIndex.from_frame(frame[pair]).isin(general), index=frame.index)
    yield from at_rows(
        "service_plan.mode_twice", "service_plans", frame, both,
        lambda p: f"{frame['service_plan'].iloc[p]} gives {frame['mode'].iloc[p]} to {frame['group'].iloc[p]} "
        "and to every group.",
        column="group", allowed="a row for every group, or rows for single groups",
    )  # fmt: skip


def as_before_is_not_taken(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["service_plans"]
    yield from at_rows(
        "service_plan.reserved", "service_plans", frame, frame["service_plan"] == AS_BEFORE,
        lambda p: f"{AS_BEFORE} is built in: everybody stays on today's mode.", column="service_plan",
        allowed=f"any other name than {AS_BEFORE}",
    )  # fmt: skip


def somebody_can_stay_informal(basin: Basin) -> Iterator[Finding]:
    """People whom no plan reaches are on a mode that takes no assets, so there has to be one."""
    modes = basin.tables["modes"]
    informal = ~among(modes["mode"], basin.tables["mode_assets"]["mode"])
    if not (informal & (modes["grade"] == "none")).any():
        yield found("mode.no_informal", "Every mode takes assets or piped water.", table="modes", column="mode",
                    allowed="at least one mode without assets and of grade none")  # fmt: skip
    yield from at_rows(
        "mode.piped_without_assets", "modes", modes, informal & (modes["grade"] != "none"),
        lambda p: f"{modes['mode'].iloc[p]} takes piped water and no assets.", column="mode",
        allowed="a row in mode_assets.csv",
    )  # fmt: skip


def piped_modes_use_water(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["modes"]
    yield from at_rows(
        "mode.no_litres", "modes", frame, (frame["grade"] != "none") & (frame["litres_per_person_per_day"] == 0),
        lambda p: f"{frame['mode'].iloc[p]} takes piped water and uses none.", column="litres_per_person_per_day",
        allowed="above 0",
    )  # fmt: skip


def modes_and_assets_are_used(basin: Basin) -> Iterator[Finding]:
    modes, assets = basin.tables["modes"], basin.tables["assets"]
    used = pd.concat([basin.tables["service_plans"]["mode"], basin.tables["baseline"]["mode"]])
    yield from at_rows("mode.unused", "modes", modes, ~among(modes["mode"], used),
                       lambda p: f"Nobody is or comes on {modes['mode'].iloc[p]}.", column="mode")  # fmt: skip
    taken = basin.tables["mode_assets"]["asset"]
    yield from at_rows("asset.unused", "assets", assets, ~among(assets["asset"], taken),
                       lambda p: f"No mode takes {assets['asset'].iloc[p]}.", column="asset")  # fmt: skip


CHECKS = (
    Check(plans_give_each_person_one_mode, ("service_plans", "groups")),
    Check(plans_name_a_mode_once, ("service_plans",)),
    Check(as_before_is_not_taken, ("service_plans",)),
    Check(somebody_can_stay_informal, ("modes", "mode_assets")),
    Check(piped_modes_use_water, ("modes",)),
    Check(modes_and_assets_are_used, ("modes", "assets", "mode_assets", "service_plans", "baseline")),
)
