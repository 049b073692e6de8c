"""A steady load of requests, sent whether or not earlier ones were answered, with as little work as possible of its own."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """A request to send now and then: its bytes, its name, how often in comparison with others."""

    name: str
    raw: bytes
    weight: int


def raw(method: str, path: str, key: str, body: object = None, **headers: str) -> bytes:
    """A request of HTTP/1.1 as bytes."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {key}", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if data:
        lines.append("Content-Type: application/json")
    return "\r\n".join([*lines, "", ""]).encode() + data


async def _send(port: int, wanted: Wanted, due: float, free: list, told: list) -> None:
    reader, writer = free.pop() if free else await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    try:
        writer.write(wanted.raw)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in lines[1:] if b": " in line)
        if b"content-length" in headers:
            await reader.readexactly(int(headers[b"content-length"]))
        elif headers.get(b"transfer-encoding") == b"chunked":
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        told.append((wanted.name, int(lines[0].split()[1]), time.perf_counter() - due))
        free.append((reader, writer))
    except (OSError, asyncio.IncompleteReadError, ValueError):
        told.append((wanted.name, 0, time.perf_counter() - due))
        writer.close()


async def _steady(port: int, wanted: Sequence[Wanted], per_second: int, seconds: float) -> list[tuple[str, int, float]]:
    order = [one for one in wanted for _ in range(one.weight)]
    free: list = []
    told: list[tuple[str, int, float]] = []
    tasks = set()
    started = time.perf_counter()
    for number in range(int(per_second * seconds)):
        due = started + number / per_second
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        # A fixed stride through the mix, so that requests of one kind do not come in a row.
        one = order[(number * 7919) % len(order)]
        task = asyncio.create_task(_send(port, one, due, free, told))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.wait(tasks, timeout=30) if tasks else None
    for _, writer in free:
        writer.close()
    return told


def steady_load(port: int, wanted: Sequence[Wanted], per_second: int, seconds: float) -> list[tuple[str, int, float]]:
    """Send the mix at a steady pace; returns (name, status, seconds from when it was due) of each, status 0 without an answer."""
    return asyncio.run(_steady(port, wanted, per_second, seconds))
