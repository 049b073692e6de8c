"""`rivershare serve`: the API, its workers and its pages in one command."""

import os
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import answering

if TYPE_CHECKING:
    from api.settings import Settings

HostOption = Annotated[str, typer.Option("--host", help="Address to listen at; 0.0.0.0: all of this machine's.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen at.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=0, max=256, help="Worker processes. Left out: one less than there are processors."),
]


def serve(host: HostOption = "127.0.0.1", port: PortOption = 8000, workers: WorkersOption = None) -> None:
    """Serve the API and work at runs.

    Keeps everything in RIVERSHARE_HOME (~/.rivershare): a SQLite database and a folder of contents, made at the first start with
    the bundled cases and a first administrator. Ctrl-C ends it; runs that were being worked at go on at the next start.
    """
    from api.cli.serving import server_of
    from api.jobs.supervisor import Supervisor
    from api.logs import set_up_logs
    from api.settings import Settings

    with answering(as_json=False) as answer:
        settings = Settings()
        set_up_logs(as_json=settings.json_logs, level=settings.log_level)
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
        if host not in ("127.0.0.1", "localhost", "::1") and not (settings.public_url or "").startswith("https"):
            answer.say("Others can reach this address. Put a proxy with TLS before it and set RIVERSHARE_PUBLIC_URL=https://…")
        answer.say(*prepare(settings, settings.public_url or address))
        count = max(1, (os.cpu_count() or 2) - 1) if workers is None else workers
        supervisor = Supervisor(count, lambda name: _worker_ended(settings, name))
        supervisor.start()
        answer.say(f"Serving {address} with {count} worker{'' if count == 1 else 's'} until Ctrl-C. API: {address}/docs")
        server = server_of(settings, host, port)
        # The server ends on these by itself, and then sends them on: what is below must still be done.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        try:
            server.run()
        finally:
            supervisor.stop()
        if not server.started:
            raise typer.Exit(1)


def prepare(settings: "Settings", address: str) -> list[str]:
    """Bring the database to the newest revision; at the first start make an administrator and load the cases.

    Returns what is to be told, one sentence each.
    """
    from api.persistence.content import ContentStore
    from api.persistence.database import Database
    from api.persistence.migration import migrate
    from api.services.first_start import first_start

    database = Database(settings.database)
    try:
        migrate(database)
        with database.writing() as session:
            token = first_start(session, ContentStore(settings.store), settings)
    finally:
        database.close()
    if token is None:
        return []
    hours = f"{settings.one_time_link_hours:g}"
    return [
        f"The first administrator is {settings.administrator_email}.",
        f"Set the password within {hours} hours, once, at {address}/set-password#{token}",
    ]


def _worker_ended(settings: "Settings", name: str) -> None:
    from api.jobs.reaper import give_back_runs_of
    from api.persistence.database import Database

    database = Database(settings.database, pool_size=1)
    try:
        give_back_runs_of(database, settings, name)
    finally:
        database.close()
