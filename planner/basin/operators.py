"""Operators: the people who run the works."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field


class OperatorsPresent(Row):
    """Operators who are there without any training, and free for new works. An administration that is not listed has none."""

    table: ClassVar[str] = "operators_present"
    key: ClassVar[tuple[str, ...]] = ("administration",)
    optional_table: ClassVar[bool] = True

    administration: Identifier = field(
        "Administration",
        help="They run the works of the account that follows its money.",
        example="upper_district",
        refers_to="administrations",
    )
    present_operators: NonNegative = field(
        "Operators present",
        unit="operators",
        help="Beside those who run what exists. 0.5: for half of the time.",
        example=2.0,
    )
