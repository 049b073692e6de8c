"""Clients that write until they are acknowledged, whatever happens to the server."""

import http.client
import threading
import time
import urllib.error
from typing import Any

from benchmarks.served import Served

_WAITING_AT_MOST = 4
_EVERY_SO_OFTEN_LONG = 4


class Writer:
    """Makes scenarios and starts runs; `scenarios` and `runs` hold what was acknowledged, by Idempotency-Key."""

    def __init__(self, service: Served, number: int) -> None:
        self._service, self._number = service, number
        self.scenarios: dict[str, str] = {}
        self.runs: dict[str, str] = {}
        self.refused: list[str] = []
        self.stopping = threading.Event()
        basins = {basin["name"]: basin["id"] for basin in service.ask("GET", "/v1/basins")["items"]}
        self._short, self._long = basins["tutorial"], basins["ratanakiri"]

    def write_on(self) -> None:
        """A scenario and a run of it after the other, as fast as they are worked at; one in four takes seconds to solve."""
        turn = 0
        while not self.stopping.is_set():
            turn += 1
            name = f"w{self._number}_{turn}"
            is_long = turn % _EVERY_SO_OFTEN_LONG == 0
            basin = self._long if is_long else self._short
            scenario = self._acknowledged(f"/v1/basins/{basin}/scenarios", {"name": name}, f"scenario-{name}")
            if scenario is None:
                continue
            self.scenarios[f"scenario-{name}"] = scenario["id"]
            body = {"fresh": True, "limits": {"time_seconds": 5 if is_long else 20, "relative_gap": 0.0}}
            run = self._acknowledged(f"/v1/scenarios/{scenario['id']}/runs", body, f"run-{name}")
            if run is not None:
                self.runs[f"run-{name}"] = run["id"]
            self._wait_for_the_queue()

    def _acknowledged(self, path: str, body: Any, key: str) -> Any:
        """The answer, asked for under one Idempotency-Key until it comes; None where it is refused, which is a fault."""
        while True:
            try:
                return self._service.ask("POST", path, body, {"Idempotency-Key": key})
            except RuntimeError as error:
                if not any(f": {status} " in str(error) for status in (429, 500, 502, 503, 504)):
                    self.refused.append(f"{key}: {error}")
                    return None
            except (OSError, urllib.error.URLError, http.client.HTTPException):
                pass
            time.sleep(0.1)

    def _wait_for_the_queue(self) -> None:
        while not self.stopping.wait(0.2):
            try:
                waiting = self._service.ask("GET", f"/v1/runs?state=queued&limit={_WAITING_AT_MOST}")["items"]
            except (RuntimeError, OSError, http.client.HTTPException, ValueError):
                continue
            if len(waiting) < _WAITING_AT_MOST:
                return
