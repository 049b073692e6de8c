"""Who pays: channels of capital and subsidies of running costs."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Row, Share, Text, field


class Channel(Row):
    """A purse for capital."""

    table: ClassVar[str] = "channels"
    key: ClassVar[tuple[str, ...]] = ("channel",)

    channel: Identifier = field("Channel", example="government_grant")
    title: Text = field("Name", example="Government grant", default="")
    kind: Literal["government_grant", "ecological_compensation", "aid", "concessional_loan", "tariff"] = field(
        "Kind", example="government_grant"
    )
    carry_over: bool = field("Unspent money is kept for the next stage", example=True, default=False)
    raised_by: Identifier | None = field(
        "Raised by",
        help="The administration whose money it is, told in the accounts of a plan. Blank: money from elsewhere.",
        example=None,
        default=None,
        refers_to="administrations",
    )


class ChannelAmount(Row):
    """What a channel offers in a stage."""

    table: ClassVar[str] = "channel_amounts"
    key: ClassVar[tuple[str, ...]] = ("channel", "stage")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    stage: Identifier = field("Stage", example="stage_1", refers_to="stages")
    amount_usd: NonNegative = field("Amount", unit="USD", example=250000.0)


class ChannelEligibility(Row):
    """What a channel may pay for, and where."""

    table: ClassVar[str] = "channel_eligibility"
    key: ClassVar[tuple[str, ...]] = ("channel", "category", "administration")

    channel: Identifier = field("Channel", example="government_grant", refers_to="channels")
    category: Identifier = field("Category", example="conveyance", refers_to="categories")
    administration: Identifier | None = field(
        "Administration",
        help="With everything that belongs to it. Blank: everywhere.",
        example=None,
        default=None,
        refers_to="administrations",
        falls_with_it=True,
    )


class ChannelShare(Row):
    """How much of the capital of a category a channel pays at most and at least, in every account where it may pay it."""

    table: ClassVar[str] = "channel_shares"
    key: ClassVar[tuple[str, ...]] = ("channel", "category")
    optional_table: ClassVar[bool] = True

    channel: Identifier = field("Channel", example="aid", refers_to="channels")
    category: Identifier = field("Category", example="treatment", refers_to="categories")
    largest_share: Share = field(
        "Largest share",
        unit="share",
        help="Of the capital of the category in an account and a stage.",
        example=0.8,
        default=1.0,
    )
    smallest_share: Share = field(
        "Smallest share",
        unit="share",
        help="What is built of the category in a stage is not built without this part of the channel.",
        example=0.1,
        default=0.0,
    )


class LoanTerm(Row):
    """How a concessional loan is repaid by the account that borrowed: interest while it rests, then equal yearly payments."""

    table: ClassVar[str] = "loan_terms"
    key: ClassVar[tuple[str, ...]] = ("channel",)
    optional_table: ClassVar[bool] = True

    channel: Identifier = field("Channel", help="Of kind concessional_loan.", example="development_bank", refers_to="channels")
    interest_share_per_year: Share = field(
        "Interest", unit="share per year", help="Without inflation, as all money here.", example=0.015, default=0.0
    )
    grace_years: Annotated[int, Field(ge=0, le=50)] = field(
        "Grace", unit="years", help="At first only the interest is paid for so many years.", example=5, default=0
    )
    term_years: Annotated[int, Field(ge=1, le=100)] = field(
        "Term", unit="years", help="From borrowing to the last payment, grace included.", example=25
    )


class Subsidy(Row):
    """Money for running costs that tariffs do not cover."""

    table: ClassVar[str] = "subsidies"
    key: ClassVar[tuple[str, ...]] = ("subsidy", "stage")
    optional_table: ClassVar[bool] = True

    subsidy: Identifier = field("Subsidy", example="district_om_fund")
    stage: Identifier = field("Stage", example="stage_1", refers_to="stages")
    administration: Identifier | None = field(
        "Administration",
        help="With everything that belongs to it. Blank: everywhere.",
        example=None,
        default=None,
        refers_to="administrations",
        falls_with_it=True,
    )
    amount_usd_per_year: NonNegative = field("Amount", unit="USD/year", example=20000.0)
