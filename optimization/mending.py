"""What would mend what lacks, as a scenario's changes: more money, more water, less kept, by a factor over what lacks."""

import math
from collections.abc import Callable, Iterable

from optimization.conflicts import Lack
from planner.basin import Basin
from planner.scenario.change import AddRows, Cell, Change, SetValues, Where
from planner.scenario.resolved import ResolvedScenario


def mending(scenario: ResolvedScenario, lacking: Iterable[Lack], factor: float) -> tuple[tuple[Change, ...], list[str]]:
    """The changes that give everything that lacks `factor` times over, and what they do in words; none for floors."""
    largest: dict[tuple[str, ...], Lack] = {}
    for lack in lacking:
        key = (lack.demand.code, *_place(lack))
        if lack.demand.code in _MENDED and (key not in largest or largest[key].amount < lack.amount):
            largest[key] = lack
    made = [_MENDED[lack.demand.code](scenario, lack, factor) for lack in largest.values()]
    return tuple(change for changes, _ in made for change in changes), [words for _, words in made]


def mended_by_data(lack: Lack) -> bool:
    """Whether a change of the basin can give what lacks."""
    return lack.demand.code in _MENDED


def _place(lack: Lack) -> tuple[str, ...]:
    """What one change can mend: stages and members of a season are one, but money has its stage."""
    if lack.demand.code == "conflict.quality":
        return (lack.names[0].split(":")[1],)
    if lack.demand.code in ("conflict.channel", "conflict.running_costs"):
        return lack.names
    if lack.demand.code in ("conflict.environmental_flow", "conflict.obligation"):
        return (lack.names[0], lack.names[1].split("/")[1])
    return lack.names[:1]


Made = tuple[tuple[Change, ...], str]


def _rounded(amount: float) -> float:
    """Up to two digits, as one would write it into a budget."""
    size = 10.0 ** (math.floor(math.log10(max(amount, 1e-9))) - 1)
    return round(math.ceil(amount / size) * size, 6)


def _cell(basin: Basin, table: str, column: str, **where: str) -> float | None:
    """The number in the one row that these columns name; None where there is no such row or no number."""
    rows = basin.tables[table]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    cells = rows[column].dropna()
    return float(cells.iloc[0]) if len(cells) else None


def _more_money(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    channel, stage = lack.names
    more = _rounded(1000 * lack.amount * factor)
    present = _cell(scenario.basin, "channel_amounts", "amount_usd", channel=channel, stage=stage)
    words = f"let {channel} offer {more:,.0f} USD more in {stage}"
    if present is None:
        return (AddRows(table="channel_amounts", add=({"channel": channel, "stage": stage, "amount_usd": more},)),), words
    where: Where = {"channel": channel, "stage": stage}
    return (SetValues(table="channel_amounts", where=where, set={"amount_usd": present + more}),), words


def _may_pay(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    category, account = lack.names[0].split(":")
    amounts = scenario.basin.tables["channel_amounts"]
    channel = str(amounts.groupby("channel")["amount_usd"].sum().idxmax())
    row: dict[str, Cell] = {"channel": channel, "category": category, "administration": account}
    return (AddRows(table="channel_eligibility", add=(row,)),), f"let {channel} pay for {category} in {account}"


def _subsidise(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    account, stage = lack.names
    more = _rounded(1000 * lack.amount * factor)
    row: dict[str, Cell] = {
        "subsidy": f"way_out_{account}",
        "stage": stage,
        "administration": account,
        "amount_usd_per_year": more,
    }
    words = f"subsidise the running costs of {account} in {stage} by {more:,.0f} USD a year"
    return (AddRows(table="subsidies", add=(row,)),), words


def _more_operators(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    account, more = lack.names[0], math.ceil(lack.amount * factor)
    present = _cell(scenario.basin, "operators_present", "present_operators", administration=account)
    words = f"find {more:,.0f} operators more for {account}"
    if present is None:
        row: dict[str, Cell] = {"administration": account, "present_operators": float(more)}
        return (AddRows(table="operators_present", add=(row,)),), words
    change = SetValues(table="operators_present", where={"administration": account}, set={"present_operators": present + more})
    return (change,), words


def _more_yield(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    source, (_, season, member) = lack.names[0], lack.names[1].split("/")
    yields = scenario.basin.tables["source_yields"]
    yields = yields[yields["source"] == source].astype({"season": str, "member": str})
    present = _cell(scenario.basin, "source_yields", "yield_m3_per_day", source=source, season=season, member=member) or 0.0
    wanted = present + _rounded(lack.amount * factor)
    # The period that binds stands for others: what it gets, they must have too.
    less = yields[yields["yield_m3_per_day"] < wanted]
    changes = tuple(
        SetValues(table="source_yields", where={"source": source, "season": at, "member": of}, set={"yield_m3_per_day": wanted})
        for at, of in zip(less["season"], less["member"], strict=True)
    )
    return changes, f"find {wanted:,.4g} m³/day at {source} in every season of every member"


def _larger_licence(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    more = _rounded(1000 * lack.amount * factor)
    present = _cell(scenario.basin, "sources", "licence_m3_per_year", source=lack.names[0]) or 0.0
    change = SetValues(table="sources", where={"source": lack.names[0]}, set={"licence_m3_per_year": present + more})
    return (change,), f"license {more:,.0f} m³/year more at {lack.names[0]}"


def _larger_administration_licence(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    administration = lack.names[0]
    more = _rounded(1000 * lack.amount * factor)
    table = scenario.basin.tables["administration_licences"]
    licensed = table[table["administration"] == administration].astype({"stage": str})
    changes = tuple(
        SetValues(
            table="administration_licences",
            where={"administration": administration, "stage": stage},
            set={"licence_m3_per_year": float(present) + more},
        )
        for stage, present in zip(licensed["stage"], licensed["licence_m3_per_year"], strict=True)
    )
    return changes, f"license {more:,.0f} m³/year more to {administration}"


def _more_groundwater(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    aquifer = lack.names[0]
    more = _rounded(1000 * lack.amount * factor)
    present = _cell(scenario.basin, "aquifers", "sustainable_yield_m3_per_year", aquifer=aquifer) or 0.0
    change = SetValues(table="aquifers", where={"aquifer": aquifer}, set={"sustainable_yield_m3_per_year": present + more})
    return (change,), f"replenish {aquifer} by {more:,.0f} m³/year"


def _cleaner_sources(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    parameter = lack.names[0].split(":")[1]
    tables = scenario.basin.tables
    guideline = _cell(scenario.basin, "parameters", "guideline_value", parameter=parameter) or 0.0
    quality = tables["source_quality"]
    above = quality[(quality["parameter"] == parameter) & quality["value"].gt(guideline)]
    changes = tuple(
        SetValues(table="source_quality", where={"parameter": parameter, "source": str(source)}, set={"value": guideline})
        for source in dict.fromkeys(above["source"])
    )
    return changes, f"bring {parameter} of the sources that have more down to its guideline value of {guideline:g}"


def _bear_more(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    reach, load = lack.names[0].split(":")
    present = _cell(scenario.basin, "load_limits", "bearable_kg_per_day", reach=reach, load=load) or 0.0
    allowed = present + _rounded(lack.amount * factor)
    where: Where = {"reach": reach, "load": load}
    change = SetValues(table="load_limits", where=where, set={"bearable_kg_per_day": allowed})
    return (change,), f"let {reach} bear {allowed:,.3g} instead of {present:,.3g} kg/day of {load}"


def _keep_less(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    reach, season = _place(lack)
    kept = scenario.river.environmental_flow_m3_per_day[scenario.basin.tables["reaches"]["reach"].tolist().index(reach)]
    here = float(kept[scenario.horizon.seasons.get_loc(season)].min())
    left = math.floor(max(here - factor * lack.amount, 0.0))
    change = SetValues(
        table="environmental_flow", where={"reach": reach, "season": season}, set={"environmental_flow_m3_per_day": float(left)}
    )
    return (change,), f"keep {left:,.0f} instead of {here:,.0f} m³/day in {reach} in {season}"


def _owe_less(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    obligation, season = _place(lack)
    owed = scenario.river.obligation_m3_per_day[scenario.river.obligations.get_loc(obligation)]
    here = float(owed[scenario.horizon.seasons.get_loc(season)].min())
    left = math.floor(max(here - factor * lack.amount, 0.0))
    where: Where = {"obligation": obligation, "season": season}
    change = SetValues(table="obligations", where=where, set={"flow_m3_per_day": float(left)})
    return (change,), f"owe {left:,.0f} instead of {here:,.0f} m³/day by {obligation} in {season}"


def _deliver_less(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    use, season = lack.names[0], lack.names[1].split("/")[1]
    river = scenario.river
    wanted = float(river.use_demand_m3_per_day[river.uses.get_loc(use), scenario.horizon.seasons.get_loc(season)])
    less = factor * lack.amount / max(wanted, 1e-9)
    columns = ("smallest_share", "smallest_share_in_stress")
    present = {column: _cell(scenario.basin, "use_priorities", column, use=use) or 0.0 for column in columns}
    left: dict[str, Cell] = {column: math.floor(1000 * max(share - less, 0.0)) / 1000 for column, share in present.items()}
    words = f"deliver {left['smallest_share']:.1%} instead of {present['smallest_share']:.1%} at least to {use}"
    return (SetValues(table="use_priorities", where={"use": use}, set=left),), words


def _more_stress(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    sub_basin, stress = lack.names[0], scenario.water_stress
    at = stress.sub_basins.get_loc(sub_basin)
    present = 100 * float(stress.largest_share[at])
    more = 100_000 * lack.amount * factor / max(float(stress.available_m3_per_year[at]), 1e-9)
    allowed = math.ceil(100 * (present + more)) / 100
    change = SetValues(table="sub_basins", where={"sub_basin": sub_basin}, set={"largest_water_stress_percent": allowed})
    return (change,), f"let water stress be up to {allowed:,.2f} instead of {present:,.2f} percent in {sub_basin}"


def _larger_works(scenario: ResolvedScenario, lack: Lack, factor: float) -> Made:
    size = _rounded(lack.amount * factor)
    column = "option" if lack.family == "train_capacity" else "place"
    change = SetValues(table="options", where={column: lack.names[0]}, set={"capacity_m3_per_day": size})
    return (change,), f"offer {size:,.3g} m³/day of capacity at {lack.names[0]}"


_MENDED: dict[str, Callable[[ResolvedScenario, Lack, float], Made]] = {
    "conflict.channel": _more_money,
    "conflict.eligibility": _may_pay,
    "conflict.running_costs": _subsidise,
    "conflict.operators": _more_operators,
    "conflict.source": _more_yield,
    "conflict.licence": _larger_licence,
    "conflict.administration_licence": _larger_administration_licence,
    "conflict.groundwater": _more_groundwater,
    "conflict.quality": _cleaner_sources,
    "conflict.load": _bear_more,
    "conflict.environmental_flow": _keep_less,
    "conflict.obligation": _owe_less,
    "conflict.water_stress": _more_stress,
    "conflict.use": _deliver_less,
    "conflict.capacity": _larger_works,
}
