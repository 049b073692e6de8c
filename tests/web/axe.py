"""What axe-core finds on a page."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules that another theme can break."""
ALIKE: Final = "tbody tr:nth-child(n+9)"
"""Rows of a long table are made like those before them: the first tell what axe finds in all."""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds by these rules, or by all, each with the place where it is and how to mend it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        asked["runOnly"] = {"type": "rule", "values": list(rules)}
    found: Any = page.evaluate(f"axe.run({json.dumps({'exclude': [[ALIKE]]})}, {json.dumps(asked)})")
    places = [(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]
    return [f"{rule}: {node['html'][:200]} {node['failureSummary']}" for rule, node in places]
