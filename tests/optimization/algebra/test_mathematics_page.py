"""The page of the model that was solved: everything of it, from its own rules, without the network."""

import re
from xml.etree import ElementTree

import pytest

from datasets.synthetic import make
from optimization.formulation import build
from optimization.stated import mathematics_of
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario


@pytest.fixture(scope="module")
def scenario():
    return resolve(make(4, stages=1, seasons=1, members=1), Scenario.from_dict({"name": "least_cost", "title": "Least <cost>"}))


def test_the_page_is_well_formed_and_needs_no_network(scenario):
    page = mathematics_of(scenario)
    body = ElementTree.fromstring(page[page.index("<body>") : page.index("</html>")])
    assert body.find("h1").text.endswith("Least <cost>")
    assert not re.search(r"(?:src|href)=|https?://|@import|<script", page)


def test_it_names_every_family_with_its_rows_and_every_variable_with_unit_and_bounds(scenario):
    page, model = mathematics_of(scenario), build(scenario)
    for law in model.laws.values():
        assert f"<code>{law.name}</code>" in page
    rows = {law.name: law.count for law in model.laws.values()}
    section = page[page.index("<code>environmental_flow</code>") :]
    assert f"{rows['environmental_flow']:,} rows, m³/day" in section[: section.index("</section>")]
    built = page[page.index("<code>serves</code></td>") :]
    assert "0 … 1, whole" in built[: built.index("</tr>")]


def test_the_same_as_latex_whose_brackets_close(scenario):
    text = mathematics_of(scenario, "latex")
    assert text.count(r"\begin{") == text.count(r"\end{")
    assert text.count(r"\[") == text.count(r"\]")
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert not re.findall(r"[^\x00-\xff]", text)
