"""What strangers may send: refused with what, where and how to mend it, nothing kept, the memory flat."""

import io
import json
import resource
import zipfile
from typing import Any

import pytest
from httpx2 import Response

from api.persistence.models import BasinRow
from tests.api.service.house import House, Person

ZIP, XLSX, JSON = (
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
)
MEGABYTE = 2**20


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def nested(depth: int) -> bytes:
    return b'{"basin":' + b"[" * depth + b"]" * depth + b"}"


BOMB = archive({"villages.csv": b"0" * (300 * MEGABYTE)})
HOSTILE = {
    "a zip bomb": (ZIP, BOMB),
    "a workbook that is a bomb": (
        XLSX,
        archive({"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 300 * MEGABYTE}),
    ),
    "a path that leads out": (ZIP, archive({"../../etc/villages.csv": b"village\n"})),
    "an absolute path": (ZIP, archive({"/etc/villages.csv": b"village\n"})),
    "no archive at all": (ZIP, b"PK\x03\x04 and then nothing"),
    "a workbook that is none": (XLSX, b"PK\x03\x04 and then nothing"),
    "an infinite number": (JSON, b'{"basin":{"name":"x","title":"x","base_year":1e400}}'),
    "a number named NaN": (JSON, b'{"basin":{"name":"x","title":"x","base_year":NaN}}'),
    "deep nesting": (JSON, nested(100_000)),
    "a key that stands twice": (JSON, b'{"basin":{},"basin":{}}'),
    "a number of a million digits": (JSON, b'{"basin":{"base_year":' + b"9" * 1_000_000 + b"}}"),
    "text that is not UTF-8": (JSON, b'{"basin":"\xff\xfe"}'),
    "half a surrogate": (JSON, b'{"basin":{"name":"x","title":"\\ud800","base_year":2026}}'),
    "a list": (JSON, b"[]"),
    "nothing": (JSON, b""),
}


def memory_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def upload(person: Person, media_type: str, data: bytes) -> Response:
    organisation = person.http.get("/v1/organisations").json()["items"][0]["id"]
    headers = {"Content-Type": media_type}
    return person.http.post(f"/v1/basins/import?organisation_id={organisation}", content=data, headers=headers)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_what_is_wrong(house: House, ada: Person, kind: str) -> None:
    before = memory_bytes()
    answer = upload(ada, *HOSTILE[kind])
    assert answer.status_code in (400, 413, 415, 422), f"{answer.status_code} {answer.text[:300]}"
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.get("findings") or problem.get("errors") or problem.get("detail")
    assert problem.get("remedy") or all(item.get("remedy") for item in problem["findings"])
    assert memory_bytes() - before < 200 * MEGABYTE
    with house.service.database.reading() as session:
        assert session.query(BasinRow).count() == 0


@pytest.mark.parametrize("value", ["1e400", "-1e400", "NaN", "Infinity"])
def test_numbers_that_are_none_are_refused_in_every_body(ada: Person, value: str) -> None:
    body = f'{{"name": "x", "title": {value}}}'.encode()
    answer = ada.http.post("/v1/organisations", content=body, headers={"Content-Type": JSON})
    assert answer.status_code in (403, 422)


@pytest.mark.parametrize("body", [nested(50_000), b"[" * 1_000_000, b'{"a":' * 20_000, b"\x00", b"\xff", b'"' + b"\\" * 999])
def test_bodies_that_are_no_json_are_told_so(ada: Person, body: bytes) -> None:
    answer = ada.http.post("/v1/organisations", content=body, headers={"Content-Type": JSON})
    assert answer.status_code == 422, answer.text[:200]


@pytest.mark.parametrize("name", ["Location: evil", "x\r\nSet-Cookie: a=b", "x\nSet-Cookie: a=b", "\x00"])
def test_no_header_comes_from_text_that_people_send(administrator: Person, name: str) -> None:
    answer = administrator.http.post("/v1/organisations", json={"name": "fine", "title": name})
    assert "set-cookie" not in answer.headers
    made = administrator.http.post("/v1/organisations", json={"name": name, "title": "fine"})
    assert made.status_code == 422


@pytest.mark.parametrize(
    "identifier", ["..%2f..%2fetc%2fpasswd", "%00", "x" * 5000, "'; DROP TABLE users; --", "🜲", "%0d%0aSet-Cookie:a=b"]
)
@pytest.mark.parametrize("kind", ["basins", "scenarios", "runs", "plans", "organisations", "comments"])
def test_identifiers_that_are_none_are_not_found(ada: Person, kind: str, identifier: str) -> None:
    answer = ada.http.get(f"/v1/{kind}/{identifier}")
    assert answer.status_code in (404, 422), answer.text[:200]
    assert "set-cookie" not in answer.headers


def test_a_cursor_made_by_hand_is_refused(ada: Person) -> None:
    for cursor in ("x", "W10", "bnVsbA", "MTIz", "9" * 400):
        assert ada.http.get("/v1/organisations", params={"cursor": cursor}).status_code == 422


def test_nothing_that_is_sent_makes_the_service_call_another_address(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """No field takes an address to fetch; a basin that names some in its text is kept or refused without a connection."""
    import socket

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the service opened a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    text = json.dumps({"basin": {"name": "x", "title": "http://169.254.169.254/", "base_year": 2026}}).encode()
    assert upload(ada, JSON, text).status_code == 422
