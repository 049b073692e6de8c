"""Administrations, accounts, and who pays for what."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin.basin import Basin
from planner.checks.chains import ancestors, nearest, on_cycle
from planner.checks.complete import lacking
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import LISTED_AT_MOST, at_rows, found


def parents(basin: Basin) -> npt.NDArray[np.int64]:
    """The position of each administration's parent; -1 at the top."""
    frame = basin.tables["administrations"]
    return positions(frame["parent"], frame["administration"])


def administrations_have_a_top(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["administrations"]
    yield from at_rows(
        "administration.cycle", "administrations", frame, on_cycle(parents(basin)),
        lambda p: f"{frame['administration'].iloc[p]} belongs to itself in the end.", column="parent",
        allowed="an administration further up, or blank at the top",
    )  # fmt: skip


def money_has_an_account(basin: Basin) -> Iterator[Finding]:
    """Everything that costs money belongs to an administration that has an account or belongs to one."""
    administrations = basin.tables["administrations"]
    account = nearest(parents(basin), administrations["account"].to_numpy())
    for table in ("villages", "treatment_sites", "options"):
        frame = basin.tables[table]
        at = positions(frame["administration"], administrations["administration"])
        yield from at_rows(
            "administration.no_account", table, frame, account[at] < 0,
            "Neither {administration} nor any administration above it has an account.",
            column="administration", allowed="an administration with account = true, or one that belongs to it",
        )  # fmt: skip


def channels_have_something_to_pay(basin: Basin) -> Iterator[Finding]:
    channels, eligible = basin.tables["channels"], basin.tables["channel_eligibility"]
    without = ~among(channels["channel"], eligible["channel"])
    yield from at_rows(
        "channel.nothing_eligible", "channels", channels, without,
        lambda p: f"{channels['channel'].iloc[p]} may pay for nothing.", column="channel",
        allowed="a row in channel_eligibility.csv",
    )  # fmt: skip
    if on_cycle(parents(basin)).any():
        return
    usable = pd.Series(_payable(basin).any(axis=1), index=eligible.index)
    idle, busy = eligible["channel"][~usable], eligible["channel"][usable]
    no_item = ~without & among(channels["channel"], idle) & ~among(channels["channel"], busy)
    yield from at_rows(
        "channel.nothing_to_pay", "channels", channels, no_item,
        lambda p: f"Nothing that costs money is of a category and place that {channels['channel'].iloc[p]} may pay.",
        column="channel", allowed="eligibility for a category and place of an option or asset",
    )  # fmt: skip


def everything_has_a_payer(basin: Basin) -> Iterator[Finding]:
    """Whether some channel may pay each (category, account) that can cost capital."""
    if on_cycle(parents(basin)).any():
        return
    items = _items(basin)
    unpaid = ~_payable(basin).any(axis=0)
    what = (items["category"] + " in " + items["account"])[unpaid & (items["account"] != "").to_numpy()].tolist()
    for name in what[:LISTED_AT_MOST]:
        yield found("category.nobody_pays", f"No channel may pay for {name}.", table="channel_eligibility",
                    column="category", value=name,
                    allowed="a row for the category, everywhere or in that administration")  # fmt: skip
    if len(what) > LISTED_AT_MOST:
        message = f"And {len(what) - LISTED_AT_MOST} more like it."
        yield found("category.nobody_pays", message, table="channel_eligibility", column="category")


def _items(basin: Basin) -> pd.DataFrame:
    """Distinct (category, account) of everything with capital; assets can stand in every village's account."""
    administrations = basin.tables["administrations"]
    names = administrations["administration"]
    account = nearest(parents(basin), administrations["account"].to_numpy())
    labels = np.append(names.to_numpy(dtype=object), "")

    def account_of(administration: pd.Series) -> npt.NDArray[np.object_]:
        at = positions(administration, names)
        return np.asarray(labels[np.where(at >= 0, account[at], -1)], dtype=object)

    options = basin.tables["options"]
    costly = options[(options["capex_usd"] > 0) | (options["capex_usd_per_m3_per_day"] > 0)]
    built = pd.DataFrame({"category": costly["category"], "account": account_of(costly["administration"])})
    assets = basin.tables["assets"]
    in_villages = pd.DataFrame({"account": np.unique(account_of(basin.tables["villages"]["administration"]).astype(str))})
    counted = assets.loc[assets["capex_usd"] > 0, ["category"]].drop_duplicates().merge(in_villages, how="cross")
    return pd.concat([built, counted]).drop_duplicates(ignore_index=True)


def _payable(basin: Basin) -> npt.NDArray[np.bool_]:
    """[row of channel_eligibility, item]: whether the row covers the item's category and account."""
    administrations, eligible = basin.tables["administrations"], basin.tables["channel_eligibility"]
    items = _items(basin)
    names = administrations["administration"]
    category = eligible["category"].to_numpy(dtype=object)[:, None] == items["category"].to_numpy(dtype=object)[None]
    item_account = positions(items["account"], names)
    place = positions(eligible["administration"], names)
    above = ancestors(parents(basin))[np.maximum(item_account, 0)][:, np.maximum(place, 0)].toarray().T > 0
    covers = above & (place >= 0)[:, None] & (item_account >= 0)[None]
    everywhere = eligible["administration"].isna().to_numpy()
    return np.asarray(category & (everywhere[:, None] | covers), dtype=bool)


def channels_have_money(basin: Basin) -> Iterator[Finding]:
    channels, amounts = basin.tables["channels"], basin.tables["channel_amounts"]
    yield from lacking(basin, "channel_amounts.incomplete", "channel_amounts", ("channels", "stages"), "it counts as 0.")
    total = channels["channel"].map(amounts.groupby("channel")["amount_usd"].sum())
    yield from at_rows(
        "channel.empty", "channels", channels, total == 0,
        lambda p: f"{channels['channel'].iloc[p]} has no money in any stage.", column="channel",
    )  # fmt: skip


def running_costs_can_be_paid(basin: Basin) -> Iterator[Finding]:
    assets, options = basin.tables["assets"], basin.tables["options"]
    yearly = (assets["fixed_om_usd_per_year"] > 0).any() or (options["fixed_om_usd_per_year"] > 0).any()
    tariffs = basin.tables["modes"]["pays_tariff"].any()
    subsidies = (basin.tables["subsidies"]["amount_usd_per_year"] > 0).any()
    if yearly and not tariffs and not subsidies:
        yield found("running_cost.nobody_pays", "Running costs arise, no mode pays a tariff and no subsidy is given.",
                    table="subsidies", column="amount_usd_per_year",
                    allowed="a subsidy, or a mode with pays_tariff = true")  # fmt: skip


def subsidies_keep_their_place(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["subsidies"]
    given = pd.Series(frame["administration"].to_numpy(dtype=object, na_value=""), index=frame.index)
    differs = given != given.groupby(frame["subsidy"]).transform("first")
    yield from at_rows(
        "subsidy.moves", "subsidies", frame, differs,
        lambda p: f"{frame['subsidy'].iloc[p]} is for one administration in one stage and for another later.",
        column="administration", allowed="the same administration in all stages",
    )  # fmt: skip


CHECKS = (
    Check(administrations_have_a_top, ("administrations",)),
    Check(money_has_an_account, ("administrations", "villages", "treatment_sites", "options")),
    Check(
        channels_have_something_to_pay,
        ("administrations", "channels", "channel_eligibility", "options", "assets", "villages"),
    ),
    Check(everything_has_a_payer, ("administrations", "channel_eligibility", "options", "assets", "villages")),
    Check(channels_have_money, ("channels", "stages", "channel_amounts")),
    Check(running_costs_can_be_paid, ("assets", "options", "modes", "subsidies")),
    Check(subsidies_keep_their_place, ("subsidies",)),
)
