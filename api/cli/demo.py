"""`rivershare demo`: a service with a real basin, planned through it under its scenarios, compared, and left running."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import DONE, WRONG, Answer, CliError, answering
from api.cli.arguments import TimeOption

if TYPE_CHECKING:
    from api.cli.progress import Progress
    from api.settings import Settings
    from planner.plan.plan import Plan
    from rivershare_client import Rivershare
    from rivershare_client.models import ScenarioInList
    from rivershare_client.synchronous.runs import Run

PAGE = "summary.html"
HOME = "service"
FIRST = "least_cost"


def demo(
    case: Annotated[str, typer.Option("--case", help="Bundled case to plan.")] = "ratanakiri",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for its data and the page.")] = Path("out/demo"),
    time: TimeOption = 75.0,
    workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Left out: one less than processors.")] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", envvar="DEMO_SERVE", help="Go on serving until Ctrl-C.")] = True,
    port: Annotated[int, typer.Option("--port", envvar="DEMO_PORT", min=0, max=65535, help="0: any free one.")] = 8000,
) -> None:
    """Start a service and plan a real basin through it.

    Its scenarios are planned and compared, the summary page is written, and the service goes on until Ctrl-C, with the comparison
    open in the browser where there is one. Started again, it finds the plans that are there.
    """
    from api.cli.serve import prepare
    from api.cli.serving import own_key, running
    from api.cli.showing import show
    from api.logs import set_up_logs
    from api.settings import Settings
    from rivershare_client import Rivershare

    with answering(as_json=False) as answer:
        _demand_case(case)
        # Its workers are processes of their own, which read their settings from the environment.
        os.environ["RIVERSHARE_HOME"] = os.fspath((output / HOME).absolute())
        os.environ.setdefault("RIVERSHARE_LOG_LEVEL", "warning")
        for name in ("DATABASE_URL", "STORE_URL", "PUBLIC_URL"):
            os.environ.pop(f"RIVERSHARE_{name}", None)
        settings = Settings()
        set_up_logs(as_json=settings.json_logs, level=settings.log_level)
        prepare(settings, "")
        key = own_key(settings)
        with running(settings, port, workers or max(1, (os.cpu_count() or 2) - 1)) as address:
            with Rivershare(address, key) as client:
                runs = _planned(answer, client, case, time)
            plans = _plans_of(settings, runs)
            _tell(answer, plans, output)
            answer.say(f"Summary:            {(output / PAGE).absolute()}, one file that opens offline")
            if serve:
                comparison = f"{address}/compare?plans={','.join(str(run.answer.plan_id) for run in runs)}"
                answer.say("", f"Comparison:         {comparison}", *_places(settings, address), "Serving until Ctrl-C.")
                show(comparison)
                _until_interrupted(answer)
        raise typer.Exit(DONE if all(plan.passed for plan in plans) else WRONG)


def _demand_case(name: str) -> None:
    from datasets.cases import cases

    known = {case.name: case for case in cases()}
    if name not in known:
        raise CliError(f"There is no bundled case {name}. There are {', '.join(known)}.")
    if not known[name].scenarios:
        raise CliError(f"The case {name} has no scenarios.")


def _planned(answer: Answer, client: "Rivershare", case: str, seconds: float) -> "list[Run]":
    """The runs of all scenarios of the case, ended."""
    from api.cli.progress import Progress

    basin = client.basins.named(case)
    if not basin.open_to_public:
        client.basins.open_to_public(basin.id)  # whoever comes to the page sees the plans before signing in
    # The others are compared with the first: what they cost more than the cheapest plan is the question.
    scenarios = sorted(client.scenarios.all(basin), key=lambda scenario: (scenario.name != FIRST, scenario.name))
    with Progress(answer.err) as shown:
        started = [(scenario, client.runs.start(scenario.id, time=seconds)) for scenario in scenarios]
        return [_ended(run, scenario, shown) for scenario, run in started]


def _ended(run: "Run", scenario: "ScenarioInList", shown: "Progress") -> "Run":
    from api.cli.progress import RunNews

    shown.now(scenario.title or scenario.name)
    for event in run.events():
        if event.kind == "progress":
            shown.news(RunNews.of(event.data))
    run.refresh()
    if run.answer.plan_id is None:
        why = "there is no plan." if run.answer.outcome is None else run.answer.outcome.message
        raise CliError(f"{scenario.title or scenario.name}: {why}")
    shown.remark(f"{scenario.title or scenario.name}: {run.plan().verdict}")
    return run


def _plans_of(settings: "Settings", runs: "Sequence[Run]") -> "list[Plan]":
    from api.persistence.content import ContentStore
    from api.persistence.database import Database
    from api.persistence.models import PlanRow
    from api.services.plan_content import plan_of

    database, store = Database(settings.database, pool_size=1), ContentStore(settings.store)
    try:
        with database.reading() as session:
            return [plan_of(store, session.get_one(PlanRow, run.answer.plan_id)) for run in runs]
    finally:
        database.close()


def _tell(answer: Answer, plans: "list[Plan]", output: Path) -> None:
    from api.cli.compare import write_page
    from api.cli.plan_tables import comparison_tables
    from planner.plan.compare import compare
    from planner.reports.summary import summary_html

    if len(plans) > 1:
        answer.say(*comparison_tables(compare(plans), plans[0], every=False))
    write_page(output / PAGE, summary_html(plans))


def _places(settings: "Settings", address: str) -> list[str]:
    """Where everything else is."""
    return [
        f"Page:               {address}/ shows the basin and its plans to whoever comes",
        f"Sign in:            {address}/sign-in as {settings.administrator_email}; to set the password:",
        f"                    {_link(settings, address)}",
        f"API documentation:  {address}/docs",
    ]


def _link(settings: "Settings", address: str) -> str:
    """A one-time link, where the administrator has no password yet; else how to get one."""
    from api.persistence.database import Database
    from api.persistence.repositories import people
    from api.persistence.trail import Actor, acting
    from api.services import accounts

    database = Database(settings.database, pool_size=1)
    try:
        with database.writing() as session:
            acting(session, Actor(None, "command_line"))
            user = people.by_email(session, settings.administrator_email.lower())
            if user is None or user.password_hash is not None:
                return f"RIVERSHARE_HOME={settings.folder} rivershare user reset {settings.administrator_email}"
            _, token = accounts.reset_password(session, settings, user)
            return accounts.address_of_link(address, token)
    finally:
        database.close()


def _until_interrupted(answer: Answer) -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        answer.say("Stopping.")
