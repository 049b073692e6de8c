"""Who pays: channels, running costs, tariffs, subsidies, present values."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.works import WorksResult
from planner.scenario.resolved import ResolvedScenario

_CENT = 0.005


def water_cost_usd_per_year(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> Floats:
    """(A, T) energy and chemicals by account of the place that water is brought to, expected over design members."""
    horizon = scenario.horizon
    chance = np.where(horizon.design, horizon.probability, 0.0)
    return np.asarray(water_cost_by_member(scenario, feeds, pipes) @ chance)


def water_cost_by_member(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> Floats:
    """(A, T, H) the same in a year that is like each member."""
    network, works, horizon = scenario.network, scenario.works, scenario.horizon
    link, train = works.feed_link, works.train[works.feed_option]
    price = (
        network.link_variable_om_usd_per_m3[link] + (1 - network.link_loss[link]) * (network.train_variable_om_usd_per_m3[train])
    )
    pipe_price = network.link_variable_om_usd_per_m3[network.pipes]
    site = scenario.money.account_positions(scenario.basin.tables["treatment_sites"]["administration"])
    total = np.zeros((len(scenario.money.accounts), len(horizon.stages), len(horizon.members)))
    for flow, cost, account in (
        (feeds, price, site[network.link_to_site[link]]),
        (pipes, pipe_price, scenario.service.village_account[network.link_to_village[network.pipes]]),
    ):
        np.add.at(total, account, cost[:, None, None] * np.einsum("ftsh,s->fth", flow, horizon.days))
    return total


def paid_by_channels(decisions: Decisions, works: WorksResult) -> Floats:
    """(F, C, A, T) who pays which capital. Shares of channels are the solver's; sums are exact."""
    paid = decisions.fund_usd.sum(axis=0)
    exact = np.divide(works.capital_usd, paid, out=np.zeros_like(paid), where=paid > 0)
    fund = decisions.fund_usd * exact
    return np.where(fund > _CENT, fund, 0.0)


def repayments_usd_per_year(scenario: ResolvedScenario, fund: Floats) -> Floats:
    """(A, T) what accounts owe on their loans in the dearest year of a stage."""
    return np.asarray(np.einsum("fcau,fut->at", fund, scenario.money.loan_due))


def put_aside_usd_per_year(scenario: ResolvedScenario, decisions: Decisions, fund: Floats) -> Floats:
    """(A, T) tariffs put aside for the capital that they pay: no more than that, and as late as the solver's savings allow."""
    money, years = scenario.money, scenario.horizon.years
    pays = np.where(money.from_tariffs[:, None, None], fund.sum(axis=1), 0.0)
    saved, aside = decisions.put_aside_usd_per_year * years, np.zeros_like(pays)
    wanted = np.zeros(pays.shape[:2])
    for stage in reversed(range(pays.shape[2])):
        wanted = wanted + pays[:, :, stage]
        earlier = (money.carries_over & (stage > 0))[:, None]
        aside[:, :, stage] = np.where(earlier, np.minimum(wanted, saved[:, :, stage]), wanted)
        wanted = wanted - aside[:, :, stage]
    return np.asarray((aside / years).sum(axis=0))


def finance_tables(scenario: ResolvedScenario, fund: Floats) -> dict[str, pd.DataFrame]:
    """Tables of finance and of channel balances."""
    money, stages = scenario.money, scenario.horizon.stages
    spent = fund.sum(axis=(1, 2))
    carried = np.zeros_like(spent)
    for stage in range(len(stages) - 1):
        before = carried[:, stage - 1] if stage else 0.0
        left = money.channel_usd[:, stage] + before - spent[:, stage]
        carried[:, stage] = np.where(money.carries_over, np.maximum(left, 0.0), 0.0)
    return {
        "finance": in_order(
            "finance",
            long(
                {"channel": money.channels, "category": money.categories, "account": money.accounts, "stage": stages},
                {"amount_usd": fund},
                fund > 0,
            ),
        ),
        "channel_balances": in_order(
            "channel_balances",
            long(
                {"channel": money.channels, "stage": stages},
                {"offered_usd": money.channel_usd, "spent_usd": spent, "carried_usd": carried},
            ),
        ),
    }


def running_tables(
    scenario: ResolvedScenario,
    decisions: Decisions,
    running_usd_per_year: Floats,
    repaid_usd_per_year: Floats,
    aside_usd_per_year: Floats,
) -> dict[str, pd.DataFrame]:
    """Tables of running costs, tariffs and subsidies. Subsidies come first, the people pay the rest, each within its cap.

    All figures: (A, T). What is repaid on loans is no running cost, but is covered with it; what is put aside for capital
    comes out of tariffs alone.
    """
    owed = running_usd_per_year + repaid_usd_per_year
    money, service, people, horizon = scenario.money, scenario.service, scenario.people, scenario.horizon
    stages = np.arange(len(horizon.stages))
    cap = service.tariff_cap_usd_per_year[decisions.chosen, stages].transpose(0, 2, 1)  # village, group, stage
    account_cap = np.zeros_like(running_usd_per_year)
    np.add.at(account_cap, service.village_account, cap.sum(axis=1))
    support = decisions.supported_usd_per_year
    offered = support.sum(axis=0)
    used = np.minimum(offered, owed)
    support = support * np.divide(used, offered, out=np.zeros_like(used), where=offered > 0)
    rest = owed - used + aside_usd_per_year
    tariffs = np.minimum(np.where(rest > _CENT, rest, 0.0), account_cap)
    share = np.divide(tariffs, account_cap, out=np.zeros_like(tariffs), where=account_cap > 0)
    tariff = cap * share[service.village_account][:, None]
    paying = cap / scenario.basin.settings.affordability_share if scenario.basin.settings.affordability_share else cap
    return {
        "running_costs": in_order(
            "running_costs",
            long(
                {"account": money.accounts, "stage": horizon.stages},
                {
                    "running_cost_usd_per_year": running_usd_per_year,
                    "tariffs_usd_per_year": tariffs,
                    "subsidies_usd_per_year": used,
                },
            ),
        ),
        "tariffs": in_order(
            "tariffs",
            long(
                {"village": scenario.network.villages, "group": people.groups, "stage": horizon.stages},
                {"tariff_usd_per_year": tariff, "income_usd_per_year": paying},
                tariff > 0,
            ),
        ),
        "subsidies_paid": in_order(
            "subsidies_paid",
            long(
                {"subsidy": money.subsidies, "account": money.accounts, "stage": horizon.stages},
                {"amount_usd_per_year": support},
                support > 0,
            ),
        ),
    }


def costs(
    scenario: ResolvedScenario, works: WorksResult, water_usd_per_year: Floats, given_up_usd_per_year: Floats
) -> pd.DataFrame:
    """Table of present values."""
    money, annuity = scenario.money, scenario.horizon.annuity
    axes = {"category": money.categories, "account": money.accounts}
    parts = [
        long(axes, {"present_value_usd": value}, np.abs(value) > _CENT / 100).assign(item=item)
        for item, value in (
            ("capital", works.capital_present_usd),
            ("residual", works.residual_present_usd),
            ("running", works.running_usd_per_year @ annuity),
            ("opportunity", given_up_usd_per_year @ annuity),
        )
    ]
    water = long({"account": money.accounts}, {"present_value_usd": water_usd_per_year @ annuity})
    parts.append(water[water["present_value_usd"] > 0].assign(item="running", category="water"))
    return in_order("costs", pd.concat(parts, ignore_index=True))


def cost_usd(table: pd.DataFrame) -> float:
    """Present value of the plan: capital, running and opportunity costs less what outlives the horizon."""
    sign = np.where(table["item"] == "residual", -1.0, 1.0)
    return float((sign * table["present_value_usd"]).sum())
