"""Steps between the states of the database, each forward and back."""
