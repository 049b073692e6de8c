"""The true plan of a basin in which nothing is built, however large the basin is."""

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit.facts import Facts
from planner.plan.tables import ROW_OF, columns


def idle_tables(basin: Basin) -> dict[str, pd.DataFrame]:
    """The true plan in which nothing is built, with a row for every option, every link in every period, everybody."""
    facts, table = Facts.of(basin), basin.tables
    name = {key: table[f"{key}s"][key] for key in ("stage", "season", "member", "village", "group", "mode", "link")}
    periods = {key: name[key] for key in ("stage", "season", "member")}
    stage = {"stage": name["stage"]}
    persons = facts.people.before.ravel()
    service = _crossed(village=name["village"], group=name["group"], **stage, mode=name["mode"])
    service["rung"] = service["mode"].map(table["modes"].set_index("mode")["rung"])
    river = _crossed(reach=table["reaches"]["reach"], **periods)
    natural = _natural(basin)
    asked = table["environmental_flow"].set_index(["reach", "season"])["environmental_flow_m3_per_day"]
    river["natural_m3_per_day"] = natural.reindex(pd.MultiIndex.from_frame(river[["reach", "season", "member"]])).to_numpy()
    river["outflow_m3_per_day"] = river["natural_m3_per_day"]
    wanted = asked.reindex(pd.MultiIndex.from_frame(river[["reach", "season"]])).fillna(0.0).to_numpy()
    river["required_m3_per_day"] = np.minimum(wanted, river["natural_m3_per_day"])
    owed = table["obligations"].merge(_crossed(**periods), on="season")
    passing = natural.reindex(pd.MultiIndex.from_frame(owed[["reach", "season", "member"]])).to_numpy()
    owed["owed_m3_per_day"] = np.minimum(owed["flow_m3_per_day"], passing)
    uses = _crossed(use=table["other_uses"]["use"], **periods)
    demand = table["use_demand"].set_index(["use", "season"])["demand_m3_per_day"]
    uses["unmet_m3_per_day"] = demand.reindex(pd.MultiIndex.from_frame(uses[["use", "season"]])).fillna(0.0).to_numpy()
    offered = table["channel_amounts"].rename(columns={"amount_usd": "offered_usd"})
    main = table["links"]["to_node"].isin(table["treatment_sites"]["site"])
    rows = {
        "investments": _crossed(option=table["options"]["option"], **stage).assign(serves=False, count=0),
        "village_plans": _crossed(village=name["village"], **stage).assign(service_plan="as_before"),
        "service": service.assign(persons=persons)[persons > 0],
        "collection_time": _collection_time(facts),
        "assurance": _crossed(village=name["village"], **stage).assign(assurance_share=1.0, required_share=0.0, missed_share=0.0),
        "institutions": _institutions(basin),
        "flows": _crossed(link=name["link"][~main], **periods),
        "river": river,
        "obligation_flows": owed,
        "use_deliveries": uses,
        "channel_balances": offered,
        "objectives": _idle_objectives(facts),
        "member_costs": _idle_members(facts, uses),
    }
    return {table: _filled(table, rows.get(table, pd.DataFrame())) for table in ROW_OF}


def _idle_members(facts: Facts, uses: pd.DataFrame) -> pd.DataFrame:
    """Nothing runs, and nothing is missed but what other uses go without, at what it is worth."""
    table, horizon = facts.basin.tables, facts.horizon
    members = table["members"]
    worth = uses["use"].map(table["other_uses"].set_index("use")["value_usd_per_m3"])
    days = uses["season"].map(table["seasons"].set_index("season")["days"])
    dollar = uses["stage"].map(dict(zip(table["stages"]["stage"], horizon.yearly_dollar, strict=True)))
    missed = (uses["unmet_m3_per_day"] * worth * days * dollar).groupby(uses["member"]).sum()
    missed = missed.reindex(members["member"]).fillna(0.0).to_numpy(float)
    chance, design = members["probability"].to_numpy(float), (members["kind"] == "design").to_numpy(bool)
    beside = (chance[~design] @ missed[~design]) * design
    weight = np.where(design, chance, 0.0) / chance[design].sum()
    return pd.DataFrame({"member": members["member"], "weight_share": weight, "missed_usd": missed, "cost_usd": missed + beside})


def _collection_time(facts: Facts) -> pd.DataFrame:
    """Hours spent as before, none saved."""
    table = facts.basin.tables
    rows = _crossed(village=table["villages"]["village"], group=table["groups"]["group"], stage=table["stages"]["stage"])
    trips = table["modes"]["litres_per_person_per_day"] / facts.basin.settings.litres_per_collection_trip
    hours = (facts.people.before @ (trips * table["modes"]["collection_minutes"] * 365 / 60).to_numpy(float)).ravel()
    return rows.assign(hours_per_year=hours, hours_per_year_if_nothing_is_built=hours)


def _institutions(basin: Basin) -> pd.DataFrame:
    """Institutions in every stage, none served."""
    table = basin.tables["institutions"]
    rows = _crossed(institution=table["institution"], stage=basin.tables["stages"]["stage"]).assign(served=False)
    need = (table["persons"] * table["litres_per_person_per_day"] / 1000).set_axis(table["institution"])
    return rows.assign(need_m3_per_day=rows["institution"].map(need).astype(float))


def _crossed(**names: pd.Series) -> pd.DataFrame:
    return pd.MultiIndex.from_product(names.values(), names=list(names)).to_frame(index=False)


def _filled(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """All columns of a plan's table; figures that are not given are 0."""
    filled = rows.reindex(columns=[column.name for column in columns(table)])
    figures = [column.name for column in columns(table) if column.kind == "number" and column.required]
    filled[figures] = filled[figures].fillna(0.0).astype(float)
    return filled.reset_index(drop=True)


def _natural(basin: Basin) -> pd.Series:
    """Natural flow by reach, season and member: each reach's inflow handed down the river, reach by reach."""
    inflow = basin.tables["inflow"].pivot_table(
        index="reach", columns=["season", "member"], values="inflow_m3_per_day", sort=False
    )
    total = inflow.copy()
    below = basin.tables["reaches"].set_index("reach")["downstream"]
    reach, moving = below.copy(), inflow.copy()
    while reach.notna().any():
        moving = moving.reindex(reach.index[reach.notna()])
        reach = reach[reach.notna()]
        total = total.add(moving.groupby(reach.to_numpy()).sum(), fill_value=0.0)
        reach = pd.Series(below.reindex(reach).to_numpy(), index=reach.index)
    long = total.melt(ignore_index=False, value_name="natural_m3_per_day").reset_index()
    return long.set_index(["reach", "season", "member"])["natural_m3_per_day"]


def _idle_objectives(facts: Facts) -> pd.DataFrame:
    people, horizon = facts.people, facts.horizon
    weight = facts.basin.tables["groups"]["weight"].to_numpy(float)
    weighted = np.einsum("vgtm,g,t->m", people.before, weight, horizon.stage_weight)
    values = {f"below_rung_{rung}": float(weighted[people.rung < rung].sum()) for rung in range(1, 6)}
    values |= {"cost": 0.0, "environmental_flow_deficit": 0.0}
    return pd.DataFrame({"objective": list(values), "value": list(values.values())}).assign(
        order=[1 if objective == "cost" else 0 for objective in values],
        unit=[
            "USD of the base year" if objective == "cost" else "m³/year" if "flow" in objective else "persons"
            for objective in values
        ],
    )
