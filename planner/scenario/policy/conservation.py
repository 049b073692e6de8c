"""What counts as conservation, and how much."""

from pydantic import Field, model_validator

from planner.basin.field import NonNegative
from planner.scenario.policy.part import Part


class Conservation(Part):
    """Weights of the parts of the aim `conservation`, each a share of a whole that no plan changes.

    Only parts that the basin knows count; their weights are brought to a sum of 1.
    """

    environmental_flow: NonNegative = Field(
        title="Weight of environmental flow", default=1.0, description="Of what rivers lack, as a share of all that they need."
    )
    groundwater: NonNegative = Field(
        title="Weight of groundwater", default=1.0, description="Of overdraft, as a share of all sustainable yields."
    )
    protected_reaches: NonNegative = Field(
        title="Weight of protected reaches",
        default=1.0,
        description="Of what new sources take from protected reaches, as a share of all that they could give.",
    )
    wastewater: NonNegative = Field(
        title="Weight of untreated wastewater",
        default=1.0,
        description="Of wastewater that runs off untreated, as a share of all that everybody would return at most.",
    )

    @model_validator(mode="after")
    def _something_counts(self) -> "Conservation":
        if not any(self.model_dump().values()):
            raise ValueError("a weight above 0")
        return self
