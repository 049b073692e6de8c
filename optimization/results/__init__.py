"""From the solver's vector to the tables of a plan."""

from optimization.results.members import OwnBests
from optimization.results.tables import Values, objective_tables, tables_of

__all__ = ["OwnBests", "Values", "objective_tables", "tables_of"]
