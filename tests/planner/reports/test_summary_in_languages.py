"""The summary in every language: no English word but those of names, no figure lost, and English as it was."""

import re

import pytest

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck
from planner.reports.markup import sentence
from planner.reports.picture import picture_svg
from planner.reports.summary import comparison_html, summary_html
from planner.reports.telling import telling, told, told_list
from planner.sentences import catalogue
from planner.translations import ENGLISH, LANGUAGES
from tests.conftest import PlanOnPaper
from tests.planner.reports.test_summary import TUTORIAL, Page

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
# Words of the same letters in every language: currencies, units, what standards and files are called, the solver's record.
KEPT = {"usd", "jmp", "log", "log10", "kwh", "kwh_year", "co2", "sdg", "design", "cc0", "gini", "jain"}
CHECKS = (AuditCheck("river.reach", "No reach gives more than it has", True, 0.0, 1e-3, "m³/day", "", 0),)
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(TUTORIAL)


@pytest.fixture
def two(basin, plan_on_paper: PlanOnPaper):
    options = basin.tables["options"]["option"].tolist()
    floors = {"policy": {"floors": [{"rung": 4, "share": 0.8, "within": "basin", "hard": True}]}}
    return [
        plan_on_paper(basin, raised=0.2, options=options[:2], checks=CHECKS, scenario={"title": "Quokka", **floors}),
        plan_on_paper(basin, raised=0.7, options=options[:5], checks=CHECKS, taken=0.9, scenario={"title": "Numbat"}),
    ]


def apart(html: str) -> str:
    """The page without the solver's own record, and so that what stands in two elements is not one word."""
    return re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL).replace("<", " <")


def words(html: str) -> set[str]:
    """Every word that is seen or read aloud, in small letters."""
    html = apart(html)
    spoken = re.findall(r'(?:aria-label|title)="([^"]*)"', html)
    return {word.casefold() for text in (Page(html).text, *spoken) for word in WORD.findall(text)}


def names(basin: Basin) -> set[str]:
    """Every word of the basin's own texts."""
    cells = (str(cell) for table in basin.tables.values() for column in table.select_dtypes("object") for cell in table[column])
    told_by_users = " ".join([*cells, *map(str, basin.settings.model_dump().values()), "Quokka", "Numbat"])
    return {word.casefold() for word in WORD.findall(told_by_users.replace("_", " "))}


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_word_stays_but_those_of_names(code: str, basin, two) -> None:
    for made in (
        lambda code: summary_html(two[:1], code),
        lambda code: summary_html(two, code),
        lambda code: picture_svg(two[1], code),
    ):
        english, other = words(made(ENGLISH)), words(made(code))
        # Vietnamese and English have short words of the same letters: what the catalogue itself writes is no English.
        own = {word.casefold() for text in catalogue(code).texts.values() for word in WORD.findall(text)}
        assert sorted(english & other - names(basin) - KEPT - own) == []
        assert len(other) > 20


@pytest.mark.parametrize("code", OTHERS)
def test_the_page_says_which_language_it_has_and_that_nobody_has_read_it(code: str, two) -> None:
    html = summary_html(two, code)
    assert f'<html lang="{code}">' in html
    assert Page(html).faults == []
    with telling(code):
        assert told("The texts in this language were made by a machine; nobody who speaks it has read them yet.") in html
    assert "made by a machine" not in summary_html(two)


@pytest.mark.parametrize("code", OTHERS)
def test_figures_are_those_of_the_english_page_in_the_signs_of_the_language(code: str, two) -> None:
    back = str.maketrans(catalogue(code).figures, "0123456789,.")
    figures = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d|\.\d)")
    english = figures.findall(Page(apart(summary_html(two))).text)
    other = figures.findall(Page(apart(summary_html(two, code))).text.translate(back))
    assert sorted(english) == sorted(other)
    assert len(english) > 50


def test_a_sentence_has_its_strong_part_where_the_language_has_it() -> None:
    text = "**12 people** of 40 below basic service (rung 3) in <late>, in 2 villages."
    assert sentence(text) == "<strong>12 people</strong> of 40 below basic service (rung 3) in &lt;late&gt;, in 2 villages."
    with telling("zh"):
        assert sentence(text) == "&lt;late&gt;：40 人中有 <strong>12 人</strong>（2 个村庄）低于基本服务（等级 3）。"


def test_lists_and_bare_figures_have_the_signs_of_the_language() -> None:
    with telling("vi"):
        assert told_list(["1 source", "2 mains and pipes", "3 reservoirs"]) == "1 nguồn nước, 2 tuyến ống và 3 hồ chứa"
        assert told("1,234.5 → 2") == "1.234,5 → 2"
    with telling("my"):
        assert told("12; 3,400") == "၁၂; ၃,၄၀၀"
    assert told_list(["a", "b", "c"]) == "a, b and c"


def test_an_unknown_language_is_refused(two) -> None:
    for make in (summary_html, comparison_html):
        with pytest.raises(ValueError, match="no texts in xx"):
            make(two, "xx")


def test_letters_are_asked_for_the_text_of_the_page_and_stand_in_its_style(two) -> None:
    asked: list[str] = []

    def letters(text: str) -> str:
        asked.append(text)
        return "/*letters*/"

    html = summary_html(two, "lo", letters)
    assert "<style>/*letters*/" in html
    assert "ໃຜຈ່າຍ" in asked[0]
