"""The summary of a plan printed to a PDF: its own letters are in the file, whatever those of the machine."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page

from planner.reports.telling import telling, told
from planner.translations import ENGLISH, LANGUAGES
from tests.web.conftest import Place

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
HEADINGS = ("At a glance", "Who pays", "What the river keeps", "How it was checked")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MAPPED = re.compile(rb"<[0-9A-Fa-f]+> (?:<[0-9A-Fa-f]+> )?<([0-9A-Fa-f]+)>")
NEVER_ALONE = re.compile(r"[\s\u200b]")


# In Chromium's PDF: 3.125 units a pixel of CSS, then how far the page's content is moved; and where a piece of text begins.
MOVED_OR_SHOWN = re.compile(rb"\n3\.125 0 0 3\.125 \S+ (?P<moved>\S+) cm|\n1 0 0 -1 \S+ (?P<shown>\S+) Tm")
UNITS_A_PIXEL = 3.125
MARGIN_PX, PAGE_PX = 12 * 96 / 25.4, 297 * 96 / 25.4


def contents_of(pdf: bytes) -> Iterator[bytes]:
    """Every compressed stream of the file, in its order."""
    for found in STREAM.finditer(pdf):
        with suppress(zlib.error):
            yield zlib.decompress(found[1])


def empty_below(pdf: bytes) -> list[float]:
    """The share of each page, within its margins, that is below its last line of text."""
    return [1 - (_last_line_px(page) - MARGIN_PX) / (PAGE_PX - 2 * MARGIN_PX) for page in contents_of(pdf) if b" Tm\n" in page]


def _last_line_px(page: bytes) -> float:
    moved, lowest = 0.0, 0.0
    for found in MOVED_OR_SHOWN.finditer(page):
        if found["moved"]:
            moved = float(found["moved"]) / UNITS_A_PIXEL
        else:
            lowest = max(lowest, moved + float(found["shown"]))
    return lowest


def letters_of(pdf: bytes) -> set[str]:
    """Every letter that a glyph of the file stands for, as its fonts say (ToUnicode)."""
    told_by_fonts: set[str] = set()
    for content in contents_of(pdf):
        if b"beginbfchar" in content or b"beginbfrange" in content:
            for code in MAPPED.findall(content):
                told_by_fonts |= set(bytes.fromhex(code.decode()).decode("utf-16-be", errors="ignore"))
            for first, last, start in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]{4})>", content):
                told_by_fonts |= {chr(int(start, 16) + step) for step in range(int(last, 16) - int(first, 16) + 1)}
    return told_by_fonts


@pytest.mark.parametrize("code", OTHERS)
def test_a_printed_summary_has_the_letters_of_its_language(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.service.address}/v1/plans/{place.identifiers['plan']}/summary?language={code}")
    assert page.locator("html").get_attribute("lang") == code
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter((letters) => letters.status === 'error').length") == 0
    with telling(code):
        headings = [told(heading) for heading in HEADINGS]
    for heading in headings:
        assert page.get_by_text(heading, exact=True).count() >= 1, heading
    pdf = page.pdf(format="A4", print_background=True)
    asked, told_of = set(NEVER_ALONE.sub("", "".join(headings))), letters_of(pdf)
    # A glyph of several letters (a cluster of Khmer or Burmese) is in no such table: the text stands beside it.
    assert len(asked & told_of) > (0.5 if code in ("km", "my") else 0.9) * len(asked), asked - told_of
    ours = {b"NotoSans" + script for script in (b"Khmer", b"Lao", b"Myanmar", b"Thai", b"SC")}
    assert code == "vi" or any(name in pdf for name in ours)


@pytest.mark.parametrize("code", ["km", "zh"])
def test_the_plan_s_link_leads_to_its_summary_in_the_language_of_the_page(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.of('plan')}?language={code}")
    page.locator("a[href*='/summary']").click()
    page.wait_for_url(re.compile("/summary"))
    assert page.locator("html").get_attribute("lang") == code
    page.goto(f"{place.of('compare')}&language={code}")
    assert f"language={code}" in (page.locator("a[href*='format=html']").get_attribute("href") or "")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("plans", "most"), [(1, 5), (2, 9)])
def test_a_print_leaves_no_page_empty(page: Page, place: Place, plans: int, most: int, code: str) -> None:
    """Tables go on over pages, and maps that go to the top of the next page leave theirs to what comes after them.

    A third of the first page was empty where they did not.
    """
    own = f"plans/{place.identifiers['plan']}/summary?"
    both = f"comparisons?plan={place.identifiers['plan']}&plan={place.identifiers['other_plan']}&format=html&"
    page.goto(f"{place.service.address}/v1/{own if plans == 1 else both}language={code}")
    page.evaluate("document.fonts.ready")
    pdf = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    left = empty_below(pdf)
    assert len(left) == len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most
    assert min(left) > -0.05, "Chromium writes its PDF in another way, or made all smaller, as something is wider than the paper"
    assert max(left[:-1]) < 0.2, left
