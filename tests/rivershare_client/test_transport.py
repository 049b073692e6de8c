"""What the client sends, sends again, and makes of the answers."""

import asyncio
import json

import httpx2
import pytest

from rivershare_client import AsyncRivershare, Problem, Unreachable, operations
from rivershare_client.calls import LEFT_OUT
from tests.rivershare_client.speaking import client, in_turn, without_delay

BUSY = httpx2.Response(503, headers={"Retry-After": "7"}, json={"title": "Busy"})
ORGANISATION = {
    "id": "o1", "name": "a", "title": "A", "revision": 1,
    "created_at": "2026-11-24T10:00:00Z", "updated_at": "2026-11-24T10:00:00Z",
}  # fmt: skip


def page(*names: str, cursor: str | None = None) -> httpx2.Response:
    return httpx2.Response(200, json={"items": [{**ORGANISATION, "name": name} for name in names], "next_cursor": cursor})


def test_an_answer_is_a_model_with_its_etag() -> None:
    speak, asked = in_turn(httpx2.Response(200, json=ORGANISATION, headers={"ETag": 'W/"o1-1"'}))
    read = client(speak).send(operations.read_organisation("o1"))
    assert (read.title, read.created_at.year, read.etag) == ("A", 2026, 'W/"o1-1"')
    assert asked[0].headers["authorization"] == "Bearer rsk_mine"


def test_what_is_left_out_is_not_sent_and_none_is() -> None:
    speak, asked = in_turn(*[httpx2.Response(200, json=ORGANISATION)] * 2)
    client(speak).send(operations.change_organisation("o1", title="B", if_match='W/"o1-1"'))
    client(speak).send(operations.change_organisation("o1", title="B", name=None))
    assert [json.loads(request.content) for request in asked] == [{"title": "B"}, {"title": "B", "name": None}]
    assert (asked[0].headers["if-match"], "if-match" in asked[1].headers) == ('W/"o1-1"', False)
    assert repr(LEFT_OUT) == "LEFT_OUT"


def test_a_strange_identifier_stays_one_part_of_the_path() -> None:
    speak, asked = in_turn(httpx2.Response(200, json=ORGANISATION))
    client(speak).send(operations.read_organisation("../users?x=1"))
    assert asked[0].url.raw_path == b"/v1/organisations/..%2Fusers%3Fx%3D1"


def test_a_problem_document_is_an_exception_that_says_what_where_and_how_to_mend_it() -> None:
    document = {
        "type": "urn:rivershare:problem:invalid", "title": "Not allowed", "detail": "A name is taken.", "status": 422,
        "remedy": "Take another.", "errors": [{"pointer": "/name", "message": "It is taken."}], "request_id": "r1",
    }  # fmt: skip
    kind = {"Content-Type": "application/problem+json"}
    speak, _ = in_turn(httpx2.Response(422, content=json.dumps(document), headers=kind))
    with pytest.raises(Problem) as caught:
        client(speak).send(operations.make_organisation(name="a", title="A"))
    problem = caught.value
    assert (problem.status, problem.name, problem.errors[0]["pointer"]) == (422, "invalid", "/name")
    assert str(problem).splitlines() == ["Not allowed: A name is taken.", "/name: It is taken.", "Take another."]


def test_an_answer_of_a_proxy_in_between_is_a_problem_too() -> None:
    speak, _ = in_turn(httpx2.Response(502, text="<html>Bad gateway"))
    with pytest.raises(Problem, match="HTTP 502: <html>Bad gateway"):
        client(speak).send(operations.read_organisation("o1"))


def test_a_busy_service_is_asked_again_when_it_says_and_a_post_only_under_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = without_delay(monkeypatch)
    speak, asked = in_turn(BUSY, httpx2.Response(429, json={}), httpx2.Response(201, json=ORGANISATION))
    assert client(speak).send(operations.make_organisation(name="a", title="A")).id == "o1"
    assert waited == [7.0, 1.0]
    assert len({request.headers["idempotency-key"] for request in asked}) == 1


def test_without_an_account_a_post_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    without_delay(monkeypatch)
    speak, asked = in_turn(BUSY)
    with pytest.raises(Problem, match="Busy"):
        client(speak, key=None).send(operations.redeem(token="t", password="p"))
    assert len(asked) == 1
    assert "idempotency-key" not in asked[0].headers


def test_a_change_that_may_have_arrived_is_not_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_delay(monkeypatch)
    speak, asked = in_turn(httpx2.ReadError("lost"))
    with pytest.raises(Unreachable):
        client(speak).send(operations.change_organisation("o1", title="B", if_match="*"))
    assert len(asked) == 1


def test_reading_outlives_a_lost_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    without_delay(monkeypatch)
    speak, _ = in_turn(httpx2.ConnectError("refused"), httpx2.ReadError("lost"), httpx2.Response(200, json=ORGANISATION))
    assert client(speak).send(operations.read_organisation("o1")).id == "o1"


def test_a_list_goes_on_through_its_pages() -> None:
    speak, asked = in_turn(page("a", "b", cursor="next"), page("c"))
    assert [one.name for one in client(speak).every(operations.list_organisations(limit=2))] == ["a", "b", "c"]
    assert [dict(request.url.params) for request in asked] == [{"limit": "2"}, {"limit": "2", "cursor": "next"}]


def test_the_asynchronous_client_does_the_same() -> None:
    speak, asked = in_turn(page("a", cursor="next"), page("b"))

    async def names() -> list[str]:
        async with AsyncRivershare("http://service", "rsk_mine", transport=httpx2.MockTransport(speak)) as service:
            return [one.name async for one in service.every(operations.list_organisations())]

    assert asyncio.run(names()) == ["a", "b"]
    assert len(asked) == 2
