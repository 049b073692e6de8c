"""How benchmarks tell their figures: a list of {figure, value, unit, goal, met}, or lines to read."""

import json
from typing import Any

Figure = dict[str, Any]


def told(figure: Figure) -> str:
    """One figure in one line."""
    goal = "" if figure["goal"] is None else f" (goal {figure['goal']}: {'met' if figure['met'] else 'missed'})"
    return f"  {figure['figure']}: {figure['value']} {figure['unit']}{goal}"


def show(figures: list[Figure], as_json: bool) -> None:
    """Print all figures."""
    print(json.dumps(figures, ensure_ascii=False, indent=2) if as_json else "\n".join(map(told, figures)))
