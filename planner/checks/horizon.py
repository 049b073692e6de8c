"""Stages, seasons and members."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.report import at_rows, found

DAYS_OF_A_YEAR = 365
SHARE_TOLERANCE = 1e-6
DEMAND_FACTOR_TOLERANCE = 0.05


def stages_follow_each_other(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["stages"]
    end = (frame["first_year"] + frame["years"]).to_numpy()
    expected = np.append(frame["first_year"].to_numpy()[:1], end[:-1])
    yield from at_rows(
        "stage.not_consecutive", "stages", frame, frame["first_year"].to_numpy() != expected,
        lambda p: f"Stage {frame['stage'].iloc[p]} does not begin in {expected[p]}, when the stage before it ends.",
        column="first_year", allowed="the year after the stage before it",
    )  # fmt: skip


def stages_are_not_past(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["stages"]
    base = basin.settings.base_year
    yield from at_rows(
        "stage.before_base_year", "stages", frame, frame["first_year"] < base,
        lambda p: f"Stage {frame['stage'].iloc[p]} begins before the base year {base}.",
        column="first_year", allowed=f"at least {base}",
    )  # fmt: skip


def seasons_fill_the_year(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["seasons"]
    days = int(frame["days"].sum())
    if days != DAYS_OF_A_YEAR:
        message = f"The seasons have {days} days together."
        yield found("season.days", message, table="seasons", column="days", value=days, allowed="365 in all")
        return
    mean = float((frame["days"] * frame["demand_factor"]).sum() / DAYS_OF_A_YEAR)
    if abs(mean - 1) > DEMAND_FACTOR_TOLERANCE:
        message = f"Over the year, demand is {mean:.3g} times what the modes say."
        yield found("season.demand_factor", message, table="seasons", column="demand_factor", value=mean,
                    allowed="a mean over the days of the year near 1")  # fmt: skip


def members_make_one_future(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["members"]
    design = frame["kind"] == "design"
    if not design.any():
        yield found("member.no_design", "No member is of kind design.", table="members", column="kind",
                    allowed="at least one design member")  # fmt: skip
        return
    total = float(frame.loc[design, "probability"].sum())
    if abs(total - 1) > SHARE_TOLERANCE:
        message = f"The probabilities of the design members sum to {total:.9g}."
        yield found("member.probabilities", message, table="members", column="probability", value=total,
                    allowed="1 in all design members")  # fmt: skip
    yield from at_rows(
        "member.never", "members", frame, frame["probability"] == 0,
        lambda p: f"Member {frame['member'].iloc[p]} never happens.", column="probability", allowed="above 0",
    )  # fmt: skip


CHECKS = (
    Check(stages_follow_each_other, ("stages",)),
    Check(stages_are_not_past, ("basin", "stages")),
    Check(seasons_fill_the_year, ("seasons",)),
    Check(members_make_one_future, ("members",)),
)
