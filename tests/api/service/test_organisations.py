"""Organisations: who may make, read and keep them; and what every route shares, shown on them."""

from tests.api.service.house import House, Person

MINISTRY = {"name": "ministry", "title": "Ministry of Rural Development"}


def made(administrator: Person) -> dict[str, str]:
    answer = administrator.http.post("/v1/organisations", json=MINISTRY)
    assert answer.status_code == 201, answer.text
    return {"id": answer.json()["id"], "etag": answer.headers["etag"], "place": answer.headers["location"]}


def test_an_administrator_makes_an_organisation_and_is_its_first_member(administrator: Person) -> None:
    place = made(administrator)["place"]
    members = administrator.http.get(f"{place}/members").json()
    assert [(m["user_id"], m["role"]) for m in members] == [(administrator.user_id, "administrator")]


def test_somebody_else_may_not_make_one_and_learns_what_it_takes(ben: Person) -> None:
    answer = ben.http.post("/v1/organisations", json=MINISTRY)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:rivershare:problem:not-allowed"
    assert answer.json()["remedy"]


def test_an_organisation_that_one_is_not_in_is_not_found(administrator: Person, ben: Person) -> None:
    place = made(administrator)["place"]
    assert ben.http.get(place).status_code == 404
    assert "ministry" not in ben.http.get("/v1/organisations").text


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(administrator: Person) -> None:
    organisation = made(administrator)
    first = administrator.http.patch(organisation["place"], json={"title": "A"}, headers={"If-Match": organisation["etag"]})
    second = administrator.http.patch(organisation["place"], json={"title": "B"}, headers={"If-Match": organisation["etag"]})
    without = administrator.http.patch(organisation["place"], json={"title": "C"})
    assert [first.status_code, second.status_code, without.status_code] == [200, 412, 428]
    assert administrator.http.get(organisation["place"]).json()["title"] == "A"


def test_what_was_read_is_not_sent_again(administrator: Person) -> None:
    organisation = made(administrator)
    again = administrator.http.get(organisation["place"], headers={"If-None-Match": organisation["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_post_repeated_under_its_key_is_done_once(administrator: Person) -> None:
    key = {"Idempotency-Key": "one-and-the-same"}
    first = administrator.http.post("/v1/organisations", json=MINISTRY, headers=key)
    again = administrator.http.post("/v1/organisations", json=MINISTRY, headers=key)
    other = administrator.http.post("/v1/organisations", json={**MINISTRY, "name": "other"}, headers=key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"


def test_a_wrong_field_is_named_by_a_pointer(administrator: Person) -> None:
    answer = administrator.http.post("/v1/organisations", json={"name": "a b", "title": "x", "colour": "blue"})
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/name", "/colour"}


def test_lists_come_in_pages(house: House, administrator: Person) -> None:
    names = [f"office_{number}" for number in range(5)]
    for name in names:
        administrator.http.post("/v1/organisations", json={"name": name, "title": name})
    found: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = administrator.http.get("/v1/organisations", params=query).json()
        assert len(page["items"]) <= 2
        found += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [*reversed(names), "authority"]


def test_the_last_administrator_of_an_organisation_stays(administrator: Person, ben: Person) -> None:
    place = made(administrator)["place"]
    mine = f"{place}/members/{administrator.user_id}"
    assert administrator.http.delete(mine).status_code == 409
    assert administrator.http.put(f"{place}/members/{ben.user_id}", json={"role": "administrator"}).status_code == 200
    assert administrator.http.delete(mine).status_code == 204


def test_a_body_that_is_too_large_is_refused(administrator: Person) -> None:
    answer = administrator.http.post("/v1/organisations", json={"name": "x", "title": "x" * 3_000_000})
    assert answer.status_code == 413


def test_every_answer_carries_the_request_s_id(administrator: Person) -> None:
    answer = administrator.http.get("/v1/organisations/none", headers={"X-Request-ID": "mine-12345"})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "mine-12345"


def test_the_service_says_when_it_is_ready(house: House) -> None:
    assert house.client().get("/health/live").json()["status"] == "ok"
    assert house.client().get("/health/ready").json() == {"status": "ok", "reason": None}
