"""A service that runs inside a command: the API in a thread, its workers beside it."""

import gc
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.cli.answer import CliError

if TYPE_CHECKING:
    import uvicorn

    from api.settings import Settings

_START_SECONDS = 60.0
_DAY_HOURS = 24
# Longer than proxies keep theirs, so that it is never the server that closes a connection just as a request comes.
_KEEP_ALIVE_SECONDS = 75
_COLLECT_AFTER = (20_000, 20, 50)  # as gc.set_threshold; Python's own 700, 10, 10 are for small programs


def server_of(settings: "Settings", host: str, port: int) -> "uvicorn.Server":
    """The API's server; it is not running yet."""
    import uvicorn

    from api.app import create_app

    app = create_app(settings)
    # What the application is made of lives as long as the process: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=10,
            proxy_headers=settings.public_url is not None,
        )
    )


@contextmanager
def running(settings: "Settings", port: int, workers: int) -> Iterator[str]:
    """The address of a service that runs as long as the context, at the port or, where that is taken, at any free one.

    Its database must be at the newest revision.
    """
    from api.jobs.supervisor import Supervisor

    port = port if _is_free(port) else _any_port()
    server = server_of(settings, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    supervisor = Supervisor(workers, lambda _: None)
    supervisor.start()
    thread.start()
    try:
        _wait_for(server, thread)
        yield f"http://127.0.0.1:{port}"
    finally:
        supervisor.stop()
        server.should_exit = True
        thread.join(timeout=15)


def own_key(settings: "Settings") -> str:
    """A key of the first administrator, good for a day: whoever can write the service's database may have one."""
    from datetime import timedelta

    from api.persistence.clock import now
    from api.persistence.database import Database
    from api.persistence.models import ApiKey
    from api.persistence.repositories import people
    from api.persistence.trail import Actor, acting
    from api.security.tokens import API_KEY_PREFIX, digest_of, new_token

    key = new_token(API_KEY_PREFIX)
    database = Database(settings.database, pool_size=1)
    try:
        with database.writing() as session:
            acting(session, Actor(None, "command_line"))
            user = people.by_email(session, settings.administrator_email.lower())
            if user is None:
                raise CliError(f"The service in {settings.folder} has no account {settings.administrator_email}.")
            expires_at = now() + timedelta(hours=_DAY_HOURS)
            scopes = ["read", "write", "run"]
            session.add(ApiKey(user_id=user.id, name="demo", token_hash=digest_of(key), scopes=scopes, expires_at=expires_at))
    finally:
        database.close()
    return key


def _wait_for(server: "uvicorn.Server", thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise CliError("The service did not start.")
        time.sleep(0.05)  # this flag is all by which the server tells that it listens


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return port != 0 and probe.connect_ex(("127.0.0.1", port)) != 0


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
