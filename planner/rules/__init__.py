"""Rules: the researcher's own constraints as data. They are read and checked here, never executed as code."""

from planner.rules.document import Rule
from planner.rules.errors import RuleError

__all__ = ["Rule", "RuleError"]
