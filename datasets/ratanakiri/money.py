"""Purses for capital, funds for running costs, and what each may pay."""

import pandas as pd

from datasets.ratanakiri.facts import assume

STAGES = ("stage_1", "stage_2", "stage_3")
CATEGORIES = {
    "source": "Intakes, springs and boreholes",
    "treatment": "Treatment works",
    "conveyance": "Mains and pipes",
    "distribution": "Pipes inside villages",
    "points": "Water points",
    "filters": "Filters and jars of households",
    "taps": "Tap stands and house connections",
}
CHANNELS = {
    "government_grant": ("Government grant", "government_grant", True, "government_share", tuple(CATEGORIES)),
    "ecological_compensation_fund": (
        "Ecological compensation fund",
        "ecological_compensation",
        False,
        "compensation_share",
        ("source", "treatment", "conveyance"),
    ),
    "aid": ("Aid", "aid", True, "aid_share", ("points", "filters", "taps", "distribution")),
}
"""Title, kind, carry-over, its share of the budget, what it pays."""
REMOTE_DISTRICTS = ("ta_veaeng", "veun_sai", "ou_ya_dav")


def categories() -> pd.DataFrame:
    """Kinds of spending."""
    return pd.DataFrame({"category": CATEGORIES.keys(), "title": CATEGORIES.values()})


def channels() -> pd.DataFrame:
    """The purses."""
    rows = [(name, title, kind, carry) for name, (title, kind, carry, _, _) in CHANNELS.items()]
    return pd.DataFrame(rows, columns=["channel", "title", "kind", "carry_over"])


def channel_amounts() -> pd.DataFrame:
    """Each purse's share of the stage's budget."""
    rows = [
        (name, stage, round(assume(f"budget_{stage}") * assume(share)))
        for name, (_, _, _, share, _) in CHANNELS.items()
        for stage in STAGES
    ]
    return pd.DataFrame(rows, columns=["channel", "stage", "amount_usd"])


def channel_eligibility() -> pd.DataFrame:
    """What each purse may pay for, everywhere."""
    rows = [(name, category, None) for name, (*_, paid) in CHANNELS.items() for category in paid]
    return pd.DataFrame(rows, columns=["channel", "category", "administration"])


def subsidies() -> pd.DataFrame:
    """A fund for the whole province and one for each remote district."""
    funds = [("province_fund", None, assume("subsidy_province"))]
    funds += [(f"{district}_fund", district, assume("subsidy_district")) for district in REMOTE_DISTRICTS]
    rows = [(fund, stage, place, amount) for fund, place, amount in funds for stage in STAGES]
    return pd.DataFrame(rows, columns=["subsidy", "stage", "administration", "amount_usd_per_year"])
