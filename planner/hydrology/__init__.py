"""How much water rivers need and pipes carry: formulas of the field, array at a time."""
