"""Names are text, whatever stands in them."""

from playwright.sync_api import Browser, expect

from tests.web.conftest import Opening, Place
from tests.web.hostile import LONG, MARKUP, NAMES


def test_hostile_names_are_shown_as_text(opening: Opening, place: Place) -> None:
    page = opening(viewport={"width": 390, "height": 844})
    page.goto(f"{place.service.address}/")
    expect(page.get_by_text(MARKUP).first).to_be_visible()
    answer = page.goto(f"{place.service.address}/plans/{place.identifiers['hostile_plan']}")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    page.get_by_role("button", name="Show as a table").first.click()
    for name in NAMES.values():
        expect(page.get_by_role("cell", name=name).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{LONG[:10]}… makes the page wider than the telephone"


def test_a_script_that_got_in_is_not_executed(chromium: Browser, place: Place) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(place.of("sign-in"))
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate("""() => {
                const script = document.createElement("script");
                script.textContent = "window.hurt = 1";
                document.body.append(script);
            }""")
        assert page.evaluate("window.hurt") is None
