"""`python -m generators.pictures SERVICE EMAIL FOLDER`: pictures of every screen, from a running service such as the demo's.

The password is read from PASSWORD. What is shown is the newest basin with two plans: they, the scenario and run of the newest.
"""

import argparse
import os
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, expect

from generators.browser import browser, sign_in
from generators.screens import SCREENS, SIGNED_OUT, address_of

SIZES: Final = {"wide": (1366, 768), "telephone": (390, 844)}
THEMES: Final = ("light", "dark")


def identifiers(context: BrowserContext, service: str) -> dict[str, str]:
    """What the addresses of screens are of."""

    def ask(path: str) -> Any:
        answer = context.request.get(service + path)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.text()}")
        return answer.json()["items"]

    for basin in ask("/v1/basins"):
        plans = ask(f"/v1/basins/{basin['id']}/plans")
        if len(plans) > 1:
            first, second = plans[:2]
            known = {"basin": basin["id"], "plan": first["id"], "other_plan": second["id"]}
            return {**known, "scenario": first["scenario_id"], "run": first["run_id"]}
    raise RuntimeError("No basin has two plans: make the demo first.")


def settled(page: Page) -> None:
    """Waits until everything that the page asked for is there and drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".loading, [aria-busy=true]")).to_have_count(0, timeout=30_000)


def take(opened: Browser, service: str, email: str, folder: Path, screens: list[str], languages: list[str]) -> list[Path]:
    """The pictures, as files `screen-size-theme-language.png`."""
    made = []
    for size, (width, height) in SIZES.items():
        with opened.new_context(viewport={"width": width, "height": height}, locale="en-GB") as context:
            sign_in(context, service, email, os.environ["PASSWORD"])
            known, page = identifiers(context, service), context.new_page()
            for screen in screens:
                if screen in SIGNED_OUT:
                    continue
                address = service + address_of(screen, known)
                for language in languages:
                    page.goto(f"{address}{'&' if '?' in address else '?'}language={language}")
                    settled(page)
                    for theme in THEMES:
                        page.emulate_media(color_scheme=theme)
                        page.wait_for_timeout(700)
                        made.append(folder / f"{screen}-{size}-{theme}-{language}.png")
                        page.screenshot(path=made[-1], full_page=size == "telephone")
    return made


def main() -> None:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", help="such as http://127.0.0.1:8000")
    parser.add_argument("email")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--screen", action="append", choices=SCREENS, help="left out: every one")
    parser.add_argument("--language", action="append", help="left out: English")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        screens, languages = options.screen or list(SCREENS), options.language or ["en"]
        for path in take(opened, options.service.rstrip("/"), options.email, options.folder, screens, languages):
            print(path)


if __name__ == "__main__":
    main()
