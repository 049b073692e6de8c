"""Indicators of money."""

from collections.abc import Iterator

import pandas as pd

from planner.plan.indicators.indicator import Better, Indicator
from planner.plan.indicators.reader import Reader

ITEMS = ("capital", "running", "residual", "opportunity")


def money(reader: Reader) -> Iterator[Indicator]:
    costs = reader.tables["costs"]
    value = costs.groupby("item")["present_value_usd"].sum().reindex(list(ITEMS), fill_value=0.0)
    worth = "USD of the base year"
    cost = float(value["capital"] + value["running"] + value["opportunity"] - value["residual"])
    yield Indicator("cost", "Cost: present value of capital and running costs less what is left at the end", cost,
                    worth, "lower", "money")  # fmt: skip
    yield Indicator("cost_capital", "Present value of capital", float(value["capital"]), worth, "lower", "money")
    yield Indicator("cost_running", "Present value of running costs", float(value["running"]), worth, "lower", "money")
    yield Indicator("cost_residual", "Present value of what is left at the end", float(value["residual"]), worth,
                    "neither", "money")  # fmt: skip
    if len(reader.basin.tables["opportunity_costs"]):
        yield Indicator("cost_opportunity", "Present value of what is given up for works, part of the cost",
                        float(value["opportunity"]), worth, "lower", "money")  # fmt: skip
    by_stage: dict[str, tuple[str, pd.Series, str, Better]] = {
        "capital": ("Capital paid, {stage}", reader.by_stage("finance", "amount_usd"), "USD", "lower"),
        "running_cost": ("Running cost, {stage}", reader.by_stage("running_costs", "running_cost_usd_per_year"),
                         "USD/year", "lower"),
        "tariffs": ("Tariffs, {stage}", reader.by_stage("running_costs", "tariffs_usd_per_year"), "USD/year", "neither"),
        "subsidies": ("Subsidies, {stage}", reader.by_stage("running_costs", "subsidies_usd_per_year"), "USD/year", "lower"),
    }  # fmt: skip
    for name, (said, sums, unit, better) in by_stage.items():
        for stage, title in reader.stages:
            yield Indicator(f"{name}_{stage}", said.format(stage=title), float(sums[stage]), unit, better, "money")
    spent = reader.tables["channel_balances"].groupby("channel")["spent_usd"].sum()
    for channel in reader.basin.tables["channels"]["channel"]:
        yield Indicator(f"paid_by_{channel}", f"Paid by {reader.titles.of('channels', channel)}",
                        float(spent.get(channel, 0.0)), "USD", "neither", "money")  # fmt: skip
