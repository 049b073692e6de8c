"""From the solver's vector to the tables of a plan."""

from optimization.results.members import OwnBests
from optimization.results.tables import Values, objective_rows, tables_of

__all__ = ["OwnBests", "Values", "objective_rows", "tables_of"]
