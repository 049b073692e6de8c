"""Plans written down by hand, for pages and comparisons that need no solver."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.audit.check import Audit, AuditCheck
from planner.plan.plan import Plan
from planner.plan.tables import columns
from planner.scenario.scenario import Scenario

PASSED = AuditCheck("water.balance", "Water balances", True, 0.0, 1e-3, "m³/day", "", 0)

PlanOnPaper = Callable[..., Plan]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-databases", action="store_true", help="Try the whole service on SQLite and on PostgreSQL.")


def every(basin: Basin, **tables: str) -> pd.DataFrame:
    """Every combination of the identifiers of several tables."""
    frame = pd.DataFrame({"_": [0]})
    for column, table in tables.items():
        frame = frame.merge(basin.tables[table].iloc[:, :1].set_axis([column], axis=1), how="cross")
    return frame.drop(columns="_")


def service(basin: Basin, raised: float, mode: str) -> pd.DataFrame:
    """Everybody as before, but a share of each group in a village moved to one mode from the first stage on."""
    people = basin.tables["baseline"].merge(basin.tables["population"], on=["village", "group"])
    people = people.assign(persons=people["share"] * people["persons"])[["village", "group", "mode", "persons"]]
    moved = people.groupby(["village", "group"], as_index=False)["persons"].sum().assign(mode=mode)
    both = pd.concat([
        people.assign(persons=people["persons"] * (1 - raised)), moved.assign(persons=moved["persons"] * raised)
    ])  # fmt: skip
    summed = both.groupby(["village", "group", "mode"], as_index=False)["persons"].sum()
    summed = summed.merge(basin.tables["modes"][["mode", "rung"]], on="mode").merge(every(basin, stage="stages"), "cross")
    return summed[summed["persons"] > 0]


def investments(basin: Basin, options: Sequence[str]) -> pd.DataFrame:
    """Options that are built in the first stage and serve in all."""
    frame = every(basin, option="options", stage="stages")
    frame = frame[frame["option"].isin(options)].merge(
        basin.tables["options"][["option", "capex_usd", "capacity_m3_per_day", "fixed_om_usd_per_year"]], on="option"
    )
    first = frame["stage"] == basin.tables["stages"]["stage"].iloc[0]
    return pd.DataFrame({
        "option": frame["option"], "stage": frame["stage"], "serves": True, "count": 1,
        "capacity_m3_per_day": frame["capacity_m3_per_day"].fillna(0.0),
        "capital_usd": frame["capex_usd"].where(first, 0.0),
        "running_cost_usd_per_year": frame["fixed_om_usd_per_year"],
    })  # fmt: skip


def river(basin: Basin, taken: float) -> pd.DataFrame:
    """Each reach by its own inflow alone, less a share that is taken."""
    frame = every(basin, stage="stages").merge(basin.tables["inflow"], "cross")
    asked = basin.tables["environmental_flow"][["reach", "season", "environmental_flow_m3_per_day"]]
    frame = frame.merge(asked, how="left", on=["reach", "season"]).rename(columns={"inflow_m3_per_day": "natural_m3_per_day"})
    natural = frame["natural_m3_per_day"]
    required = frame["environmental_flow_m3_per_day"].fillna(0.0).clip(upper=natural)
    outflow = natural * (1 - taken)
    figures = {"outflow_m3_per_day": outflow, "required_m3_per_day": required}
    return frame.assign(**figures, deficit_m3_per_day=(required - outflow).clip(lower=0.0))


def money(basin: Basin, capital: float, running: float) -> dict[str, pd.DataFrame]:
    """One payer of everything, in the first stage."""
    account = basin.tables["administrations"]["administration"].iloc[0]
    balances = basin.tables["channel_amounts"].rename(columns={"amount_usd": "offered_usd"})
    costs = pd.DataFrame({
        "item": ["capital", "running", "residual"], "category": basin.tables["categories"]["category"].iloc[0],
        "account": account, "present_value_usd": [capital, running * 10, capital / 10],
    })  # fmt: skip
    covered = every(basin, stage="stages").assign(account=account, running_cost_usd_per_year=running)
    return {
        "channel_balances": balances.assign(spent_usd=[capital, *[0.0] * (len(balances) - 1)], carried_usd=0.0),
        "costs": costs,
        "running_costs": covered.assign(tariffs_usd_per_year=running * 0.75, subsidies_usd_per_year=running * 0.25),
    }


def objectives(value: float, bound: float | None) -> pd.DataFrame:
    row = {"objective": "cost", "order": 1, "value": value, "bound": bound, "unit": "USD of the base year"}
    return pd.DataFrame([row]).astype({"bound": float})


@pytest.fixture
def plan_on_paper() -> PlanOnPaper:
    """A function that writes a plan of any basin down: consistent enough for pages, not for the audit."""

    def make(
        basin: Basin,
        *,
        raised: float = 0.0,
        mode: str | None = None,
        options: Sequence[str] = (),
        running: float = 1000.0,
        taken: float = 0.01,
        bound_share: float | None = 1.0,
        status: str = "optimal",
        checks: tuple[AuditCheck, ...] = (PASSED,),
        scenario: Mapping[str, Any] | None = None,
        **tables: pd.DataFrame,
    ) -> Plan:
        best = basin.tables["modes"].sort_values("rung")["mode"].iloc[-1]
        built = investments(basin, options)
        capital = float(built["capital_usd"].sum())
        cost = 0.9 * capital + 10 * running
        made = {
            "investments": built,
            "service": service(basin, raised, mode or best),
            "river": river(basin, taken),
            "objectives": objectives(cost, None if bound_share is None else cost * bound_share),
            **money(basin, capital, running),
            **tables,
        }
        ordered = {name: frame[[c.name for c in columns(name)]].reset_index(drop=True) for name, frame in made.items()}
        parsed = Scenario.from_dict({"name": "on_paper", "title": "On paper", **(scenario or {})})
        return Plan(basin, parsed, status, ordered, Audit(checks), {"seconds": 1.5}, "0" * 64)

    return make
