"""What a check is about can be read where the check is asked."""

from planner.basin.tables import ROW_OF
from planner.checks import CHECKS


def test_a_check_needs_the_table_that_it_is_about() -> None:
    assert [one.run.__name__ for one in CHECKS if one.about is not None and one.about not in one.needs] == []
    assert all(one.about is None or ROW_OF[one.about].optional_table for one in CHECKS)
