"""From the solver's vector to the tables of a plan."""

from optimization.results.tables import Values, objective_rows, tables_of

__all__ = ["Values", "objective_rows", "tables_of"]
