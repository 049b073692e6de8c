"""What people say on places, scenarios and plans."""

from typing import Any

from tests.api.service.concerned import Concerned
from tests.api.service.house import Person

TEXT = "The spring dries up in March."


def said(people: Concerned, person: Person, text: str = TEXT, **subject: str) -> dict[str, Any]:
    answer = person.http.post(f"{people.basin}/comments", json={"text": text, **subject})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/comments/{answer.json()['id']}"
    return {**answer.json(), "etag": answer.headers["etag"]}


def texts(people: Concerned, **query: str) -> list[str]:
    answer = people.reader.http.get(f"{people.basin}/comments", params=query)
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json()["items"]]


def test_a_comment_on_a_village_is_seen_with_who_made_it(people: Concerned) -> None:
    people.stakeholder.http.put(f"{people.basin}/profile", json={"speaks_for": "environment"})
    said(people, people.stakeholder, table="villages", place="hilltop")
    [seen] = people.reader.http.get(f"{people.basin}/comments").json()["items"]
    assert (seen["text"], seen["table"], seen["place"]) == (TEXT, "villages", "hilltop")
    assert (seen["author"]["name"], seen["author"]["speaks_for"]) == ("ben", "environment")


def test_comments_are_found_by_what_they_are_on(people: Concerned) -> None:
    plan = people.plan()
    said(people, people.owner, "on the basin")
    said(people, people.owner, "on the plan", plan_id=plan)
    said(people, people.owner, "on the scenario", scenario_id=people.scenario_id)
    said(people, people.stakeholder, "on an option", table="options", place="spring_box")
    said(people, people.stakeholder, "on a village in the plan", plan_id=plan, table="villages", place="riverside")
    assert texts(people, plan=plan) == ["on a village in the plan", "on the plan"]
    assert texts(people, scenario=people.scenario_id) == ["on the scenario"]
    assert texts(people, table="options") == ["on an option"]
    assert texts(people, table="villages", place="riverside") == ["on a village in the plan"]
    assert texts(people, user=people.stakeholder.user_id) == ["on a village in the plan", "on an option"]
    assert len(texts(people)) == 5


def test_an_answer_is_about_what_it_answers_and_a_thread_reads_from_its_first(people: Concerned) -> None:
    first = said(people, people.stakeholder, "one", table="villages", place="hilltop")
    second = said(people, people.owner, "two", answer_to=first["id"])
    said(people, people.stakeholder, "three", answer_to=second["id"])
    said(people, people.owner, "elsewhere")
    assert (second["table"], second["place"]) == ("villages", "hilltop")
    assert texts(people, thread=first["id"]) == ["one", "two", "three"]
    assert texts(people, place="hilltop") == ["three", "two", "one"]


def test_what_is_not_in_the_basin_cannot_be_commented_on(people: Concerned) -> None:
    def fault(**subject: str) -> tuple[str, str | None]:
        answer = people.stakeholder.http.post(f"{people.basin}/comments", json={"text": TEXT, **subject})
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        return error["pointer"], error.get("remedy")

    assert fault(table="villages", place="hilltip") == ("/place", "Did you mean hilltop?")
    assert fault(table="vilages", place="hilltop") == ("/table", "Did you mean villages?")
    assert fault(plan_id="none")[0] == "/plan_id"
    assert fault(scenario_id="none")[0] == "/scenario_id"
    assert fault(answer_to="none")[0] == "/answer_to"
    assert fault(place="hilltop")[0] == ""
    assert texts(people) == []


def test_only_who_made_a_comment_changes_it_and_the_second_of_two_changes_is_told(people: Concerned) -> None:
    comment = said(people, people.stakeholder)
    place, match = f"/v1/comments/{comment['id']}", {"If-Match": comment["etag"]}
    assert people.owner.http.patch(place, json={"text": "Never."}, headers=match).status_code == 403
    assert people.stakeholder.http.patch(place, json={"text": "In May."}).status_code == 428
    assert people.stakeholder.http.patch(place, json={"text": "In April."}, headers=match).status_code == 200
    assert people.stakeholder.http.patch(place, json={"text": "In June."}, headers=match).status_code == 412
    assert texts(people) == ["In April."]


def test_a_deleted_comment_leaves_a_stub_so_that_its_answers_keep_their_place(people: Concerned) -> None:
    first = said(people, people.stakeholder, "one")
    said(people, people.owner, "two", answer_to=first["id"])
    place, match = f"/v1/comments/{first['id']}", {"If-Match": first["etag"]}
    assert people.reader.http.delete(place, headers=match).status_code == 403
    assert people.stakeholder.http.delete(place, headers=match).status_code == 204
    assert texts(people, thread=first["id"]) == [None, "two"]
    stub = people.reader.http.get(place)
    assert stub.json()["deleted_at"] is not None
    again = {"If-Match": stub.headers["etag"]}
    assert people.stakeholder.http.patch(place, json={"text": "back"}, headers=again).status_code == 410


def test_an_owner_of_the_basin_may_take_a_comment_back(people: Concerned) -> None:
    comment = said(people, people.stakeholder)
    answer = people.owner.http.delete(f"/v1/comments/{comment['id']}", headers={"If-Match": comment["etag"]})
    assert answer.status_code == 204


def test_who_has_no_role_in_the_basin_does_not_learn_of_its_comments(people: Concerned) -> None:
    comment = said(people, people.stakeholder)
    place = f"/v1/comments/{comment['id']}"
    asked = [people.stranger.http.get(place), people.stranger.http.get(f"{people.basin}/comments")]
    asked += [people.stranger.http.delete(place, headers={"If-Match": comment["etag"]})]
    assert [answer.status_code for answer in asked] == [404, 404, 404]
    assert people.basin_id not in asked[0].text
    assert people.house.client().get(place).status_code == 401


def test_comments_in_an_archived_basin_stay_as_they_are(people: Concerned) -> None:
    comment = said(people, people.stakeholder)
    etag = people.owner.http.get(people.basin).headers["etag"]
    assert people.owner.http.delete(people.basin, headers={"If-Match": etag}).status_code == 204
    assert people.stakeholder.http.post(f"{people.basin}/comments", json={"text": "more"}).status_code == 409
    match = {"If-Match": comment["etag"]}
    assert people.stakeholder.http.patch(f"/v1/comments/{comment['id']}", json={"text": "x"}, headers=match).status_code == 409
