"""What is built and what it costs when: investments, village assets, capital by purpose."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario


@dataclass(frozen=True)
class WorksResult:
    """Capital by category, account and stage, its present value, residual and running cost, beside the two tables."""

    investments: pd.DataFrame
    village_assets: pd.DataFrame
    capital_usd: Floats  # (C, A, T)
    capital_present_usd: Floats  # (C, A)
    residual_present_usd: Floats  # (C, A)
    running_usd_per_year: Floats  # (C, A, T)


def _increments(cumulative: Floats) -> Floats:
    return np.diff(cumulative, axis=-1, prepend=0.0)


def works_result(scenario: ResolvedScenario, decisions: Decisions) -> WorksResult:
    """Capital is paid for what newly serves in a stage, lead time before, and again at each renewal."""
    works, service, money, horizon = scenario.works, scenario.service, scenario.money, scenario.horizon
    start = horizon.discount(horizon.first_year)
    new = _increments(decisions.count)
    bought = works.capex_usd[:, None] * new + works.capex_usd_per_m3_per_day[:, None] * _increments(
        np.where(works.capacity_is_chosen[:, None], decisions.capacity_m3_per_day, 0.0)
    )
    paid = np.einsum("ou,out->ot", bought, works.payments)
    residual = (bought * (works.payments @ start - works.worth)).sum(axis=1)
    running = works.fixed_om_usd_per_year[:, None] * decisions.count + np.where(
        works.capacity_is_chosen[:, None],
        works.fixed_om_usd_per_year_per_m3_per_day[:, None] * decisions.capacity_m3_per_day,
        0.0,
    )
    asset_bought = service.asset_capex_usd[:, None] * _increments(decisions.units)
    asset_paid = np.einsum("vqu,qut->vqt", asset_bought, service.asset_payments)
    asset_residual = (asset_bought * (service.asset_payments @ start - service.asset_worth)).sum(axis=2)
    asset_running = service.asset_fixed_om_usd_per_year[:, None] * decisions.units

    shape = (len(money.categories), len(money.accounts))
    of_asset = service.asset_category[None, :], service.village_account[:, None]

    def by_purpose(option: Floats, asset: Floats) -> Floats:
        total = np.zeros((*shape, *option.shape[1:]))
        np.add.at(total, (works.category, works.account), option)
        np.add.at(total, of_asset, asset)
        return total

    return WorksResult(
        investments=in_order(
            "investments",
            long(
                {"option": works.options, "stage": horizon.stages},
                {
                    "serves": decisions.serves,
                    "count": decisions.count.astype(np.int64),
                    "capacity_m3_per_day": decisions.capacity_m3_per_day,
                    "capital_usd": paid,
                    "running_cost_usd_per_year": running,
                },
                decisions.serves.any(axis=1, keepdims=True),
            ),
        ),
        village_assets=in_order(
            "village_assets",
            long(
                {"village": scenario.network.villages, "asset": service.assets, "stage": horizon.stages},
                {"units": decisions.units, "capital_usd": asset_paid, "running_cost_usd_per_year": asset_running},
                (decisions.units > 0).any(axis=2, keepdims=True),
            ),
        ),
        capital_usd=by_purpose(paid, asset_paid),
        capital_present_usd=by_purpose(paid @ start, asset_paid @ start),
        residual_present_usd=by_purpose(residual, asset_residual),
        running_usd_per_year=by_purpose(running, asset_running),
    )
