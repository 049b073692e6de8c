"""What a rule may name: every set, and every figure with the sets that index it."""

from tests.api.service.basins import made_basin
from tests.api.service.house import Person


def test_a_rule_may_name_what_is_planned_and_what_is_given(ada: Person) -> None:
    basin = made_basin(ada)
    names = ada.http.get(f"/v1/basins/{basin.id}/rules/names").json()
    known = {(figure["table"], figure["column"]): figure for figure in names["figures"]}
    assert known["investments", "serves"]["indices"] == ["option", "stage"]
    assert known["investments", "serves"]["planned"] and not known["source_yields", "yield_m3_per_day"]["planned"]
    assert {index for figure in names["figures"] for index in figure["indices"]} <= set(names["sets"])


def test_every_figure_that_is_named_can_be_used_as_it_is_offered(ada: Person) -> None:
    basin = made_basin(ada)
    names = ada.http.get(f"/v1/basins/{basin.id}/rules/names").json()
    figure = next(one for one in names["figures"] if (one["table"], one["column"]) == ("investments", "serves"))
    offered = f"{figure['table']}.{figure['column']}[{', '.join(figure['indices'])}]"
    rule = {"name": "few", "expression": f"sum({', '.join(figure['indices'])}: {offered}) <= 5"}
    checked = ada.http.post(f"/v1/basins/{basin.id}/rules/check", json={"rule": rule}).json()
    assert checked["sound"], checked["findings"]
