"""What may give way where no plan exists: each family of rows with its price and its sentences."""

import math
from collections.abc import Callable
from dataclasses import dataclass

FLOOR = "conflict.floor"
RULE = "rule_"
BOUND = "bound_"
NOTHING = 1e-6
PRICE_OF_BOUND = {"cost": 1.0, "environmental_flow_deficit": 1e-3}


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


def _usd(thousand: float) -> str:
    return f"{1000 * thousand:,.0f} USD"


def _water(m3_per_day: float) -> str:
    return f"{m3_per_day:,.0f} m³/day" if m3_per_day >= 10 else f"{m3_per_day:,.2f} m³/day"


def _volume(thousand_m3_per_year: float) -> str:
    return f"{1000 * thousand_m3_per_year:,.0f} m³/year"


def _channel(lack: float, channel: str, stage: str) -> str:
    return f"The channel {channel} lacks {_usd(lack)} in {stage}."


def _granted(grant: str) -> str:
    channel, category, account = grant.split(":")
    return f"the channel {channel} in {category} of {account}"


def _category(purpose: str) -> str:
    return purpose.split(":")[0]


def _account(purpose: str) -> str:
    return purpose.split(":")[1]


def _channel_named(channel: str, stage: str) -> str:
    return f"what the channel {channel} offers by {stage}"


def _short_of_money(thousand: float) -> str:
    return f"{_usd(thousand)} short"


def _short_of_water(m3_per_day: float) -> str:
    return f"{_water(m3_per_day)} short"


def _carries(lack: float, place: str, period: str) -> str:
    return f"{place} carries {_water(lack)} too little in {_spelt(period)}."


def _capacity_named(place: str, period: str) -> str:
    return f"the capacity of {place} in {_spelt(period)}"


def _spelt(period: str) -> str:
    """`stage_1/dry/normal` as `stage_1, dry, normal`."""
    return period.replace("/", ", ")


def _in_a_year(code: str, said: str, named: str, table: str) -> Demand:
    """A demand over a year, in thousand m³: its words get the names of its indices, and the amount that is lacking."""
    return Demand(
        code,
        10.0,
        lambda lack, *names: said.format(*names, lack=_volume(lack)),
        lambda *names: named.format(*names),
        lambda lack: f"{_volume(lack)} short",
        table,
    )


_CAPACITY = Demand("conflict.capacity", 1_000.0, _carries, _capacity_named, _short_of_water, "options")

DEMANDS: dict[str, Demand] = {
    "channel_at_first": Demand("conflict.channel", 1.0, _channel, _channel_named, _short_of_money, "channel_amounts"),
    "channel_later": Demand("conflict.channel", 1.0, _channel, _channel_named, _short_of_money, "channel_amounts"),
    "capital_has_channel": Demand(
        "conflict.eligibility",
        1.5,
        lambda lack, purpose, stage: (
            f"No channel may pay {_usd(lack)} for {_category(purpose)} in {_account(purpose)} in {stage}."
        ),
        lambda purpose, stage: f"what channels may pay for: {_category(purpose)} in {_account(purpose)}, {stage},",
        _short_of_money,
        "channel_eligibility",
    ),
    "channel_pays_at_most": Demand(
        "conflict.channel_share",
        1.5,
        lambda lack, grant, stage: f"The largest share of {_granted(grant)} leaves {_usd(lack)} unpaid in {stage}.",
        lambda grant, stage: f"the largest share of {_granted(grant)} in {stage}",
        _short_of_money,
        "channel_shares",
    ),
    "channel_pays_at_least": Demand(
        "conflict.channel_share",
        1.5,
        lambda lack, grant, stage: f"The smallest share of {_granted(grant)} asks for {_usd(lack)} too much in {stage}.",
        lambda grant, stage: f"the smallest share of {_granted(grant)} in {stage}",
        _short_of_money,
        "channel_shares",
    ),
    "running_costs_covered": Demand(
        "conflict.running_costs",
        10.0,
        lambda lack, account, stage: f"Tariffs and subsidies of {account} lack {_usd(lack)} a year in {stage}.",
        lambda account, stage: f"the tariffs and subsidies of {account} in {stage}",
        lambda thousand: f"{_usd(thousand)} a year short",
        "subsidies",
    ),
    "works_have_operators": Demand(
        "conflict.operators",
        10.0,
        lambda lack, account, stage: f"{account} lacks {lack:,.4g} operators in {stage}.",
        lambda account, stage: f"the operators of {account} in {stage}",
        lambda lack: f"{lack:,.4g} operators short",
        "operators_present",
    ),
    "source_yields": Demand(
        "conflict.source",
        1.0,
        lambda lack, source, period: f"The source {source} yields {_water(lack)} too little in {_spelt(period)}.",
        lambda source, period: f"the yield of {source} in {_spelt(period)}",
        _short_of_water,
        "source_yields",
    ),
    "licence": _in_a_year(
        "conflict.licence",
        "The licence of {0} is {lack} too small in {1}, {2}.",
        "the licence of {0} in {1}, {2}",
        "sources",
    ),
    "sustainable_groundwater": _in_a_year(
        "conflict.groundwater",
        "The aquifer {0} gives {lack} too little in {1}, {2}.",
        "the sustainable yield of {0} in {1}, {2}",
        "aquifers",
    ),
    "administration_licence": _in_a_year(
        "conflict.administration_licence",
        "The licence of the administration {0} is {lack} too small in {1}, {2}.",
        "the licence of the administration {0} in {1}, {2}",
        "administration_licences",
    ),
    "water_stress": _in_a_year(
        "conflict.water_stress",
        "The largest water stress of {0} leaves {lack} too little in {1}.",
        "the largest water stress of {0} in {1}",
        "sub_basins",
    ),
    "emissions_of_pumping": Demand(
        "conflict.emissions",
        1.0,
        lambda lack, stage: (
            f"The policy's bound on emissions of pumping and treatment is {1000 * lack:,.0f} kg CO2 a year too low in {stage}."
        ),
        lambda stage: f"the bound on emissions of pumping and treatment in {stage}",
        lambda tonnes: f"{1000 * tonnes:,.0f} kg CO2 a year too low",
    ),
    "environmental_flow": Demand(
        "conflict.environmental_flow",
        1.0,
        lambda lack, reach, period: f"The environmental flow of {reach} leaves {_water(lack)} too little in {_spelt(period)}.",
        lambda reach, period: f"the environmental flow kept at {reach} in {_spelt(period)}",
        _short_of_water,
        "environmental_flow",
    ),
    "smallest_delivery": Demand(
        "conflict.use",
        0.5,
        lambda lack, use, period: f"What must be delivered to {use} asks for {_water(lack)} too much in {_spelt(period)}.",
        lambda use, period: f"what must be delivered to {use} in {_spelt(period)}",
        _short_of_water,
        "use_priorities",
    ),
    "downstream_obligation": Demand(
        "conflict.obligation",
        1.0,
        lambda lack, obligation, period: f"The flow owed by {obligation} leaves {_water(lack)} too little in {_spelt(period)}.",
        lambda obligation, period: f"the flow owed downstream by {obligation} in {_spelt(period)}",
        _short_of_water,
        "obligations",
    ),
    "short_is_counted": Demand(
        "conflict.assurance",
        1.0,
        lambda lack, short: (
            f"For the assurance asked for, {short.split(':')[0]} lacks {_water(lack)} in {_spelt(short.split(':')[1])}."
        ),
        lambda short: f"the assurance asked for in {short.split(':')[0]} in {_spelt(short.split(':')[1])}",
        _short_of_water,
    ),
    "site_storage": Demand(
        "conflict.site_storage",
        10.0,
        lambda lack, site, stage: f"Tanks at {site} hold {lack:,.4g} m³ too little in {stage}.",
        lambda site, stage: f"what tanks at {site} can hold in {stage}",
        lambda lack: f"{lack:,.4g} m³ short",
        "site_tanks",
    ),
    "highest_risk": Demand(
        "conflict.risk",
        100.0,
        lambda lack, village, stage: f"The worst hazard of {village} is {lack:,.3g} points above what may stand in {stage}.",
        lambda village, stage: f"the highest risk of {village} in {stage}",
        lambda points: f"{points:,.3g} points above",
        "hazards",
    ),
    "main_capacity": _CAPACITY,
    "pipe_capacity": _CAPACITY,
    "train_capacity": _CAPACITY,
    "floor_is_met": Demand(
        FLOOR,
        10_000.0,
        lambda lack, floor: (
            f"Floor {floor.split(':')[0]} misses {math.ceil(lack):,.0f} persons in {floor.split(':')[1]}"
            ", however much money and water there is."
        ),
        lambda floor: f"the network and its options in {floor.split(':')[1]}",
        lambda persons: f"{math.ceil(persons):,.0f} persons short, however much money and water there is",
    ),
    "institutions_are_served": Demand(
        "conflict.institutions",
        1_000_000.0,
        lambda lack, floor: (
            f"Floor {floor.split(':')[0]} for institutions misses {math.ceil(lack - NOTHING):,.0f} of them in "
            f"{floor.split(':')[1]}, however much money and water there is."
        ),
        lambda floor: f"safe piped water for institutions in {floor.split(':')[1]}",
        lambda lack: f"{math.ceil(lack - NOTHING):,.0f} institutions short, however much money and water there is",
        "institutions",
    ),
    "gap_is_kept": Demand(
        "conflict.gap",
        1_000_000.0,
        lambda lack, party: (
            f"Cap {party.split(':')[0]} on gaps: {party.split(':')[1]} is {100 * lack:,.1f} percentage points too far above the "
            f"worst-off in {party.split(':')[2]}."
        ),
        lambda party: f"what brings the worst-off nearer to {party.split(':')[1]} in {party.split(':')[2]}",
        lambda lack: f"{100 * lack:,.1f} percentage points too far above the worst-off",
    ),
}


_OF_A_RULE = Demand(
    "conflict.rule",
    100.0,
    lambda lack, title, row: f"The rule {title!r} is missed by {lack:,.6g} at {row}.",
    lambda title, row: f"the rule {title!r} at {row}",
    lambda lack: f"{lack:,.6g} short",
)


def _amount_of_bound(lack: float, objective: str) -> str:
    if objective == "cost":
        return _usd(lack)
    return f"{lack:,.0f} m³/year" if objective == "environmental_flow_deficit" else f"{lack:,.1f} persons"


_BOUNDED = {"cost": "cost", "environmental_flow_deficit": "what the river may lack"}


def _bounded(objective: str) -> str:
    return _BOUNDED.get(objective, f"persons below rung {objective[-1]}")


def _of_a_bound(objective: str) -> Demand:
    return Demand(
        "conflict.bound",
        PRICE_OF_BOUND.get(objective, 0.1),
        lambda lack, name: f"The policy's bound on {_bounded(name)} is {_amount_of_bound(lack, name)} too low.",
        lambda name: f"the bound on {_bounded(name)}",
        lambda lack: f"{_amount_of_bound(lack, objective)} too low",
    )


def demand_of(family: str) -> Demand:
    """What is said of a family of rows that may give way."""
    if family.startswith(BOUND):
        return _of_a_bound(family.removeprefix(BOUND))
    return _OF_A_RULE if family.startswith(RULE) else DEMANDS[family]
