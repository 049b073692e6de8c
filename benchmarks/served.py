"""A service of its own for measuring: on loopback, in a folder that is gone afterwards."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCOPES = ["read", "write", "run", "administer"]


@dataclass
class Service:
    """A service at an address: `ask` sends a request with a key and gives the answer's JSON."""

    address: str
    key: str

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """The answer as JSON. Raises RuntimeError with the problem document where there is one."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        given = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(self.address + path, data, given, method=method)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()[:2000]}") from None
        return json.loads(content) if content[:1] in (b"{", b"[") else content

    def wait(self, run_id: str, seconds: float = 600.0) -> dict[str, Any]:
        """The run once it has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            run: dict[str, Any] = self.ask("GET", f"/v1/runs/{run_id}")
            if run["state"] not in ("queued", "running"):
                return run
            time.sleep(0.3)
        raise RuntimeError(f"The run {run_id} did not end within {seconds:g} s.")


@dataclass
class Served(Service):
    """A service that runs on this machine, with the key of its administrator."""

    process: "subprocess.Popen[bytes]"
    home: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def peak_bytes(process_id: int) -> int:
    """The largest resident memory that a process has had."""
    for line in Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


@contextmanager
def served(workers: int, **settings: str) -> Iterator[Served]:
    """A service with its bundled cases, one key, and so many workers, ended with its folder."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = begin(Path(folder), port, workers, settings)
        service = Served(f"http://127.0.0.1:{port}", "", process, Path(folder))
        try:
            service.key = _key(port, process, Path(folder))
            yield service
        finally:
            service.process.send_signal(signal.SIGINT)
            try:
                service.process.wait(30)
            except subprocess.TimeoutExpired:
                service.process.kill()


def begin(folder: Path, port: int, workers: int, settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """`rivershare serve` on a folder, its words at the end of serve.log there."""
    environment = {**os.environ, "RIVERSHARE_HOME": str(folder), **settings}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "serve.log").open("ab") as log:
        return subprocess.Popen(command, cwd=HERE.parent, env=environment, stdout=log, stderr=log, process_group=0)


def _key(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> str:
    """A key of the first administrator, made as a person would: by the link in the log, a password, a session."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/health/ready", timeout=2)
            break
        except OSError:
            if process.poll() is not None:
                raise RuntimeError((folder / "serve.log").read_text(encoding="utf-8")) from None
            time.sleep(0.1)
    found = re.search(r"set-password#(\S+)", (folder / "serve.log").read_text(encoding="utf-8"))
    assert found is not None, "the log has no link"
    password = secrets.token_urlsafe(20)
    _post(f"{address}/v1/one-time-links/redeem", {"token": found[1], "password": password})
    answer = _post(f"{address}/v1/session", {"email": "admin@localhost", "password": password})
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    own_page = {"Cookie": cookie, "X-CSRF-Token": json.loads(answer.read())["csrf_token"]}
    made = _post(f"{address}/v1/api-keys", {"name": "benchmark", "scopes": SCOPES}, own_page)
    return str(json.loads(made.read())["key"])


def _post(address: str, body: Any, headers: Mapping[str, str] | None = None) -> Any:
    given = {"Content-Type": "application/json", **(headers or {})}
    return urllib.request.urlopen(urllib.request.Request(address, json.dumps(body).encode(), given, method="POST"), timeout=30)
