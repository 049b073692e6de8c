"""What matters to those concerned, and how far plans satisfy it."""

from typing import Any

import pytest

from tests.api.service.concerned import Concerned
from tests.api.service.house import Person

WEIGHTS = [{"indicator": "cost", "weight": 1.0}, {"indicator": "river_kept", "weight": 3.0, "floor": 0.5, "aspiration": 1.0}]


def indicators(cost: float, kept: float | None) -> list[dict[str, Any]]:
    return [
        {"name": "cost", "title": "Cost", "value": cost, "unit": "USD", "better": "lower", "group": "money"},
        {"name": "river_kept", "title": "Kept", "value": kept, "unit": "share", "better": "higher", "group": "river"},
    ]


def prefer(people: Concerned, person: Person, preferences: list[dict[str, Any]]) -> None:
    etag = person.http.put(f"{people.basin}/profile", json={"speaks_for": "donor"}).headers["etag"]
    answer = person.http.put(f"{people.basin}/preferences", json={"preferences": preferences}, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text


def test_each_of_those_concerned_is_told_for_each_plan(people: Concerned) -> None:
    cheap, dear = people.plan(indicators(100.0, 0.75)), people.plan(indicators(200.0, 1.0))
    prefer(people, people.stakeholder, WEIGHTS)
    prefer(people, people.owner, WEIGHTS[:1])
    found = people.reader.http.get(f"{people.basin}/satisfaction", params={"plan": [cheap, dear]}).json()
    totals = {one["author"]["name"]: [plan["total"] for plan in one["plans"]] for one in found}
    assert totals == {"ben": [pytest.approx((1 + 3 * 0.5) / 4), pytest.approx(0.75)], "ada": [1.0, 0.0]}
    assert [plan["plan_id"] for plan in found[0]["plans"]] == [cheap, dear]
    assert found[0]["author"]["speaks_for"] == "donor"


def test_a_floor_that_a_plan_violates_is_named(people: Concerned) -> None:
    plan = people.plan(indicators(100.0, 0.25))
    prefer(people, people.stakeholder, WEIGHTS)
    [found] = people.reader.http.get(f"/v1/plans/{plan}/satisfaction").json()
    [judged] = found["plans"]
    assert (judged["total"], judged["acceptable"]) == (0.0, False)
    assert judged["floors_violated"] == [{"indicator": "river_kept", "value": 0.25, "floor": 0.5}]


def test_a_figure_that_a_plan_lacks_does_not_count(people: Concerned) -> None:
    plan = people.plan(indicators(100.0, None))
    prefer(people, people.stakeholder, WEIGHTS)
    [found] = people.reader.http.get(f"/v1/plans/{plan}/satisfaction").json()
    assert [one["satisfaction"] for one in found["plans"][0]["indicators"]] == [1.0, None]


def test_preferences_are_tried_without_being_kept(people: Concerned) -> None:
    plans = [people.plan(indicators(100.0, 0.75)), people.plan(indicators(200.0, 1.0))]
    answer = people.reader.http.post(f"{people.basin}/satisfaction", json={"plans": plans, "preferences": WEIGHTS[1:]})
    assert [plan["total"] for plan in answer.json()["plans"]] == [0.5, 1.0]
    assert answer.json()["scales"][0]["floor_from"] == "preference"
    assert people.reader.http.get(f"{people.basin}/satisfaction", params={"plan": plans}).json() == []


def test_an_indicator_that_no_plan_has_is_named_with_the_nearest(people: Concerned) -> None:
    people.plan(indicators(100.0, 1.0))
    etag = people.stakeholder.http.put(f"{people.basin}/profile", json={"speaks_for": "donor"}).headers["etag"]
    answer = people.stakeholder.http.put(
        f"{people.basin}/preferences", json={"preferences": [{"indicator": "river_kep"}]}, headers={"If-Match": etag}
    )
    assert answer.status_code == 422
    [finding] = answer.json()["findings"]
    assert (finding["where"], finding["remedy"]) == ("/preferences/0/indicator", "Did you mean river_kept?")
    assert people.stakeholder.http.get(f"{people.basin}/preferences").json()["preferences"] == []


def test_preferences_that_fit_no_plan_any_more_say_so_and_the_others_are_told(people: Concerned) -> None:
    prefer(people, people.stakeholder, [{"indicator": "of_old"}])
    prefer(people, people.owner, WEIGHTS[:1])
    plan = people.plan(indicators(100.0, 1.0))
    stale, fitting = people.reader.http.get(f"/v1/plans/{plan}/satisfaction").json()
    assert (stale["plans"], stale["findings"][0]["code"]) == ([], "query.indicator")
    assert fitting["plans"][0]["total"] == 1.0


def test_preferences_belong_to_a_profile_and_are_not_overwritten(people: Concerned) -> None:
    http, place = people.stakeholder.http, f"{people.basin}/preferences"
    assert http.put(place, json={"preferences": WEIGHTS}).status_code == 409
    etag = http.put(f"{people.basin}/profile", json={"speaks_for": "donor"}).headers["etag"]
    assert http.put(place, json={"preferences": WEIGHTS}).status_code == 428
    assert http.put(place, json={"preferences": WEIGHTS}, headers={"If-Match": etag}).status_code == 200
    assert http.put(place, json={"preferences": []}, headers={"If-Match": etag}).status_code == 412
    assert [one["indicator"] for one in http.get(place).json()["preferences"]] == ["cost", "river_kept"]


def test_a_plan_of_another_basin_is_not_judged(people: Concerned) -> None:
    asked = people.reader.http.get(f"{people.basin}/satisfaction", params={"plan": ["none"]})
    tried = people.reader.http.post(f"{people.basin}/satisfaction", json={"plans": ["none"], "preferences": WEIGHTS})
    assert [asked.json()["errors"][0]["parameter"], tried.json()["errors"][0]["pointer"]] == ["plan", "/plans/0"]
    assert (asked.status_code, tried.status_code) == (422, 422)
