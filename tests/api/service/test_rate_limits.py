"""How often one may ask, and that asking costs next to nothing."""

import asyncio
import time

from starlette.types import Message, Receive, Scope, Send

from api.http.rate_limits import RateLimitsMiddleware
from api.settings import Settings
from tests.api.service.house import House, houses


def few(settings: Settings) -> Settings:
    return settings.model_copy(update={"requests_per_second": 3})


def test_too_many_requests_of_one_key_are_refused_and_others_go_on(settings: Settings) -> None:
    for house in houses(few(settings)):
        ada, ben = house.person("ada"), house.person("ben")
        answers = [ada.http.get("/v1/session") for _ in range(8)]
        assert 429 in [answer.status_code for answer in answers]
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["ratelimit-policy"] == '"default";q=3;w=1'
        assert refused.json()["type"] == "urn:rivershare:problem:too-many-requests"
        assert ben.http.get("/v1/session").status_code == 200
        time.sleep(1.05)
        assert ada.http.get("/v1/session").status_code == 200


def test_made_up_keys_count_for_the_address_they_come_from(settings: Settings) -> None:
    for house in houses(few(settings)):
        codes = [house.client(Authorization=f"Bearer rsk_{number}").get("/v1/session").status_code for number in range(8)]
        assert codes[:3] == [401] * 3
        assert 429 in codes


def test_the_signs_of_life_are_not_limited(settings: Settings) -> None:
    for house in houses(few(settings)):
        assert {house.client().get("/health/live").status_code for _ in range(10)} == {200}


def test_counting_takes_less_than_50_microseconds(house: House) -> None:
    async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
        pass

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        pass

    middleware = RateLimitsMiddleware(nothing, house.settings)
    scopes = [
        {
            "type": "http",
            "method": "GET",
            "path": "/v1/basins",
            "client": ("127.0.0.1", 1),
            "headers": [(b"host", b"x"), (b"accept", b"*/*"), (b"authorization", b"Bearer rsk_%d" % number)],
        }
        for number in range(20)
    ]

    async def seconds() -> float:
        started = time.process_time()
        for _ in range(100):
            for scope in scopes:
                await middleware(scope, receive, send)
        return (time.process_time() - started) / 2000

    assert min(asyncio.run(seconds()) for _ in range(3)) < 50e-6
