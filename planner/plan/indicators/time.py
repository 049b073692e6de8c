"""Indicators of time: hours saved by all and by group, and how sure the pipes are."""

from collections.abc import Iterator

from planner.plan.indicators.indicator import Indicator
from planner.plan.indicators.reader import Reader


def time(reader: Reader) -> Iterator[Indicator]:
    """Of all people."""
    saved, assurance = reader.by_stage("collection_time", "hours_saved_per_year"), reader.tables["assurance"]
    for stage, title in reader.stages:
        yield Indicator(f"collection_hours_saved_{stage}", f"Hours saved in fetching water, {title}", float(saved[stage]),
                        "hours/year", "higher", "people")  # fmt: skip
        shares = assurance.loc[assurance["stage"] == stage, "assurance_share"]
        if len(shares):
            yield Indicator(f"least_assurance_{stage}", f"Assurance of piped water in the worst-off village, {title}",
                            float(shares.min()), "share", "higher", "people")  # fmt: skip


def time_of_groups(reader: Reader) -> Iterator[Indicator]:
    """Of each group on its own."""
    table, groups = reader.tables["collection_time"], reader.basin.tables["groups"]["group"]
    for stage, title in reader.stages:
        saved = table[table["stage"] == stage].groupby("group")["hours_saved_per_year"].sum().reindex(groups, fill_value=0.0)
        for group, hours in saved.items():
            yield Indicator(f"{group}_collection_hours_saved_{stage}",
                            f"Hours saved in fetching water by {reader.titles.of('groups', group)}, {title}", float(hours),
                            "hours/year", "higher", "groups")  # fmt: skip
