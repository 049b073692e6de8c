"""`python -m generators.pictures SERVICE EMAIL FOLDER`: pictures of every screen, from a running service such as the demo's.

The password is read from PASSWORD. What is shown is the newest basin with two plans: they, the scenario and run of the older.
"""

import argparse
import base64
import os
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from generators.browser import browser, sign_in
from generators.screens import SCREENS, SIGNED_OUT, address_of

SIZES: Final = {"wide": (1366, 768), "tall": (1366, 1024), "telephone": (390, 844)}
SIGHTS: Final = ("none", "deuteranopia", "protanopia", "tritanopia", "achromatopsia")
QUALITY_PERCENT: Final = 72
DRAWN_AGAIN_MS: Final = 700
LOADED_MS: Final = 30_000
# A stream of a run, or a request that Chromium forgot to end, never lets its network be idle: what counts is what is seen.
AT_REST: Final = """() => {
  const busy = document.querySelectorAll(".loading, [aria-busy=true]").length;
  const seen = [document.documentElement.outerHTML.length, document.documentElement.scrollHeight].join();
  const now = performance.now(), before = window.seenAtRest;
  if (busy || document.readyState !== "complete" || !before || before.seen !== seen) window.seenAtRest = { seen, since: now };
  return now - window.seenAtRest.since >= 500;
}"""


@dataclass(frozen=True)
class Look:
    """How a screen is looked at; `sight` is a way of not telling colours apart, as Chromium shows it."""

    size: str
    language: str
    theme: Literal["light", "dark"]
    sight: str


def identifiers(context: BrowserContext, service: str) -> dict[str, str]:
    """What the addresses of screens are of."""

    def ask(path: str) -> Any:
        answer = context.request.get(service + path)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.text()}")
        return answer.json()

    for basin in ask("/v1/basins")["items"]:
        plans = ask(f"/v1/basins/{basin['id']}/plans")["items"]
        if len(plans) > 1:
            second, first = plans[:2]  # what came later is compared with what was there before
            village = ask(f"/v1/basins/{basin['id']}/versions/latest/tables/villages?limit=1")["items"][0]["village"]
            known = {"basin": basin["id"], "village": village, "plan": first["id"], "other_plan": second["id"]}
            return {**known, "scenario": first["scenario_id"], "run": first["run_id"]}
    raise RuntimeError("No basin has two plans: make the demo first.")


def settled(page: Page) -> None:
    """Waits until nothing is loading or drawn and half a second changes nothing."""
    page.wait_for_function(AT_REST, polling=50, timeout=LOADED_MS)


def take(opened: Browser, service: str, email: str, screens: list[str], looks: list[Look]) -> Iterator[tuple[str, Look, bytes]]:
    """The pictures: of each screen in each look."""
    for size in dict.fromkeys(look.size for look in looks):
        width, height = SIZES[size]
        with opened.new_context(viewport={"width": width, "height": height}, locale="en-GB") as context:
            sign_in(context, service, email, os.environ["PASSWORD"])
            known, page = identifiers(context, service), context.new_page()
            camera = context.new_cdp_session(page)
            for screen in screens:
                address = service + address_of(screen, known)
                for language, same in groupby((look for look in looks if look.size == size), lambda look: look.language):
                    page.goto(f"{address}{'&' if '?' in address else '?'}language={language}")
                    settled(page)
                    for look in same:
                        page.emulate_media(color_scheme=look.theme)
                        camera.send("Emulation.setEmulatedVisionDeficiency", {"type": look.sight})
                        page.wait_for_timeout(DRAWN_AGAIN_MS)
                        yield screen, look, picture(camera, whole=size == "telephone")


def picture(camera: CDPSession, whole: bool) -> bytes:
    """What is seen, or the whole page, as WebP: a fraction of a PNG."""
    asked: dict[str, Any] = {"format": "webp", "quality": QUALITY_PERCENT, "captureBeyondViewport": whole}
    if whole:
        content = camera.send("Page.getLayoutMetrics")["cssContentSize"]
        asked["clip"] = {**content, "scale": 1}
    return base64.b64decode(camera.send("Page.captureScreenshot", asked)["data"])


def main() -> None:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", help="such as http://127.0.0.1:8000")
    parser.add_argument("email")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--screen", action="append", choices=SCREENS, help="left out: every one")
    parser.add_argument("--size", action="append", choices=SIZES, help="left out: wide and telephone")
    parser.add_argument("--theme", action="append", choices=("light", "dark"), help="left out: both")
    parser.add_argument("--language", action="append", help="left out: English")
    parser.add_argument("--sight", action="append", choices=SIGHTS, help="left out: none, which is colours as they are")
    parser.add_argument("--docs", action="store_true", help="one picture a screen, named by it: tall, light, English")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.docs:
        looks = [Look("tall", "en", "light", "none")]
    else:
        sizes, themes = options.size or ["wide", "telephone"], options.theme or ["light", "dark"]
        looks = [Look(*one) for one in product(sizes, options.language or ["en"], themes, options.sight or ["none"])]
    screens = [screen for screen in options.screen or SCREENS if screen not in SIGNED_OUT]
    with browser() as opened:
        for screen, look, content in take(opened, options.service.rstrip("/"), options.email, screens, looks):
            file = options.folder / (f"{screen}.webp" if options.docs else f"{'-'.join([screen, *astuple(look)])}.webp")
            file.write_bytes(content)
            print(file)


if __name__ == "__main__":
    main()
