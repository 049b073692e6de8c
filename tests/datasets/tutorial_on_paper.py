"""The tutorial without a solver: every sequence of service plans of its three villages is priced.

Written from the tutorial's README and not from the formulation, so that a mistake in one is not a mistake in both.
A sequence is what one village does in the two stages; a choice is one sequence for each village.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from datasets.cases import find

VILLAGES = ["hilltop", "riverside", "farside"]
STAGE_START, END = np.array([2027, 2029]), 2031
WORTH_OF_STAGE_START, WORTH_AT_END = np.array([1.0, 0.64]), 0.4096
WORTH_OF_RUNNING_COST = np.array([1.8, 1.152])
LIFE_OF_NETWORK_YEARS = 20


@dataclass(frozen=True)
class Choices:
    """Every choice (rows). Arrays (choice, stage) unless their shape is named."""

    plans: np.ndarray  # (choice, village, stage), names of service plans
    present_value_usd: np.ndarray  # (choice,)
    capital_usd: np.ndarray
    capital_of_lower_network_usd: np.ndarray
    running_cost_usd_per_year: np.ndarray
    weighted_persons_below: np.ndarray  # (choice, stage, rung 0 to 5)
    share_at_rung_4: np.ndarray  # (choice, village, stage)
    can_be_built: np.ndarray  # (choice,)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(find("tutorial") / f"{name}.csv")


def payments(life_years: int) -> np.ndarray:
    """Dollars paid in each stage (column) for one dollar of works installed in a stage (row), renewals included."""
    paid = np.zeros((2, 2))
    for stage in (0, 1):
        installed = np.arange(STAGE_START[stage], END, life_years)
        np.add.at(paid[stage], np.searchsorted(STAGE_START, installed, side="right") - 1, 1)
    return paid


def worth(life_years: int) -> np.ndarray:
    """Present value of one dollar of works installed in each stage: payments less the residual at the end."""
    last = STAGE_START + (END - 1 - STAGE_START) // life_years * life_years
    residual = np.maximum(0, 1 - (END - last) / life_years)
    return payments(life_years) @ WORTH_OF_STAGE_START - residual * WORTH_AT_END


def increments(stock: np.ndarray) -> np.ndarray:
    """What is newly installed in each stage (last axis) for a stock that never falls."""
    return np.diff(stock, axis=-1, prepend=0.0)


def all_choices() -> Choices:
    """Price every choice of the three villages."""
    modes = table("modes").set_index("mode")
    templates = table("service_plans").pivot_table(index="service_plan", columns="mode", values="share", sort=False)
    templates = templates.reindex(columns=modes.index).fillna(0.0)
    templates["unimproved"] += 1 - templates.sum(axis=1)
    baseline = table("baseline").query("group == 'poor'").pivot_table(index="village", columns="mode", values="share")
    baseline = baseline.reindex(index=VILLAGES, columns=modes.index).fillna(0.0)
    shares = np.stack([np.vstack([baseline.loc[v], templates]) for v in VILLAGES])
    names = np.array(["as_before", *templates.index])

    people = table("population").merge(table("groups"), on="group")
    persons = people.groupby("village")["persons"].sum()[VILLAGES].to_numpy()
    weighted = (people["persons"] * people["weight"]).groupby(people["village"]).sum()[VILLAGES].to_numpy()
    new_persons = np.maximum(0, persons[:, None, None] * (shares - baseline.to_numpy()[:, None, :]))
    new_persons[:, :, modes["rung"] < 3] = 0

    count = len(names)
    pair = np.stack([np.repeat(np.arange(count), count), np.tile(np.arange(count), count)], axis=1)
    choice = np.stack(np.meshgrid(*[np.arange(len(pair))] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    plan = pair[choice]
    village = np.arange(3)[None, :, None]

    safe = (modes["grade"] == "safe").to_numpy()
    litres = modes["litres_per_person_per_day"].to_numpy()
    demand = (new_persons * safe * litres).sum(axis=2) / 1000
    demand[1] += np.where(demand[1] > 0, 2.0, 0.0)
    assets_pv, assets_paid, assets_running = _assets(new_persons, modes.index, pair)
    network = _network(demand[village, plan])

    every = np.arange(3)[None, :]
    below = 1 - np.stack([shares[:, :, modes["rung"] >= rung].sum(axis=2) for rung in range(6)], axis=2)
    return Choices(
        plans=names[plan],
        present_value_usd=assets_pv[every, choice].sum(axis=1) + network["present_value"],
        capital_usd=assets_paid[every, choice].sum(axis=1) + network["paid"],
        capital_of_lower_network_usd=network["paid_lower"],
        running_cost_usd_per_year=assets_running[every, choice].sum(axis=1) + network["running"],
        weighted_persons_below=(below[village, plan] * weighted[None, :, None, None]).sum(axis=1),
        share_at_rung_4=1 - below[village, plan][..., 4],
        can_be_built=network["possible"],
    )


def _assets(new_persons: np.ndarray, modes: pd.Index, pair: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Present value (village, sequence), capital paid and running cost (village, sequence, stage) of village assets."""
    value = np.zeros((3, len(pair)))
    paid, running = np.zeros((2, 3, len(pair), 2))
    for asset in table("assets").itertuples():
        units = np.zeros(new_persons.shape[:2])
        for need in table("mode_assets").query("asset == @asset.asset").itertuples():
            units += np.ceil(new_persons[:, :, modes.get_loc(need.mode)] / need.persons_per_unit - 1e-9)
        stock = np.maximum.accumulate(units[:, pair], axis=2)
        new = increments(stock) * asset.capex_usd
        value += new @ worth(asset.life_years)
        paid += new @ payments(asset.life_years)
        running += stock * asset.fixed_om_usd_per_year
    return value + running @ WORTH_OF_RUNNING_COST, paid, running


def _network(demand: np.ndarray) -> dict[str, np.ndarray]:
    """Spring, works and pipes for a demand (choice, village, stage) in m³/day."""
    hilltop, riverside, farside = demand[:, 0], demand[:, 1], demand[:, 2]
    works = riverside + farside
    possible = (hilltop <= 10).all(1) & (riverside <= 60).all(1) & (farside <= 15).all(1) & (works <= 120).all(1)
    possible &= (works * 365 <= 20_000).all(1)

    def stands(water: np.ndarray) -> np.ndarray:
        return np.maximum.accumulate(water > 0, axis=1).astype(float)

    capacity = np.maximum.accumulate(works, axis=1)
    small = (riverside.max(axis=1, keepdims=True) <= 30) * stands(riverside)
    large = stands(riverside) - small
    upper_stock = stands(hilltop) * (1000 + 1000)
    lower_stock = stands(works) * (1000 + 1000 + 4000) + 25 * capacity + 600 * small + 1000 * large
    far_stock = stands(farside) * 5000
    running = stands(hilltop) * (10 + 20) + stands(works) * (30 + 20 + 200) + 5 * capacity + 15 * small + 20 * large
    running += stands(farside) * 50 + 365 * (works * (0.01 + 0.02) + farside * 0.05)
    new = increments(upper_stock + lower_stock + far_stock)
    return {
        "present_value": new @ worth(LIFE_OF_NETWORK_YEARS) + running @ WORTH_OF_RUNNING_COST,
        "paid": new @ payments(LIFE_OF_NETWORK_YEARS),
        "paid_lower": increments(lower_stock) @ payments(LIFE_OF_NETWORK_YEARS),
        "running": running,
        "possible": possible,
    }
