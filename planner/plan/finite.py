"""Content for JSON: every number finite, or null."""

import math
from typing import Any


def finite(content: Any) -> Any:
    """The content with None wherever a number is missing or infinite; numpy's numbers become Python's."""
    if isinstance(content, dict):
        return {str(key): finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [finite(value) for value in content]
    if hasattr(content, "item"):
        content = content.item()
    return None if isinstance(content, float) and not math.isfinite(content) else content
