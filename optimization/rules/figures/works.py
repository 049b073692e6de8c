"""What is built, and what it costs when."""

import numpy as np
import scipy.sparse as sp

from optimization.formulation.present_value import steps
from optimization.rules.forms import Floats, Forms, Maker, Quantity, cells


def _serves(q: Forms) -> Quantity:
    columns = q.column("serves")
    return q.form(columns.shape, (np.arange(columns.size).reshape(columns.shape), columns, 1.0))


def _capacity(q: Forms) -> Quantity:
    """Fixed ones by how many stand; nothing of sources, reservoirs, trainings, and what saves water."""
    scenario, works = q.scenario, q.scenario.works
    without = (works.source >= 0) | (works.reservoir >= 0) | (scenario.operators.trained_for >= 0) | works.capacity_is_chosen
    without[scenario.leakage.option] = True
    without[scenario.irrigation.option] = True
    fixed = np.where(without | ~np.isfinite(works.capacity_m3_per_day), 0.0, works.capacity_m3_per_day)
    return q.added(q.scaled(q.count(), fixed[:, None]), q.scaled(q.capacity(), works.capacity_is_chosen[:, None]))


def _sized(q: Forms) -> Quantity:
    return q.scaled(q.capacity(), q.scenario.works.capacity_is_chosen[:, None])


def _paid(standing: Quantity, payments: Floats) -> Quantity:
    """What is paid in each stage for what stands (n, T): payments by first stage of service and by stage (n, T, T)."""
    count, stages = payments.shape[:2]
    of_stage = steps(payments.transpose(0, 2, 1).reshape(-1, stages)).reshape(count, stages, stages)
    row = np.repeat(np.arange(count * stages), stages)
    column = (np.arange(count)[:, None, None] * stages + np.zeros((stages, 1), int) + np.arange(stages)).ravel()
    gather = sp.csr_array(sp.coo_array((of_stage.ravel(), (row, column)), shape=(count * stages, count * stages)))
    return Quantity((count, stages), sp.csr_array(gather @ standing.matrix), gather @ standing.constant)


def _capital(q: Forms) -> Quantity:
    works = q.scenario.works
    bought = q.added(q.scaled(q.count(), works.capex_usd[:, None]), q.scaled(_sized(q), works.capex_usd_per_m3_per_day[:, None]))
    return _paid(bought, works.payments)


def running(q: Forms) -> Quantity:
    """(O, T) fixed running cost of each option, USD/year."""
    works = q.scenario.works
    return q.added(
        q.scaled(q.count(), works.fixed_om_usd_per_year[:, None]),
        q.scaled(_sized(q), works.fixed_om_usd_per_year_per_m3_per_day[:, None]),
    )


def _asset_capital(q: Forms) -> Quantity:
    service, units = q.scenario.service, q.units()
    villages = units.shape[0]
    bought = q.scaled(units, service.asset_capex_usd[None, :, None])
    flat = Quantity((villages * units.shape[1], units.shape[2]), bought.matrix, bought.constant)
    paid = _paid(flat, np.tile(service.asset_payments, (villages, 1, 1)))
    return Quantity(units.shape, paid.matrix, paid.constant)


def asset_running(q: Forms) -> Quantity:
    """(V, Q, T) running cost of each asset in each village, USD/year."""
    return q.scaled(q.units(), q.scenario.service.asset_fixed_om_usd_per_year[None, :, None])


def _given_up(q: Forms) -> Quantity:
    catchments, money, columns = q.scenario.catchments, q.scenario.money, q.column("serves")
    shape = (len(columns), len(money.accounts), columns.shape[1])
    option, account = catchments.cost_option, catchments.cost_account
    where = cells(shape, option[:, None], account[:, None], np.arange(shape[2]))
    return q.form(shape, (where, columns[option], catchments.cost_usd_per_year[:, None]))


MAKERS: dict[tuple[str, str], Maker] = {
    ("investments", "serves"): _serves,
    ("investments", "count"): lambda q: q.count(),
    ("investments", "capacity_m3_per_day"): _capacity,
    ("investments", "capital_usd"): _capital,
    ("investments", "running_cost_usd_per_year"): running,
    ("village_assets", "units"): lambda q: q.units(),
    ("village_assets", "capital_usd"): _asset_capital,
    ("village_assets", "running_cost_usd_per_year"): asset_running,
    ("given_up", "opportunity_cost_usd_per_year"): _given_up,
}
