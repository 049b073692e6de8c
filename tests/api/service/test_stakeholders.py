"""Whom people speak for in a basin, and what they think of its plans."""

from tests.api.service.concerned import Concerned

SPEAKS = {"speaks_for": "women_group", "title": "Water users of Hilltop", "village": "hilltop"}


def test_one_says_whom_one_speaks_for_and_the_others_in_the_basin_see_it(people: Concerned) -> None:
    said = people.stakeholder.http.put(f"{people.basin}/profile", json=SPEAKS)
    assert said.status_code == 200, said.text
    seen = people.reader.http.get(f"{people.basin}/stakeholders").json()["items"]
    assert [(one["author"]["name"], one["author"]["speaks_for"], one["village"]) for one in seen] == [
        ("ben", "women_group", "hilltop")
    ]
    assert seen[0]["created_at"].endswith("Z")


def test_a_village_that_the_basin_lacks_is_named_with_the_nearest_that_it_has(people: Concerned) -> None:
    answer = people.stakeholder.http.put(f"{people.basin}/profile", json={**SPEAKS, "village": "hiltop"})
    assert answer.status_code == 422
    assert [(one["pointer"], one["remedy"]) for one in answer.json()["errors"]] == [("/village", "Did you mean hilltop?")]
    assert people.stakeholder.http.get(f"{people.basin}/profile").status_code == 404


def test_one_s_own_profile_is_not_overwritten_from_another_window(people: Concerned) -> None:
    http, place = people.stakeholder.http, f"{people.basin}/profile"
    first = http.put(place, json=SPEAKS)
    match = {"If-Match": first.headers["etag"]}
    assert http.put(place, json={**SPEAKS, "title": "A"}).status_code == 428
    assert http.put(place, json={**SPEAKS, "title": "B"}, headers=match).status_code == 200
    assert http.put(place, json={**SPEAKS, "title": "C"}, headers=match).status_code == 412
    assert http.get(place).json()["author"]["title"] == "B"


def test_who_speaks_for_nobody_any_more_is_not_among_the_stakeholders(people: Concerned) -> None:
    http, place = people.stakeholder.http, f"{people.basin}/profile"
    etag = http.put(place, json=SPEAKS).headers["etag"]
    assert http.delete(place, headers={"If-Match": etag}).status_code == 204
    assert http.get(place).status_code == 404
    assert http.get(f"{people.basin}/stakeholders").json()["items"] == []


def test_a_reader_may_not_speak_and_a_stranger_learns_nothing(people: Concerned) -> None:
    plan = f"/v1/plans/{people.plan()}"
    assert people.reader.http.put(f"{people.basin}/profile", json=SPEAKS).status_code == 403
    assert people.reader.http.put(f"{plan}/stance", json={"stance": "endorses"}).status_code == 403
    hidden = [f"{people.basin}/stakeholders", f"{people.basin}/profile", f"{plan}/stances", f"{plan}/stance"]
    assert {people.stranger.http.get(place).status_code for place in hidden} == {404}


def test_a_share_link_shows_no_persons(people: Concerned) -> None:
    people.stakeholder.http.put(f"{people.basin}/profile", json=SPEAKS)
    plan = people.plan()
    made = people.owner.http.post(f"{people.basin}/share-links", json={"name": "For the press"})
    assert made.status_code == 201, made.text
    holder = people.house.client(Authorization=f"Bearer {made.json()['token']}")
    assert holder.get(people.basin).status_code == 200
    for place in (f"{people.basin}/stakeholders", f"{people.basin}/comments", f"/v1/plans/{plan}/stances"):
        answer = holder.get(place)
        assert answer.status_code == 401
        assert "ben" not in answer.text


def test_an_objection_says_why_and_is_seen_with_who_objects(people: Concerned) -> None:
    plan = f"/v1/plans/{people.plan()}"
    people.stakeholder.http.put(f"{people.basin}/profile", json=SPEAKS)
    without = people.stakeholder.http.put(f"{plan}/stance", json={"stance": "objects"})
    assert without.status_code == 422
    assert without.json()["errors"][0]["pointer"] == "/reason"
    people.stakeholder.http.put(f"{plan}/stance", json={"stance": "objects", "reason": "Hilltop waits until 2040."})
    people.owner.http.put(f"{plan}/stance", json={"stance": "endorses"})
    seen = people.reader.http.get(f"{plan}/stances").json()["items"]
    assert {(one["author"]["name"], one["author"]["speaks_for"], one["stance"], one["reason"]) for one in seen} == {
        ("ben", "women_group", "objects", "Hilltop waits until 2040."),
        ("ada", None, "endorses", ""),
    }


def test_one_changes_one_s_mind_and_then_has_none(people: Concerned) -> None:
    http, place = people.stakeholder.http, f"/v1/plans/{people.plan()}/stance"
    etag = http.put(place, json={"stance": "objects", "reason": "Too dear."}).headers["etag"]
    assert http.put(place, json={"stance": "endorses"}).status_code == 428
    changed = http.put(place, json={"stance": "endorses"}, headers={"If-Match": etag})
    assert http.get(place).json()["stance"] == "endorses"
    assert http.delete(place, headers={"If-Match": etag}).status_code == 412
    assert http.delete(place, headers={"If-Match": changed.headers["etag"]}).status_code == 204
    assert http.get(place).status_code == 404
