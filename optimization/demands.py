"""What may give way where no plan exists: each family of rows with its price and its sentences."""

import math

from optimization.demand import (
    Demand,
    account_of,
    capacity_named,
    carries,
    category_of,
    channel_lacks,
    channel_named,
    granted,
    in_a_year,
    short_of_money,
    short_of_water,
    spelt,
    usd,
    water,
)

FLOOR = "conflict.floor"
RULE = "rule_"
BOUND = "bound_"
NOTHING = 1e-6
PRICE_OF_BOUND = {"cost": 1.0, "environmental_flow_deficit": 1e-3}


_CAPACITY = Demand("conflict.capacity", 1_000.0, carries, capacity_named, short_of_water, "options")


def _train(blend: str) -> str:
    return blend.split(":")[0]


def _parameter(blend: str) -> str:
    return blend.split(":")[1]


DEMANDS: dict[str, Demand] = {
    "channel_at_first": Demand("conflict.channel", 1.0, channel_lacks, channel_named, short_of_money, "channel_amounts"),
    "channel_later": Demand("conflict.channel", 1.0, channel_lacks, channel_named, short_of_money, "channel_amounts"),
    "capital_has_channel": Demand(
        "conflict.eligibility",
        1.5,
        lambda lack, purpose, stage: (
            f"No channel may pay {usd(lack)} for {category_of(purpose)} in {account_of(purpose)} in {stage}."
        ),
        lambda purpose, stage: f"what channels may pay for: {category_of(purpose)} in {account_of(purpose)}, {stage},",
        short_of_money,
        "channel_eligibility",
    ),
    "channel_pays_at_most": Demand(
        "conflict.channel_share",
        1.5,
        lambda lack, grant, stage: f"The largest share of {granted(grant)} leaves {usd(lack)} unpaid in {stage}.",
        lambda grant, stage: f"the largest share of {granted(grant)} in {stage}",
        short_of_money,
        "channel_shares",
    ),
    "channel_pays_at_least": Demand(
        "conflict.channel_share",
        1.5,
        lambda lack, grant, stage: f"The smallest share of {granted(grant)} asks for {usd(lack)} too much in {stage}.",
        lambda grant, stage: f"the smallest share of {granted(grant)} in {stage}",
        short_of_money,
        "channel_shares",
    ),
    "running_costs_covered": Demand(
        "conflict.running_costs",
        10.0,
        lambda lack, account, stage: f"Tariffs and subsidies of {account} lack {usd(lack)} a year in {stage}.",
        lambda account, stage: f"the tariffs and subsidies of {account} in {stage}",
        lambda thousand: f"{usd(thousand)} a year short",
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
        lambda lack, source, period: f"The source {source} yields {water(lack)} too little in {spelt(period)}.",
        lambda source, period: f"the yield of {source} in {spelt(period)}",
        short_of_water,
        "source_yields",
    ),
    "licence": in_a_year(
        "conflict.licence",
        "The licence of {0} is {lack} too small in {1}, {2}.",
        "the licence of {0} in {1}, {2}",
        "sources",
    ),
    "sustainable_groundwater": in_a_year(
        "conflict.groundwater",
        "The aquifer {0} gives {lack} too little in {1}, {2}.",
        "the sustainable yield of {0} in {1}, {2}",
        "aquifers",
    ),
    "administration_licence": in_a_year(
        "conflict.administration_licence",
        "The licence of the administration {0} is {lack} too small in {1}, {2}.",
        "the licence of the administration {0} in {1}, {2}",
        "administration_licences",
    ),
    "water_stress": in_a_year(
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
        lambda lack, reach, period: f"The environmental flow of {reach} leaves {water(lack)} too little in {spelt(period)}.",
        lambda reach, period: f"the environmental flow kept at {reach} in {spelt(period)}",
        short_of_water,
        "environmental_flow",
    ),
    "smallest_delivery": Demand(
        "conflict.use",
        0.5,
        lambda lack, use, period: f"What must be delivered to {use} asks for {water(lack)} too much in {spelt(period)}.",
        lambda use, period: f"what must be delivered to {use} in {spelt(period)}",
        short_of_water,
        "use_priorities",
    ),
    "downstream_obligation": Demand(
        "conflict.obligation",
        1.0,
        lambda lack, obligation, period: f"The flow owed by {obligation} leaves {water(lack)} too little in {spelt(period)}.",
        lambda obligation, period: f"the flow owed downstream by {obligation} in {spelt(period)}",
        short_of_water,
        "obligations",
    ),
    "short_is_counted": Demand(
        "conflict.assurance",
        1.0,
        lambda lack, short: (
            f"For the assurance asked for, {short.split(':')[0]} lacks {water(lack)} in {spelt(short.split(':')[1])}."
        ),
        lambda short: f"the assurance asked for in {short.split(':')[0]} in {spelt(short.split(':')[1])}",
        short_of_water,
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
    "mixed_quality": Demand(
        "conflict.quality",
        0.9,
        lambda lack, blend, period: (
            f"What {_train(blend)} mixes has too much {_parameter(blend)} in {spelt(period)}: {water(lack)} of clean water would "
            "dilute it."
        ),
        lambda blend, period: f"the guideline value of {_parameter(blend)} in what {_train(blend)} mixes in {spelt(period)}",
        lambda lack: f"{water(lack)} of clean water short to dilute it",
        "source_quality",
    ),
    "reach_bears": Demand(
        "conflict.load",
        5.0,
        lambda lack, limit, period: (
            f"{limit.split(':')[0]} bears {lack:,.3g} kg/day of {limit.split(':')[1]} too little in {spelt(period)}."
        ),
        lambda limit, period: f"the {limit.split(':')[1]} that {limit.split(':')[0]} bears in {spelt(period)}",
        lambda lack: f"{lack:,.3g} kg/day too much",
        "load_limits",
    ),
    "village_storage": Demand(
        "conflict.storage",
        50.0,
        lambda lack, village, stage: f"Tanks of {village} can hold {lack:,.3g} m³ too little in {stage}.",
        lambda village, stage: f"the hours of storage asked for in {village} in {stage}",
        lambda lack: f"{lack:,.3g} m³ short",
        "village_storage",
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
    0.4,
    lambda lack, title, row: f"The rule {title!r} is missed by {lack:,.6g} at {row}.",
    lambda title, row: f"the rule {title!r} at {row}",
    lambda lack: f"{lack:,.6g} short",
)


def _amount_of_bound(lack: float, objective: str) -> str:
    if objective == "cost":
        return usd(lack)
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
