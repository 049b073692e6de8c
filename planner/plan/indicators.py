"""The figures by which plans are compared: each says its unit and which direction is better."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit.facts import Facts
from planner.plan.audit.people import reached
from planner.plan.titles import Titles, readable

Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True)
class Indicator:
    """One figure of a plan. `group` is its subject: people, groups, money, river, works."""

    name: str
    title: str
    value: float
    unit: str
    better: Better
    group: str


class PlanTables(Protocol):
    """What indicators are computed from: a plan, or anything with its basin and its tables."""

    @property
    def basin(self) -> Basin: ...

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...


def indicators(plan: PlanTables) -> list[Indicator]:
    """All indicators of a plan, subject by subject, from its tables and its basin alone.

    Flows are expected over the design members, shortage over the stress members; figures without a stage in their name
    are means over the stages weighted by their years.
    """
    reader = _Reader(plan)
    return [*_people(reader), *_groups(reader), *_money(reader), *_river(reader), *_works(reader)]


class _Reader:
    """A plan's tables with the stages, seasons and members of its basin."""

    def __init__(self, plan: PlanTables) -> None:
        self.basin, self.tables = plan.basin, plan.tables
        self.facts = Facts.of(plan.basin)
        self.titles = Titles(plan.basin)
        stages = plan.basin.tables["stages"]["stage"]
        self.stages = [(str(stage), self.titles.of("stages", stage)) for stage in stages]
        self.stage_share = pd.Series(self.facts.horizon.stage_weight, index=stages)

    def by_stage(self, table: str, column: str) -> pd.Series:
        """Sums of a column in every stage."""
        frame = self.tables[table]
        return frame.groupby("stage")[column].sum().reindex(self.stage_share.index, fill_value=0.0)

    def volume_per_year(self, table: str, column: str, kind: str = "design") -> pd.Series:
        """Expected m³ a year of each row of a table of flows, as its part in a mean over the stages."""
        frame, basin = self.tables[table], self.basin.tables
        members = basin["members"].set_index("member")
        counted = members["probability"].where((members["kind"] == kind).to_numpy(bool), 0.0)
        days = basin["seasons"].set_index("season")["days"]
        return (
            frame[column]
            * frame["season"].map(days).astype(float)
            * frame["member"].map(counted).astype(float)
            * frame["stage"].map(self.stage_share).astype(float)
        )


def _people(reader: _Reader) -> Iterator[Indicator]:
    modes = reader.basin.tables["modes"]
    before = reached(reader.facts.people.before, reader.facts.people.rung).sum(axis=(0, 1))
    service = reader.tables["service"]
    everybody = reader.by_stage("service", "persons").to_numpy()
    piped = service["mode"].isin(modes.loc[modes["grade"] != "none", "mode"])
    for number, (stage, title) in enumerate(reader.stages):
        here = service["stage"] == stage
        for rung in range(1, 6):
            now = float(service["persons"][here & (service["rung"] >= rung)].sum())
            name = f"people_at_rung_{rung}_or_above_{stage}"
            said = f"People at rung {rung} or above, {title}"
            yield Indicator(name, said, now, "persons", "higher", "people")
            yield Indicator(f"{name}_if_nothing_is_built", f"{said}, if nothing is built",
                            float(before[number, rung]), "persons", "neither", "people")  # fmt: skip
        safe = float(service["persons"][here & (service["rung"] >= 4)].sum())
        present = float(everybody[number])
        yield Indicator(f"share_at_rung_4_or_above_{stage}", f"Share of the people at rung 4 or above, {title}",
                        safe / present if present > 0 else 0.0, "share", "higher", "people")  # fmt: skip
        yield Indicator(f"people_on_pipes_{stage}", f"People on piped water, {title}",
                        float(service["persons"][here & piped].sum()), "persons", "neither", "people")  # fmt: skip
    floors = reader.tables["floors"]
    for floor, rows in floors.groupby("floor"):
        missed = float((rows["missed_persons"] * rows["stage"].map(reader.stage_share).astype(float)).sum())
        yield Indicator(f"floor_{floor}_missed", f"People missed by floor {floor}", missed, "persons", "lower",
                        "people")  # fmt: skip


def _groups(reader: _Reader) -> Iterator[Indicator]:
    """By population group: counts at each rung, and how far apart the groups are."""
    service, groups = reader.tables["service"], reader.basin.tables["groups"]["group"]
    for stage, title in reader.stages:
        here = service[service["stage"] == stage]
        everybody = here.groupby("group")["persons"].sum().reindex(groups, fill_value=0.0)
        for rung in range(1, 6):
            counted = here[here["rung"] >= rung].groupby("group")["persons"].sum().reindex(groups, fill_value=0.0)
            for group, persons in counted.items():
                yield Indicator(f"{group}_at_rung_{rung}_or_above_{stage}",
                                f"{reader.titles.of('groups', group)} at rung {rung} or above, {title}",
                                float(persons), "persons", "higher", "groups")  # fmt: skip
            if rung == 4:
                share = (counted / everybody)[everybody > 0]
                apart = float(share.max() - share.min()) if len(share) else 0.0
                yield Indicator(f"gap_between_groups_at_rung_4_{stage}",
                                f"Gap between groups in the share at rung 4 or above, {title}", apart,
                                "share", "lower", "groups")  # fmt: skip


def _money(reader: _Reader) -> Iterator[Indicator]:
    costs = reader.tables["costs"]
    value = costs.groupby("item")["present_value_usd"].sum().reindex(["capital", "running", "residual"], fill_value=0.0)
    worth = "USD of the base year"
    cost = float(value["capital"] + value["running"] - value["residual"])
    yield Indicator("cost", "Cost: present value of capital and running costs less what is left at the end", cost,
                    worth, "lower", "money")  # fmt: skip
    yield Indicator("cost_capital", "Present value of capital", float(value["capital"]), worth, "lower", "money")
    yield Indicator("cost_running", "Present value of running costs", float(value["running"]), worth, "lower", "money")
    yield Indicator("cost_residual", "Present value of what is left at the end", float(value["residual"]), worth,
                    "neither", "money")  # fmt: skip
    by_stage = {
        "capital": ("Capital paid", reader.by_stage("finance", "amount_usd"), "USD", "lower"),
        "running_cost": ("Running cost", reader.by_stage("running_costs", "running_cost_usd_per_year"),
                         "USD/year", "lower"),
        "tariffs": ("Tariffs", reader.by_stage("running_costs", "tariffs_usd_per_year"), "USD/year", "neither"),
        "subsidies": ("Subsidies", reader.by_stage("running_costs", "subsidies_usd_per_year"), "USD/year", "lower"),
    }  # fmt: skip
    for name, (said, sums, unit, better) in by_stage.items():
        for stage, title in reader.stages:
            yield Indicator(f"{name}_{stage}", f"{said}, {title}", float(sums[stage]), unit, better, "money")  # type: ignore[arg-type]
    spent = reader.tables["channel_balances"].groupby("channel")["spent_usd"].sum()
    for channel in reader.basin.tables["channels"]["channel"]:
        yield Indicator(f"paid_by_{channel}", f"Paid by {reader.titles.of('channels', channel)}",
                        float(spent.get(channel, 0.0)), "USD", "neither", "money")  # fmt: skip


def _river(reader: _Reader) -> Iterator[Indicator]:
    river, unmet = reader.tables["river"], reader.volume_per_year("use_deliveries", "unmet_m3_per_day")
    per_year = "m³/year"
    yield Indicator("environmental_flow_deficit", "What the river lacks of its environmental flow",
                    float(reader.volume_per_year("river", "deficit_m3_per_day").sum()), per_year, "lower",
                    "river")  # fmt: skip
    asked = river[river["required_m3_per_day"] > 0]
    kept = np.minimum(1.0, asked["outflow_m3_per_day"] / asked["required_m3_per_day"])
    yield Indicator("environmental_flow_kept", "Least share of its environmental flow that a reach keeps",
                    float(kept.min()) if len(kept) else 1.0, "share", "higher", "river")  # fmt: skip
    yield Indicator("obligation_shortfall", "What those downstream are owed and miss",
                    float(reader.volume_per_year("obligation_flows", "shortfall_m3_per_day").sum()), per_year, "lower",
                    "river")  # fmt: skip
    yield Indicator("other_uses_unmet", "What other uses want and do not get", float(unmet.sum()), per_year, "lower",
                    "river")  # fmt: skip
    price = reader.basin.tables["other_uses"].set_index("use")["value_usd_per_m3"]
    lost = float((unmet * reader.tables["use_deliveries"]["use"].map(price).astype(float)).sum())
    yield Indicator("other_uses_lost", "Value that other uses lose", lost, "USD/year", "lower", "river")
    for column, said in (("shortage", "Piped water done without in stress members"),
                         ("hauled", "Water hauled in stress members")):  # fmt: skip
        volume = reader.volume_per_year("shortage", f"{column}_m3_per_day", kind="stress")
        yield Indicator(f"water_{column}", said, float(volume.sum()), per_year, "lower", "river")


def _works(reader: _Reader) -> Iterator[Indicator]:
    built = reader.tables["investments"]
    built = built[built["serves"].astype(bool)].drop_duplicates("option")
    kinds = reader.basin.tables["options"].set_index("option")["kind"]
    kind_built = built["option"].map(kinds)
    for kind in ("source_development", "treatment", "conveyance"):
        built_of_kind = float((kind_built == kind).sum())
        yield Indicator(f"built_{kind}", f"Works built: {readable(kind)}", built_of_kind, "works", "neither",
                        "works")  # fmt: skip
    followed = reader.tables["village_plans"]
    changed = followed[followed["service_plan"] != "as_before"].groupby("stage")["village"].nunique()
    reaching = _villages_with_pipes(reader)
    for stage, title in reader.stages:
        yield Indicator(f"villages_changed_{stage}", f"Villages with something new, {title}",
                        float(changed.get(stage, 0)), "villages", "neither", "works")  # fmt: skip
        yield Indicator(f"villages_piped_{stage}", f"Villages that get water through the network, {title}",
                        float(reaching.get(stage, 0)), "villages", "neither", "works")  # fmt: skip


def _villages_with_pipes(reader: _Reader) -> pd.Series:
    """How many villages water flows to, stage by stage."""
    links, flows = reader.basin.tables["links"].set_index("link")["to_node"], reader.tables["flows"]
    to = flows["link"].map(links)
    arriving = to.isin(reader.basin.tables["villages"]["village"]) & (flows["flow_m3_per_day"] > 1e-6)
    return to[arriving].groupby(flows["stage"][arriving]).nunique()
