"""The client with a real service and its worker."""

import asyncio
import shutil
from pathlib import Path

import pytest

from benchmarks.served import Served
from datasets.cases import find
from planner.basin import Basin
from rivershare_client import AsyncRivershare, Problem, Rivershare, operations
from rivershare_client.models import RunEventAnswer


@pytest.fixture
def service(served_service: Served) -> Rivershare:
    return Rivershare(served_service.address, served_service.key)


def test_from_a_case_to_a_plan(service: Rivershare) -> None:
    basin = service.basins.from_case("tutorial", name="from_case")
    scenario = service.scenarios.create(basin, "least_cost", title="Least cost")
    news: list[RunEventAnswer] = []
    run = service.runs.start(scenario, time=60).wait(news.append)
    assert run.state == "succeeded"
    assert [news[0].kind, news[-1].kind] == ["queued", "ended"]
    assert [one.sequence for one in news] == list(range(1, len(news) + 1))
    again = service.runs.start(scenario, time=60)
    assert again.id == run.id
    plan = run.plan()
    assert plan.answer.passed
    served = plan.table("service", filter=["persons:gt:0"], sort=["-persons"])
    assert len(served)
    assert served["persons"].is_monotonic_decreasing
    assert served.attrs["columns"]["persons"]["unit"] == "persons"
    indicators = plan.indicators().set_index("name")
    assert indicators.loc["cost", "better"] == "lower"
    assert "<svg" in plan.summary()


def test_a_scenario_with_branches_has_a_plan_for_each(service: Rivershare) -> None:
    basin = service.basins.from_case("tutorial", name="parted")
    branches = [{"name": name, "from_stage": "stage_2", "members": [f"{name}_year"]} for name in ("dry", "normal")]
    scenario = service.scenarios.create(basin, "parted", title="Parted", policy={"branches": branches})
    run = service.runs.start(scenario, time=60)
    plans = run.plans()
    assert list(plans) == ["dry", "normal"]
    assert run.plan().id == plans["normal"].id
    assert [plan.answer.branch.name for plan in plans.values() if plan.answer.branch] == ["dry", "normal"]
    assert [plan.title for plan in service.plans.all(basin)] == ["Parted: normal", "Parted: dry"]


def test_two_plans_side_by_side(service: Rivershare) -> None:
    basin = service.basins.from_case("tutorial", name="side_by_side")
    cheap = service.scenarios.create(basin, "cheap", title="Cheap")
    changes = [{"table": "villages", "multiply": {"elevation_m": 1.0}}]
    same = service.scenarios.create(basin, "same", title="The same", parent=cheap, changes=changes)
    plans = [service.runs.start(scenario, time=60).plan() for scenario in (cheap, same)]
    frame = service.plans.compare(plans)
    assert list(frame.columns) == ["title", "unit", "better", *(plan.title for plan in plans)]
    assert frame.loc["cost"].iloc[-1] == pytest.approx(frame.loc["cost"].iloc[-2])
    assert {plan.id for plan in plans} == {plan.id for plan in service.plans.all(basin)}


@pytest.mark.parametrize("kind", ["folder", "basin.zip", "basin.xlsx", "basin.json"])
def test_a_basin_is_uploaded_in_every_form(service: Rivershare, tmp_path: Path, kind: str) -> None:
    from planner.formats.by_suffix import write_at

    place = find("tutorial")
    if kind != "folder":
        place = tmp_path / kind
        write_at(Basin.read(find("tutorial")), place)
    assert service.basins.check(place).sound
    name = f"uploaded_{kind.replace('.', '_')}"
    made = service.basins.upload(place, name=name)
    assert service.basins.named(name).id == made.id


def test_a_basin_with_a_mistake_is_refused_with_its_findings(service: Rivershare, tmp_path: Path) -> None:
    folder = tmp_path / "basin"
    shutil.copytree(find("tutorial"), folder)
    villages = folder / "villages.csv"
    villages.write_text(villages.read_text(encoding="utf-8").replace("upper_district", "uper_district"), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        service.basins.upload(folder)
    assert caught.value.name == "unsound"
    assert any(finding["table"] == "villages" for finding in caught.value.findings)


def test_the_asynchronous_client_waits_as_well(served_service: Served) -> None:
    async def state() -> str:
        async with AsyncRivershare(served_service.address, served_service.key) as service:
            basin = await service.basins.named("tutorial")
            scenario = await service.scenarios.named(basin, "equity_first")
            run = await (await service.runs.start(scenario, time=60)).wait()
            await service.send(operations.read_run(run.id))
            return run.state

    assert asyncio.run(state()) == "succeeded"
