# Written by `python -m generators`, not by hand.
"""Sends requests, again where the service is busy, and reads answers and streams of events."""

import time
from collections.abc import Iterator
from typing import TypeVar
from uuid import uuid4

from httpx2 import BaseTransport, Client, EventSource, ServerSentEvent, Timeout, TransportError

from rivershare_client import patience
from rivershare_client.calls import Call, read
from rivershare_client.problems import Unreachable

Answer = TypeVar("Answer")
API_KEY = "rsk_"
STREAM = "text/event-stream"
SILENCE_SECONDS = 45.0  # the service sends a sign of life every 15 seconds


class Transport:
    """A connection to a service with a key: an API key, the token of a share link, or none."""

    def __init__(self, url: str, key: str | None, timeout_seconds: float, transport: BaseTransport | None) -> None:
        self.url, self._has_account = url.rstrip("/"), (key or "").startswith(API_KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = Client(base_url=self.url, headers=headers, timeout=timeout_seconds, transport=transport)

    def send(self, call: Call[Answer]) -> Answer:
        """The answer. Raises Problem where the service refuses, Unreachable where it does not answer."""
        headers = dict(call.headers)
        if call.method == "POST" and self._has_account:
            headers["Idempotency-Key"] = str(uuid4())
        tried = 0
        while True:
            tried += 1
            content = call.content if call.content is None or isinstance(call.content, bytes) else call.content.read_bytes()
            try:
                response = self._http.request(call.method, call.path, params=dict(call.query), headers=headers, content=content)
            except TransportError as error:
                if tried >= patience.TRIES_WITHOUT_ANSWER or not patience.may_repeat(call.method, headers):
                    raise Unreachable(f"{self.url} does not answer: {error}") from error
                time.sleep(patience.seconds(tried, None))
                continue
            again = response.status_code in patience.BUSY and patience.may_repeat_refused(call.method, headers)
            if not again or tried >= patience.TRIES:
                return read(call, response.status_code, response.headers, response.content)
            time.sleep(patience.seconds(tried, response.headers.get("retry-after")))

    def events(self, call: Call[Answer]) -> Iterator[ServerSentEvent]:
        """Events of a stream until it ends. Raises Problem, and Unreachable where it breaks."""
        headers = {**call.headers, "Accept": STREAM}
        timeout = Timeout(self._http.timeout.connect, read=SILENCE_SECONDS)
        try:
            with self._http.stream(call.method, call.path, params=dict(call.query), headers=headers, timeout=timeout) as response:
                if response.status_code == 204:
                    return
                if response.headers.get("content-type", "").partition(";")[0] != STREAM:
                    read(call, response.status_code, response.headers, response.read())
                    raise Unreachable("The service answers without a stream.")
                yield from EventSource(response)
        except TransportError as error:
            raise Unreachable(f"{self.url} broke off: {error}") from error

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()
