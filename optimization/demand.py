"""A demand that may give way where no plan exists, and how amounts and places of it are written."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Demand:
    """A family of rows that may give way: at which price a unit, and what is said of it.

    `said` gets the amount that is lacking, in the unit of the row, and the names of the row's indices; `named` gets the
    names and calls the demand by its name; `amount` says the amount that is lacking.
    """

    code: str
    price: float
    said: Callable[..., str]
    named: Callable[..., str]
    amount: Callable[[float], str]
    table: str | None = None


def usd(thousand: float) -> str:
    """An amount of thousand USD."""
    return f"{1000 * thousand:,.0f} USD"


def water(m3_per_day: float) -> str:
    """A flow."""
    return f"{m3_per_day:,.0f} m³/day" if m3_per_day >= 10 else f"{m3_per_day:,.2f} m³/day"


def volume(thousand_m3_per_year: float) -> str:
    """A volume of a year."""
    return f"{1000 * thousand_m3_per_year:,.0f} m³/year"


def channel_lacks(lack: float, channel: str, stage: str) -> str:
    """What a channel lacks, as a sentence."""
    return f"The channel {channel} lacks {usd(lack)} in {stage}."


def granted(grant: str) -> str:
    """`channel:category:account` in words."""
    channel, category, account = grant.split(":")
    return f"the channel {channel} in {category} of {account}"


def category_of(purpose: str) -> str:
    """Of `category:account`."""
    return purpose.split(":")[0]


def account_of(purpose: str) -> str:
    """Of `category:account`."""
    return purpose.split(":")[1]


def channel_named(channel: str, stage: str) -> str:
    """A channel's limit by name."""
    return f"what the channel {channel} offers by {stage}"


def short_of_money(thousand: float) -> str:
    """How much money lacks."""
    return f"{usd(thousand)} short"


def short_of_water(m3_per_day: float) -> str:
    """How much water lacks."""
    return f"{water(m3_per_day)} short"


def carries(lack: float, place: str, period: str) -> str:
    """What a link or a train carries too little, as a sentence."""
    return f"{place} carries {water(lack)} too little in {spelt(period)}."


def capacity_named(place: str, period: str) -> str:
    """The capacity of a link or a train by name."""
    return f"the capacity of {place} in {spelt(period)}"


def spelt(period: str) -> str:
    """`stage_1/dry/normal` as `stage_1, dry, normal`."""
    return period.replace("/", ", ")


def in_a_year(code: str, said: str, named: str, table: str) -> Demand:
    """A demand over a year, in thousand m³: its words get the names of its indices, and the amount that is lacking."""
    return Demand(
        code,
        10.0,
        lambda lack, *names: said.format(*names, lack=volume(lack)),
        lambda *names: named.format(*names),
        lambda lack: f"{volume(lack)} short",
        table,
    )
