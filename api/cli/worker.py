"""`rivershare worker`: one more process that works at runs."""

from typing import Annotated

import typer

from api.cli.answer import answering

NameOption = Annotated[
    str | None,
    typer.Option(
        "--name",
        help="Name of the worker, one of its own on this machine: a worker that starts anew under it takes over at once from "
        "the one that ended. Left out: a name made from machine and process.",
    ),
]
ParentOption = Annotated[int | None, typer.Option("--with-parent", hidden=True, help="Process with which the worker ends.")]


def worker(name: NameOption = None, with_parent: ParentOption = None) -> None:
    """Work at the runs of a service.

    Takes the same settings as the service: on another machine at least RIVERSHARE_DATABASE_URL and RIVERSHARE_STORE_URL.
    Ctrl-C ends it; the run at hand goes back into the queue.
    """
    import os
    import socket

    from api.jobs.process import run_worker
    from api.logs import set_up_logs
    from api.settings import Settings

    with answering(as_json=False):
        settings = Settings()
        set_up_logs(as_json=settings.json_logs, level=settings.log_level)
        run_worker(settings, name or f"{socket.gethostname()}-{os.getpid()}", with_parent)
