"""What belongs to which place."""

import numpy as np
from scipy import sparse

from optimization.solving.places import shares_of_places, spread_to_columns
from optimization.solving.problem import plain_problem


def test_a_column_without_a_place_belongs_where_its_rows_are() -> None:
    # Rows: a with 0 and 1; b with 1, 2 and 4; c with 3 and 4. Columns 0 and 2 have places, 5 is in no row.
    matrix = np.zeros((3, 6))
    for row, columns in enumerate([(0, 1), (1, 2, 4), (3, 4)]):
        matrix[row, columns] = 2.0
    limits = (np.zeros(3), np.ones(3))
    problem = plain_problem(sparse.csc_array(matrix), limits, (np.zeros(6), np.ones(6)), np.ones(6, bool), np.ones(6))
    place_of = np.array([0, -1, 1, -1, -1, -1])
    # Of 1 one row says place 0, the other one place 1; of 4 the row b says place 1, and then c says so of 3.
    assert spread_to_columns(problem, place_of).tolist() == [0, -1, 1, 1, 1, -1]
    shares = shares_of_places(problem, place_of, 2).toarray()
    assert shares.tolist() == [[1, 0], [0.5, 0.5], [0, 1], [0, 1], [0, 1], [0, 0]]
