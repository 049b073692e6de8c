"""What technologies cost, how long they last and what they remove, each figure with its range and source."""

from planner.catalogue.technologies import citations, figure, log_removals, technologies

__all__ = ["citations", "figure", "log_removals", "technologies"]
