"""What a basin is: one file a subject, one table a file of rows."""

from planner.basin.basin import Basin
from planner.basin.horizon import Settings

__all__ = ["Basin", "Settings"]
