"""What is said in other languages: the same figures and names, nothing that English no longer says, nothing left half."""

import re

import pytest

from api.errors import ApiProblem
from planner.basin import Basin
from planner.plan.indicators import indicators
from planner.plan.outcome import WITHOUT_A_PLAN
from planner.sentences import Template, catalogue, in_language, shape
from planner.translations import ENGLISH, LANGUAGES, language
from tests.conftest import PlanOnPaper
from tests.planner.sentences.written import ROOT, stands


def problems(kind: type[ApiProblem]) -> list[type[ApiProblem]]:
    """All kinds of problems, below one."""
    return [kind, *(problem for one in kind.__subclasses__() for problem in problems(one))]


OTHERS = [code for code in LANGUAGES if code != ENGLISH]
STOPPED = (
    "Stopped at the time limit with the best plan so far: its cost, with what is missed at its price, is at most 4.3 % "
    "(834,610 USD of 2026) above the best possible."
)
SEVERAL_AIMS = (
    "Best plan found: at most 12 persons (0.3 % of all people) more below rung 3 than in the best possible plan, its cost is at "
    "most 12,000 USD of 2026 above the best possible, the aims before it held and what the river lacks is at most 3 m³/year "
    "above the best possible, given what the aims before it reached, which may still be improved; for its other aims this "
    "is not known."
)
FLOOR = "the floor “at least 80 % of people on rung 4 or above in the basin as a whole of BAN, from 2030 on, without exception”"
NOT_BOTH = f"No plan exists: {FLOOR} and what the channel AID offers by 2030 cannot both hold: 1,234,567 USD short."
OUT_OF_REACH = (
    f"No plan exists: {FLOOR} and the lead times of options cannot both hold: 12 persons short, however much money and water "
    "there is; without the lead times of options a plan exists."
)
WAYS_OUT = (
    "Let AID offer 1,000 USD more in 2030, find 3 operators more for BAN and license 3,000 m³/year more at SPRING.",
    "Let options stand together.",
    "Let the environmental flow be missed at its price.",
)
WORTH = "One m³/day of room more in the environmental flow kept at BAN in s1, dry would be worth 12.3 USD of the base year."
ENGLISH_WORDS = re.compile(r"\b(the|of|at|most|is|than|with|plan|found|people|share)\b")


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_sentences(code: str) -> None:
    assert catalogue(code).texts.keys() == catalogue("km").texts.keys()


def test_the_sentences_of_the_catalogues_are_still_said_somewhere() -> None:
    """What is not: mend the catalogues, or take it out of them."""
    assert [english for english in catalogue("km").texts if not stands(shape(english))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_places_of_its_sentence_and_is_not_blank(code: str) -> None:
    for english, translation in catalogue(code).sentences:
        assert translation.text.strip()
        assert {place.name for place in english.places} == {place.name for place in translation.places}, english.text


@pytest.mark.parametrize("code", OTHERS)
def test_two_places_never_touch(code: str) -> None:
    assert [english.text for english, _ in catalogue(code).sentences if "" in english.words[1:-1]] == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("verdict", [STOPPED, SEVERAL_AIMS, *WITHOUT_A_PLAN.values()])
def test_verdicts_are_said_whole_and_with_the_same_figures(verdict: str, code: str) -> None:
    said = in_language(verdict, code)
    assert not ENGLISH_WORDS.search(said), said
    figures = catalogue(code).figures
    back = said.translate(str.maketrans(figures, "0123456789,."))
    for figure in re.findall(r"\d[\d,]*\.?\d*", verdict):
        assert figure.rstrip(",.") in back


@pytest.mark.parametrize("code", OTHERS)
def test_every_title_of_an_indicator_of_a_plan_is_translated(code: str, plan_on_paper: PlanOnPaper) -> None:
    english = [indicator.title for indicator in indicators(plan_on_paper(Basin.read(ROOT / "datasets/tutorial/basin")))]
    assert [title for title in english if in_language(title, code) == title] == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("sentence", [NOT_BOTH, OUT_OF_REACH, *WAYS_OUT, WORTH, "USD of the base year per m³/day"])
def test_why_there_is_no_plan_and_what_binds_one_is_said_whole_and_with_its_names(sentence: str, code: str) -> None:
    said = in_language(sentence, code)
    assert not ENGLISH_WORDS.search(said), said
    assert all(name in said for name in ("AID", "BAN", "SPRING") if name in sentence)


@pytest.mark.parametrize("code", OTHERS)
def test_problems_have_titles_and_remedies_in_every_language(code: str) -> None:
    told = {text for problem in problems(ApiProblem)[1:] for text in (problem.title, problem.remedy) if text}
    assert len(told) > 30
    assert [text for text in told if in_language(text, code) == text] == []


def test_names_stay_as_they_are_and_what_is_not_known_stays_english() -> None:
    assert "Ban of Lumphat and more" in in_language("Paid by Ban of Lumphat and more", "vi")
    assert in_language("Nobody says this.", "vi") == "Nobody says this."
    assert in_language(STOPPED, ENGLISH) == STOPPED


def test_a_sentence_of_which_a_part_is_not_known_is_not_said_by_halves() -> None:
    half = "Best plan found: its colour is at most blue above the best possible."
    assert in_language(half, "vi") == half


def test_several_sentences_are_said_one_by_one() -> None:
    stopped, failed = WITHOUT_A_PLAN["infeasible"], WITHOUT_A_PLAN["failed"]
    assert in_language(f"{stopped} {failed}", "vi") == f"{in_language(stopped, 'vi')} {in_language(failed, 'vi')}"


def test_what_stands_between_semicolons_is_told_one_after_the_other() -> None:
    floors = [
        "at least 40 % of each group on rung 3 or above in every village",
        "at least 70 % of people on rung 3 or above in the basin as a whole, from 2030 on, without exception",
    ]
    assert in_language("; ".join(floors), "zh") == "; ".join(in_language(floor, "zh") for floor in floors)


def test_a_figure_stands_only_where_a_figure_may_stand() -> None:
    people = Template("People at rung {rung:figure} or above, {stage}")
    assert people.found_in("People at rung 4 or above, 2027") == {"rung": "4", "stage": "2027"}
    assert people.found_in("People at rung four or above, 2027") is None
    with pytest.raises(ValueError, match="no kind of place"):
        _ = Template("{rung:number}").places


def test_long_texts_take_no_longer_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    look = Template.found_in

    def counted(template: Template, text: str) -> dict[str, str] | None:
        nonlocal tried
        tried += 1
        return look(template, text)

    monkeypatch.setattr(Template, "found_in", counted)
    in_language("Best plan found: " + "its cost is at most 3 %, " * 75 + "and more.", "vi")
    assert tried < 100_000


@pytest.mark.parametrize("code", OTHERS)
def test_page_and_service_say_the_same_of_whether_speakers_have_read_their_texts(code: str) -> None:
    shown = re.search(r"REVIEWED: .*= \[(.*)\]", (ROOT / "web/src/words/reviewed.ts").read_text(encoding="utf-8"))
    assert shown
    reviewed = f'"{code}"' in shown[1]
    assert {catalogue(code).state, language(code).state} == {"reviewed" if reviewed else "unreviewed"}
