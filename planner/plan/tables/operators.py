"""Who runs the works."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field
from planner.plan.tables.fields import account_field, stage_field


class Operators(Row):
    """Operators of an account: needed, there, and trained. No row where nobody is needed or there."""

    table: ClassVar[str] = "operators"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("account", "stage")

    account: Identifier = account_field()
    stage: Identifier = stage_field()
    needed_operators: NonNegative = field("Needed", unit="operators", help="By options and assets that serve.", example=3.2)
    present_operators: NonNegative = field("There without training", unit="operators", example=2.0)
    trained_operators: NonNegative = field("Trained", unit="operators", example=2.0)
