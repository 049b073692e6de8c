"""The largest and smallest shares of channels."""

from collections.abc import Iterator

import pandas as pd

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.report import at_rows, found

_SHARE = 1e-9


def shares_are_in_order(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["channel_shares"]
    yield from at_rows(
        "channel_share.turned", "channel_shares", frame, frame["smallest_share"] > frame["largest_share"],
        "{channel} pays at least {smallest_share} and at most {largest_share} of {category}.",
        column="smallest_share", allowed="at most the largest share",
    )  # fmt: skip


def shares_are_of_what_may_be_paid(basin: Basin) -> Iterator[Finding]:
    frame, eligible = basin.tables["channel_shares"], basin.tables["channel_eligibility"]
    key = ["channel", "category"]
    pays = pd.MultiIndex.from_frame(frame[key]).isin(pd.MultiIndex.from_frame(eligible[key]))
    yield from at_rows(
        "channel_share.not_eligible", "channel_shares", frame, ~pays, "{channel} may not pay for {category} anywhere.",
        column="category", allowed="a category that the channel may pay",
    )  # fmt: skip


def shares_can_add_up(basin: Basin) -> Iterator[Finding]:
    """Whether the channels that may pay a category somewhere can together pay all of it, and no more."""
    frame, key = basin.tables["channel_shares"], ["channel", "category"]
    eligible = basin.tables["channel_eligibility"][key].drop_duplicates()
    paying = eligible.merge(frame, on=key, how="left").fillna({"largest_share": 1.0, "smallest_share": 0.0})
    total = paying.groupby("category", sort=False)[["largest_share", "smallest_share"]].sum()
    for category, least in total["smallest_share"][total["smallest_share"] > 1 + _SHARE].items():
        yield found("channel_share.too_much", f"The smallest shares in {category} add up to {least:.4g}.",
                    table="channel_shares", column="smallest_share", value=category, allowed="at most 1 together")  # fmt: skip
    for category, most in total["largest_share"][total["largest_share"] < 1 - _SHARE].items():
        yield found("channel_share.too_little", f"The largest shares in {category} add up to {most:.4g}.",
                    table="channel_shares", column="largest_share", value=category, allowed="at least 1 together")  # fmt: skip


CHECKS = (
    Check(shares_are_in_order, ("channel_shares",)),
    Check(shares_are_of_what_may_be_paid, ("channel_shares", "channel_eligibility"), about="channel_shares"),
    Check(shares_can_add_up, ("channel_shares", "channel_eligibility"), about="channel_shares"),
)
