"""What it costs and who pays."""

from collections.abc import Sequence

from planner.plan.words import number, percent
from planner.reports.charts import bar, folded, table
from planner.reports.markup import Markup, join, sentence, tag
from planner.reports.side import Side
from planner.reports.telling import told, told_list


def cost_usd(side: Side) -> float:
    """Present value of capital, running and opportunity costs less what outlives the horizon. No penalty is in it."""
    items = side.plan.tables["costs"].groupby("item")["present_value_usd"].sum()
    paid = items.get("capital", 0.0) + items.get("running", 0.0)
    return float(paid + items.get("opportunity", 0.0) - items.get("residual", 0.0))


def cost(side: Side) -> Markup:
    """The cost in one sentence with its parts."""
    items = side.plan.tables["costs"].groupby("item")["present_value_usd"].sum()
    given_up = float(items.get("opportunity", 0.0))
    capital, running, left = (number(float(items.get(item, 0.0))) for item in ("capital", "running", "residual"))
    paid, elsewhere = f"{number(cost_usd(side))} {side.money}", number(given_up)
    return sentence(
        f"**{paid}** present value: {capital} capital and {running} running cost, {elsewhere} given up elsewhere, "
        f"less {left} that outlives the horizon."
        if given_up > 0
        else f"**{paid}** present value: {capital} capital and {running} running cost, less {left} that outlives the horizon."
    )


def payers(side: Side) -> Markup:
    """Who pays for capital and for running costs, in one sentence."""
    spent = side.plan.tables["channel_balances"].groupby("channel", sort=False)["spent_usd"].sum()
    total = float(spent.sum())
    parts = [f"{side.titles.of('channels', c)} {told(percent(float(v) / total))}" for c, v in spent.items() if v > 0.005]
    running = side.plan.tables["running_costs"]
    cover = float((running["tariffs_usd_per_year"] + running["subsidies_usd_per_year"]).sum())
    tariffs = float(running["tariffs_usd_per_year"].sum())
    borne = f"Running costs: tariffs {percent(tariffs / cover)}, subsidies the rest." if cover > 0 else None
    return join(f"Capital: {told_list(parts)}." if parts else "No capital is paid.", " ", borne)


def payers_section(sides: Sequence[Side]) -> Markup:
    """Channels of capital, and the cover of running costs, stage by stage."""
    return tag(
        "section",
        tag("h2", "What it costs, and who pays"),
        tag("div", *(_one(side) for side in sides), class_="plans"),
        aria_label="What it costs, and who pays",
    )


def _one(side: Side) -> Markup:
    return tag("div", side.heading, tag("p", cost(side)), _channels(side), _running(side), _accounts(side))


def _channels(side: Side) -> Markup:
    balances = side.plan.tables["channel_balances"]
    order = {stage: place for place, stage in enumerate(side.stages)}
    balances = balances.iloc[balances["stage"].map(order).argsort(kind="stable")]
    kept = balances.groupby("channel")["carried_usd"].shift(fill_value=0.0)
    at_hand = balances["offered_usd"] + kept
    largest = max(float(at_hand.max()), float(balances["spent_usd"].max()), 1.0) if len(balances) else 1.0
    rows = [
        [
            f"{side.titles.of('channels', channel)}, {side.stage_title(stage)}",
            bar(spent / largest, mark=available / largest),
            f"{number(spent)} of {number(available)}",
        ]
        for channel, stage, available, spent in zip(
            balances["channel"], balances["stage"], at_hand, balances["spent_usd"], strict=True
        )
        if available > 0 or spent > 0
    ]
    caption = "Capital by channel, USD undiscounted: spent, of what the channel has in the stage with what it kept (line)"
    return table(["Channel and stage", "", "USD"], rows, caption=caption, numeric=[2])


def _running(side: Side) -> Markup:
    columns = ["running_cost_usd_per_year", "tariffs_usd_per_year", "subsidies_usd_per_year"]
    sums = side.plan.tables["running_costs"].groupby("stage")[columns].sum().reindex(side.stages, fill_value=0.0)
    rows = [[side.stage_title(stage), *map(number, figures)] for stage, *figures in sums.itertuples()]
    caption = "Running costs and who covers them, USD a year"
    return table(["Stage", "Running cost", "Tariffs", "Subsidies"], rows, caption=caption, numeric=[1, 2, 3])


def _accounts(side: Side) -> Markup | None:
    costs = side.plan.tables["costs"]
    if costs.empty:
        return None
    sums = costs.pivot_table(index="account", columns="item", values="present_value_usd", aggfunc="sum", fill_value=0.0)
    heads = ["Administration", "Capital", "Running cost", "Outlives the horizon"]
    items = ["capital", "running", "residual"]
    if "opportunity" in sums:
        heads, items = [*heads, "Given up"], [*items, "opportunity"]
    sums = sums.reindex(columns=items, fill_value=0.0)
    sums = sums.sort_values("capital", ascending=False, kind="stable")
    rows = [[side.titles.of("administrations", account), *map(number, figures)] for account, *figures in sums.itertuples()]
    return folded("By administration", table(heads, rows, caption=f"Present value, {side.money}", numeric=range(1, len(heads))))
