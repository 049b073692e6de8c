"""Links to what the service itself answers, such as files, are left to the browser: the page's own screens are not all there is."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "web" / "src"
LINK = re.compile(r"<a\b[^>]*?/(?:v1|docs)\b[^>]*>", re.DOTALL)
LEFT_TO_THE_BROWSER = re.compile(r"\b(?:data-sv-router-ignore|download)\b")


def test_the_page_does_not_take_files_for_screens() -> None:
    links = [link for file in SOURCE.rglob("*.svelte") for link in LINK.findall(file.read_text(encoding="utf-8"))]
    assert len(links) > 10
    assert [link for link in links if not LEFT_TO_THE_BROWSER.search(link)] == []
