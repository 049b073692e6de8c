"""Energy that treatment trains run on."""

from typing import ClassVar

from planner.basin.field import Identifier, Positive, Row, field


class TrainEnergy(Row):
    """The energy of a treatment train: its price and its emissions count by the water put in."""

    table: ClassVar[str] = "train_energy"
    key: ClassVar[tuple[str, ...]] = ("train",)
    optional_table: ClassVar[bool] = True

    train: Identifier = field("Treatment train", example="membrane_uv", refers_to="trains")
    energy: Identifier = field("Kind of energy", example="grid", refers_to="energy_kinds")
    energy_kwh_per_m3: Positive = field(
        "Energy",
        unit="kWh/m³ put in",
        help="Its cost comes on top of the train's variable_om_usd_per_m3, which then is for chemicals alone. Assume 0.01 "
        "(0.002 to 0.05) for slow sand and chlorine, 0.1 (0.03 to 0.3) for coagulation, 0.3 (0.1 to 0.6) for membranes.",
        example=0.3,
    )
