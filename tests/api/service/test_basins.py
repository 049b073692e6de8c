"""Basins: made from cases, documents and files, found by those who may, changed and archived by their owner."""

import io
import json
import zipfile

import pytest

from datasets.cases import cases
from tests.api.service.basins import made_basin, organisation_of, tutorial_document
from tests.api.service.house import House, Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_basin_of_a_case_belongs_to_its_maker(ada: Person) -> None:
    made = made_basin(ada, note="To begin with")
    basin = ada.http.get(made.place).json()
    assert (basin["role"], basin["latest_version"], basin["name"]) == ("owner", 1, "tutorial")
    version = ada.http.get(f"{made.place}/versions/latest").json()
    assert (version["number"], version["note"], version["counts"]["villages"]) == (1, "To begin with", 3)


def test_a_case_that_there_is_not_is_told_with_those_there_are(ada: Person) -> None:
    answer = ada.http.post("/v1/basins", json={"organisation_id": organisation_of(ada), "case": "atlantis"})
    assert answer.status_code == 422
    assert "ratanakiri" in answer.json()["errors"][0]["message"]


def test_a_basin_takes_a_document_or_a_case(ada: Person) -> None:
    answer = ada.http.post("/v1/basins", json={"organisation_id": organisation_of(ada)})
    assert answer.status_code == 422
    assert "either a document or the name of a case" in answer.json()["errors"][0]["message"]


def test_a_document_comes_back_as_it_was_sent(ada: Person) -> None:
    document = tutorial_document(ada, made_basin(ada))
    again = made_basin(ada, case=None, document=document, name="other", title="Other")
    assert tutorial_document(ada, again) == document
    assert ada.http.get(again.place).json()["name"] == "other"


def test_a_document_with_errors_is_not_kept_and_each_has_its_pointer(ada: Person) -> None:
    document = tutorial_document(ada, made_basin(ada))
    document["villages"][1]["elevation_m"] = 99_999
    body = {"organisation_id": organisation_of(ada), "document": document}
    answer = ada.http.post("/v1/basins", json=body)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:rivershare:problem:unsound"
    assert [(f["code"], f["where"]) for f in answer.json()["findings"] if f["severity"] == "error"] == [
        ("cell.out_of_range", "/villages/1/elevation_m")
    ]
    assert len(ada.http.get("/v1/basins").json()["items"]) == 1


@pytest.mark.parametrize(
    ("form", "media_type"), [("document", "application/json"), ("archive", "application/zip"), ("workbook", XLSX)]
)
def test_what_is_exported_can_be_imported_and_is_the_same(ada: Person, form: str, media_type: str) -> None:
    basin = made_basin(ada)
    file = ada.http.get(f"{basin.place}/versions/1/{form}")
    assert file.headers["content-type"].startswith(media_type)
    assert "attachment" in file.headers["content-disposition"]
    answer = ada.http.post(
        "/v1/basins/import",
        params={"organisation_id": organisation_of(ada), "name": "again"},
        content=file.content,
        headers={"Content-Type": media_type},
    )
    assert answer.status_code == 201, answer.text
    digests = [ada.http.get(f"{place}/versions/1").json()["digest"] for place in (basin.place, answer.headers["location"])]
    assert digests[0] == digests[1]


def test_findings_of_an_archive_say_file_and_line(ada: Person) -> None:
    archive = ada.http.get(f"{made_basin(ada).place}/versions/1/archive").content
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b",300", b",high") if name == "villages.csv" else old.read(name))
    answer = ada.http.post("/v1/basins/check", content=content.getvalue(), headers={"Content-Type": "application/zip"})
    assert answer.status_code == 200
    assert answer.json()["sound"] is False
    first = answer.json()["findings"][0]
    assert (first["code"], first["table"], first["row"], first["column"]) == (
        "cell.not_a_number", "villages", 2, "elevation_m",
    )  # fmt: skip


def test_a_file_that_is_checked_is_not_kept(ada: Person) -> None:
    basin = made_basin(ada)
    file = ada.http.get(f"{basin.place}/versions/1/workbook").content
    answer = ada.http.post("/v1/basins/check", content=file, headers={"Content-Type": XLSX})
    assert answer.json()["sound"] is True
    assert answer.json()["counts"]["villages"] == 3
    assert len(ada.http.get("/v1/basins").json()["items"]) == 1


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/json", b'{"basin": NaN}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"basin": {"name": "a\\u0000", "title": "\\ud800", "base_year": 1e400}}'),
        ("application/zip", b"PK\x03\x04 not an archive"),
        (XLSX, b"not a workbook"),
    ],
)
def test_hostile_files_are_refused_with_findings(ada: Person, media_type: str, content: bytes) -> None:
    query = {"organisation_id": organisation_of(ada)}
    answer = ada.http.post("/v1/basins/import", params=query, content=content, headers={"Content-Type": media_type})
    assert answer.status_code == 422
    assert answer.json()["findings"]


def test_a_file_of_another_kind_is_refused(ada: Person) -> None:
    answer = ada.http.post("/v1/basins/check", content=b"a,b", headers={"Content-Type": "text/csv"})
    assert answer.status_code == 415
    assert "application/zip" in answer.json()["remedy"]


def test_a_file_from_nobody_is_not_taken(house: House) -> None:
    answer = house.client().post("/v1/basins/check", content=b"{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


def test_a_basin_is_made_only_in_an_organisation_that_one_is_in(ben: Person, administrator: Person) -> None:
    other = administrator.http.post("/v1/organisations", json={"name": "other", "title": "Other"}).json()["id"]
    answer = ben.http.post("/v1/basins", json={"organisation_id": other, "case": "tutorial"})
    assert answer.status_code == 404


def test_the_template_is_a_workbook(house: House) -> None:
    answer = house.client().get("/v1/basins/template")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == XLSX
    again = house.client().get("/v1/basins/template", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_one_sees_basins_one_has_a_role_in_and_those_open_to_all(house: House, ada: Person, ben: Person) -> None:
    hidden, shared, opened = (made_basin(ada, name=name) for name in ("hidden", "shared", "opened"))
    house.give_role(ben, shared.id, "analyst")
    assert ada.http.patch(opened.place, json={"open_to_all": True}, headers=opened.match).status_code == 200
    seen = {basin["name"]: basin["role"] for basin in ben.http.get("/v1/basins").json()["items"]}
    assert seen == {"shared": "analyst", "opened": "reader"}
    assert ben.http.get(hidden.place).status_code == 404
    assert ben.http.get(f"{hidden.place}/versions/1/document").status_code == 404


def test_anybody_reads_a_basin_that_is_open_to_the_public_and_changes_nothing(house: House, ada: Person, ben: Person) -> None:
    made_basin(ada, name="hidden")
    opened = made_basin(ada, name="opened")
    visitor = house.client()
    assert visitor.get("/v1/basins").json()["items"] == []
    assert visitor.get(opened.place).status_code == 401
    assert ada.http.patch(opened.place, json={"open_to_public": True}, headers=opened.match).status_code == 200
    seen = {basin["name"]: basin["role"] for basin in visitor.get("/v1/basins").json()["items"]}
    assert seen == {"opened": "reader"} == {basin["name"]: basin["role"] for basin in ben.http.get("/v1/basins").json()["items"]}
    for part in ("", "/versions/1/document", "/scenarios", "/plans"):
        assert visitor.get(opened.place + part).status_code == 200
    for part in ("/comments", "/stakeholders", "/roles"):
        assert visitor.get(opened.place + part).status_code == 401
    assert visitor.patch(opened.place, json={"title": "Mine"}, headers={"If-Match": "*"}).status_code == 401
    assert visitor.post(f"{opened.place}/scenarios", json={"name": "mine"}).status_code == 401
    assert visitor.get("/v1/users/me").status_code == 401


def test_basins_are_found_by_text_and_organisation(ada: Person) -> None:
    made_basin(ada, name="upper_sesan", title="Upper Sesan")
    made_basin(ada, name="lower_sesan", title="100 % lower")
    names = lambda **query: [b["name"] for b in ada.http.get("/v1/basins", params=query).json()["items"]]  # noqa: E731
    assert names(text="UPPER") == ["upper_sesan"]
    assert names(text="100 %") == ["lower_sesan"]
    assert names(organisation_id="0198f0a4-0000-7000-8000-000000000000") == []


def test_opening_a_basin_to_all_takes_its_owner(house: House, ada: Person, ben: Person) -> None:
    basin = made_basin(ada)
    house.give_role(ben, basin.id, "planner")
    assert ben.http.patch(basin.place, json={"open_to_all": True}, headers=basin.match).status_code == 403
    assert ben.http.patch(basin.place, json={"open_to_public": True}, headers=basin.match).status_code == 403
    assert ben.http.patch(basin.place, json={"title": "Ours"}, headers=basin.match).status_code == 200


def test_the_second_of_two_editors_of_a_basin_is_told(ada: Person) -> None:
    basin = made_basin(ada)
    answers = [ada.http.patch(basin.place, json={"title": title}, headers=basin.match) for title in ("A", "B")]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert ada.http.patch(basin.place, json={"title": "C"}).status_code == 428
    assert ada.http.get(basin.place).json()["title"] == "A"


def test_an_archived_basin_is_read_but_not_changed_until_it_is_restored(ada: Person) -> None:
    basin = made_basin(ada)
    assert ada.http.delete(basin.place, headers=basin.match).status_code == 204
    assert ada.http.get("/v1/basins").json()["items"] == []
    assert [b["id"] for b in ada.http.get("/v1/basins", params={"archived": True}).json()["items"]] == [basin.id]
    now = {"If-Match": ada.http.get(basin.place).headers["etag"]}
    assert ada.http.patch(basin.place, json={"title": "A"}, headers=now).status_code == 409
    assert ada.http.post(f"{basin.place}/scenarios", json={"name": "new"}).status_code == 409
    restored = ada.http.post(f"{basin.place}/restore", headers=now)
    assert restored.json()["archived_at"] is None


def test_the_bundled_cases_are_loaded_once_with_their_scenarios_and_open_to_all(house: House, ada: Person, ben: Person) -> None:
    from api.services.basin_cases import load_cases

    organisation = organisation_of(ada)
    for expected in (len(cases()), 0):
        with house.service.database.writing() as session:
            assert len(load_cases(session, house.service.store, organisation, ada.user_id)) == expected
    found = {basin["name"]: basin["id"] for basin in ben.http.get("/v1/basins").json()["items"]}
    assert set(found) == {"ratanakiri", "tutorial"}
    scenarios = ben.http.get(f"/v1/basins/{found['ratanakiri']}/scenarios").json()["items"]
    assert {scenario["name"] for scenario in scenarios} == {"least_cost", "equity_first"}


def test_a_map_is_imported_with_another_basin_for_the_rest(ada: Person, ben: Person) -> None:
    basin = made_basin(ada)
    drawn = ada.http.get(f"{basin.place}/versions/1/geojson").content
    headers = {"Content-Type": "application/geo+json"}
    alone = ada.http.post("/v1/basins/check", content=drawn, headers=headers).json()
    assert "geojson.rest" in [finding["code"] for finding in alone["findings"]]
    query = {"organisation_id": organisation_of(ada), "name": "again", "rest_from": basin.id}
    answer = ada.http.post("/v1/basins/import", params=query, content=drawn, headers=headers)
    assert answer.status_code == 201, answer.text
    digests = [ada.http.get(f"{place}/versions/1").json()["digest"] for place in (basin.place, answer.headers["location"])]
    assert digests[0] == digests[1]
    unseen = ben.http.post("/v1/basins/check", params={"rest_from": basin.id}, content=drawn, headers=headers)
    assert unseen.status_code == 404


def test_a_map_becomes_the_next_version_of_its_basin(ada: Person) -> None:
    basin = made_basin(ada)
    drawn = ada.http.get(f"{basin.place}/versions/1/geojson").json()
    village = next(one for one in drawn["features"] if one["properties"]["table"] == "villages")
    village["geometry"]["coordinates"][0] += 0.001
    headers = {"Content-Type": "application/geo+json", **basin.match}
    answer = ada.http.post(f"{basin.place}/import", content=json.dumps(drawn).encode(), headers=headers)
    assert answer.status_code == 201, answer.text
    changed = ada.http.get(f"{basin.place}/versions/2/difference?from=1").json()["tables"]
    assert [(table, len(rows["changed"])) for table, rows in changed.items()] == [("villages", 1)]
