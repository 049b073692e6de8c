"""Budgets and subsidies that a made-up basin can live with, and not more."""

import numpy as np
import pandas as pd

from datasets.frames import frame, product
from datasets.synthetic.horizon import BASE_YEAR, Horizon
from datasets.synthetic.land import Floats
from datasets.synthetic.people import GROWTH_SHARE_PER_YEAR

CATEGORIES = ("source", "treatment", "conveyance", "distribution", "points", "filters", "taps")
CHANNELS = pd.DataFrame(
    [
        ("government_grant", "government_grant", True, 0.4),
        ("ecological_compensation", "ecological_compensation", False, 0.1),
        ("aid", "aid", True, 0.25),
        ("concessional_loan", "concessional_loan", False, 0.25),
    ],
    columns=["channel", "kind", "carry_over", "share"],
)
PAYS_FOR = {
    "government_grant": CATEGORIES,
    "ecological_compensation": ("source", "treatment"),
    "aid": ("distribution", "points", "filters", "taps"),
    "concessional_loan": ("treatment", "conveyance", "distribution"),
}
POINT_USD, PERSONS_OF_A_POINT, POINT_LIFE_YEARS = 6000.0, 150.0, 15
PIPED_USD_PER_PERSON = 160.0
RUNNING_COST_USD_PER_PERSON_PER_YEAR = 6.0
SHARE_FOR_POINTS = 0.65
"""Grant and aid, the channels that may pay for points."""


def money_tables(time: Horizon, persons: Floats, tightness: float) -> dict[str, pd.DataFrame]:
    """Channels and subsidies for persons by village and group.

    At tightness 1 the channels that may pay for points pay just enough of them for everybody, at 0 there is enough
    money to pipe water to everybody.
    """
    stages = len(time.stages)
    years = time.end_year - BASE_YEAR
    people = persons.sum(axis=1) * (1 + GROWTH_SHARE_PER_YEAR) ** years
    renewals = max(1.0, years / POINT_LIFE_YEARS)
    least = np.ceil(people / PERSONS_OF_A_POINT).sum() * POINT_USD * renewals / SHARE_FOR_POINTS
    ample = max(least, people.sum() * PIPED_USD_PER_PERSON / SHARE_FOR_POINTS)
    budget = least + (1 - tightness) * (ample - least)
    by_stage = np.linspace(1.3, 0.7, stages) / stages if stages > 1 else np.ones(1)
    channel, stage = product(len(CHANNELS), stages)
    pays = [(name, category) for name, categories in PAYS_FOR.items() for category in categories]
    subsidy = people.sum() * RUNNING_COST_USD_PER_PERSON_PER_YEAR * (1 - 0.5 * tightness)
    return {
        "categories": frame("categories", category=np.array(CATEGORIES, dtype=object)),
        "channels": frame("channels", **CHANNELS.drop(columns="share")),
        "channel_amounts": frame(
            "channel_amounts",
            channel=CHANNELS["channel"].to_numpy(dtype=object)[channel],
            stage=time.stages[stage],
            amount_usd=np.round(budget * CHANNELS["share"].to_numpy()[channel] * by_stage[stage], -2),
        ),
        "channel_eligibility": frame("channel_eligibility", **pd.DataFrame(pays, columns=["channel", "category"])),
        "subsidies": frame(
            "subsidies", subsidy="running_cost_fund", stage=time.stages, amount_usd_per_year=np.round(subsidy, -2)
        ),
    }
