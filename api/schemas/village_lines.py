"""A plan, read by one village."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer


class VillageSupplyAnswer(Answer):
    """Where piped water comes from: titles; empty where the village has no pipes of the network."""

    sources: list[str]
    sites: list[str]
    trains: list[str]


class VillageDroughtAnswer(Answer):
    """The worst season of a stress member."""

    member: str
    season: str
    shortage_m3_per_day: float
    hauled_m3_per_day: float


class VillageTariffAnswer(Answer):
    """What a group pays for its water, and the income of those who pay."""

    group: str
    tariff_usd_per_year: float
    income_usd_per_year: float


class VillageModeAnswer(Answer):
    """Persons on a mode of service."""

    mode: str
    rung: int
    persons: float


class VillageAssetAnswer(Answer):
    """What stands in the village, and the capital that is paid for it in the stage."""

    asset: str
    units: float
    capital_usd: float


class VillageStageAnswer(Answer):
    """A village in a stage."""

    stage: str
    title: str
    persons_by_rung: list[float] = Field(description="Persons on rungs 0 to 5.")
    typical_rung: int = Field(description="The highest rung that at least half of the people reach.")
    capital_usd: float
    running_cost_usd_per_year: float
    assurance_share: float | None = Field(description="Share of days on which pipes bring all that is needed.")
    risk_band: Literal["none", "low", "medium", "high", "very_high"] | None
    risk_worst_points: int | None
    drought: VillageDroughtAnswer | None = Field(description="null: no piped water is missing in any stress member.")
    supply: VillageSupplyAnswer
    modes: list[VillageModeAnswer]
    assets: list[VillageAssetAnswer]
    tariffs: list[VillageTariffAnswer]


class VillagePayerAnswer(Answer):
    """A channel, and the capital that it pays in the village's account over all stages."""

    channel: str
    amount_usd: float


class VillageLineAnswer(Answer):
    """What a plan says about a village. Names are titles, but for `village`, `account` and stages."""

    village: str
    title: str
    administration: str
    account: str
    account_title: str
    persons_by_rung_before: list[float]
    typical_rung_before: int
    base_year: int = Field(description="Year of the prices of all money.")
    stages: list[VillageStageAnswer]
    payers: list[VillagePayerAnswer]
