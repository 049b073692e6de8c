"""A browser of this machine for tests, pictures and measurements: Chromium, driven by Playwright, with no network but loopback.

`python -m generators.browser` ends with 0 where there is one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Drawn by the processor, the same everywhere; no name but the machine's own is found, so that nothing else can be asked.
ARGUMENTS = (
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage",
    "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def found() -> str | None:
    """Where Chromium is: as `CHROMIUM` says, else the first of its usual names; none if there is none."""
    asked = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, (asked,) if asked else NAMES)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without windows. Raises RuntimeError where none is installed."""
    place = found()
    if place is None:
        raise RuntimeError("There is no Chromium: apt-get install chromium, or say where one is in CHROMIUM.")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=place, args=ARGUMENTS)
        yield opened
        opened.close()


def sign_in(context: BrowserContext, address: str, email: str, password: str) -> None:
    """Give a context the session of somebody, as the sign-in page would."""
    answer = context.request.post(f"{address}/v1/session", data={"email": email, "password": password})
    if not answer.ok:
        raise RuntimeError(f"{email} cannot sign in: {answer.text()}")


if __name__ == "__main__":
    raise SystemExit(0 if found() else 1)
