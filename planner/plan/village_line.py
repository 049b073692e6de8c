"""What a plan means for one village: who is served how, from where, at what cost, and what a drought does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.plan.derived import accounts_of
from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.village_service import RUNGS, persons_before, persons_in_stage, typical_rung


@dataclass(frozen=True)
class VillageSupply:
    """Where piped water of a village comes from in a stage: titles of sources, treatment sites and trains."""

    sources: list[str]
    sites: list[str]
    trains: list[str]


@dataclass(frozen=True)
class VillageDrought:
    """The worst season of a stress member in a stage: what is missing of piped water, and what is hauled, in m³/day."""

    member: str
    season: str
    shortage_m3_per_day: float
    hauled_m3_per_day: float


@dataclass(frozen=True)
class VillageTariff:
    """What a group pays for its water in a stage, and the income of those who pay, in USD/year."""

    group: str
    tariff_usd_per_year: float
    income_usd_per_year: float


@dataclass(frozen=True)
class VillageMode:
    """Persons of a stage on a mode of service."""

    mode: str
    rung: int
    persons: float


@dataclass(frozen=True)
class VillageAsset:
    """What stands in the village in a stage, and the capital that is paid for it there, in USD."""

    asset: str
    units: float
    capital_usd: float


@dataclass(frozen=True)
class VillageStage:
    """A village in a stage. `persons_by_rung` counts rungs 0 to 5; risk and assurance are None where the plan has none."""

    stage: str
    title: str
    persons_by_rung: list[float]
    typical_rung: int
    capital_usd: float
    running_cost_usd_per_year: float
    assurance_share: float | None
    risk_band: str | None
    risk_worst_points: int | None
    drought: VillageDrought | None
    supply: VillageSupply
    modes: list[VillageMode]
    assets: list[VillageAsset]
    tariffs: list[VillageTariff]


@dataclass(frozen=True)
class VillagePayer:
    """A channel, and the capital that it pays in the village's account over all stages, in USD."""

    channel: str
    amount_usd: float


@dataclass(frozen=True)
class VillageLine:
    """A plan, read by one village. Names are titles, but for `village`, `account` and stages, by which one asks on.

    Money is in USD at prices of `base_year`.
    """

    village: str
    title: str
    administration: str
    account: str
    account_title: str
    persons_by_rung_before: list[float]
    typical_rung_before: int
    base_year: int
    stages: list[VillageStage]
    payers: list[VillagePayer]


def village_line(plan: Plan, village: str) -> VillageLine:
    """What a plan says about a village. Raises KeyError for a village that the basin has not."""
    titles = Titles(plan.basin)
    administrations = plan.basin.tables["villages"].set_index("village")["administration"]
    administration = str(administrations[village])
    account = str(accounts_of(plan.basin)[administration])
    before = persons_before(plan.basin, plan.scenario.policy).loc[[village]]
    finance = plan.tables["finance"]
    paid = finance[finance["account"] == account].groupby("channel")["amount_usd"].sum().sort_values(ascending=False)
    own = _own_rows(plan, village)
    stages = plan.basin.tables["stages"]["stage"].astype(str)
    return VillageLine(
        village=village,
        title=titles.of("villages", village),
        administration=titles.of("administrations", administration),
        account=account,
        account_title=titles.of("administrations", account),
        persons_by_rung_before=_rungs(before),
        typical_rung_before=int(typical_rung(before).iloc[0]),
        base_year=plan.basin.settings.base_year,
        stages=[_stage(plan, village, stage, own, titles) for stage in stages],
        payers=[VillagePayer(titles.of("channels", name), float(usd)) for name, usd in paid.items() if usd > 0],
    )


def _own_rows(plan: Plan, village: str) -> Mapping[str, pd.DataFrame]:
    """The rows about the village of each table that has a column of villages."""
    return {name: table[table["village"] == village] for name, table in plan.tables.items() if "village" in table.columns}


def _rungs(persons: pd.DataFrame) -> list[float]:
    return [float(persons.iloc[0][rung]) for rung in RUNGS]


def _stage(plan: Plan, village: str, stage: str, own: Mapping[str, pd.DataFrame], titles: Titles) -> VillageStage:
    now = {name: table[table["stage"] == stage] for name, table in own.items() if "stage" in table.columns}
    persons = persons_in_stage(plan.basin, {"service": own["service"]}, stage).loc[[village]]
    assets = now["village_assets"]
    modes = now["service"].groupby(["mode", "rung"], sort=False)["persons"].sum().reset_index()
    return VillageStage(
        stage=stage,
        title=titles.of("stages", stage),
        persons_by_rung=_rungs(persons),
        typical_rung=int(typical_rung(persons).iloc[0]),
        capital_usd=float(assets["capital_usd"].sum()),
        running_cost_usd_per_year=float(assets["running_cost_usd_per_year"].sum()),
        assurance_share=_first(now["assurance"], "assurance_share"),
        risk_band=_first(now["risk"], "band"),
        risk_worst_points=_first(now["risk"], "worst_points"),
        drought=_drought(now["shortage"], titles),
        supply=_supply(plan, village, stage, titles),
        modes=[
            VillageMode(titles.of("modes", row["mode"]), int(row["rung"]), float(row["persons"]))
            for row in modes.sort_values("rung", ascending=False, kind="stable").to_dict("records")
        ],
        assets=[
            VillageAsset(titles.of("assets", row["asset"]), float(row["units"]), float(row["capital_usd"]))
            for row in assets.to_dict("records")
            if row["units"] > 0
        ],
        tariffs=[
            VillageTariff(titles.of("groups", row["group"]), float(row["tariff_usd_per_year"]), float(row["income_usd_per_year"]))
            for row in now["tariffs"].to_dict("records")
        ],
    )


def _first(rows: pd.DataFrame, column: str) -> Any:
    return rows[column].tolist()[0] if len(rows) else None


def _drought(shortage: pd.DataFrame, titles: Titles) -> VillageDrought | None:
    """The season and stress member in which most is missing or hauled; None where pipes bring all."""
    columns = ["shortage_m3_per_day", "hauled_m3_per_day"]
    lacking = shortage.groupby(["member", "season"], sort=False)[columns].sum().reset_index().to_dict("records")
    if not lacking:
        return None
    worst = max(lacking, key=lambda row: row[columns[0]] + row[columns[1]])
    return VillageDrought(
        titles.of("members", worst["member"]), titles.of("seasons", worst["season"]), *(float(worst[c]) for c in columns)
    )


def _supply(plan: Plan, village: str, stage: str, titles: Titles) -> VillageSupply:
    """Sources, sites and trains upstream of the village along links that carry water in the stage."""
    flows = plan.tables["flows"]
    flows = flows[(flows["stage"] == stage) & (flows["flow_m3_per_day"] > 0)]
    ends = plan.basin.tables["links"].set_index("link")[["from_node", "to_node"]]
    used = flows[["link", "train"]].drop_duplicates().join(ends, on="link")
    nodes, reached = [village], {village}
    trains: list[str] = []
    while nodes:
        into = used[used["to_node"].isin(nodes)]
        trains += into["train"].dropna().astype(str).tolist()
        nodes = [str(node) for node in into["from_node"].unique() if str(node) not in reached]
        reached.update(nodes)

    def named(table: str) -> list[str]:
        known = plan.basin.tables[table].iloc[:, 0].astype(str)
        return [titles.of(table, name) for name in known if name in reached]

    return VillageSupply(
        sources=named("sources"),
        sites=named("treatment_sites"),
        trains=[titles.of("trains", train) for train in dict.fromkeys(trains)],
    )
