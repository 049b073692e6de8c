"""Columns that many tables of a plan have."""

from typing import Annotated, Any

from pydantic import Field

from planner.basin.field import field

Rung = Annotated[int, Field(ge=0, le=5)]


def option_field() -> Any:
    """An option that is built."""
    return field("Option", example="hill_main_dn110", refers_to="options")


def village_field() -> Any:
    """A village."""
    return field("Village", example="hilltop", refers_to="villages")


def group_field() -> Any:
    """A population group."""
    return field("Group", example="poor", refers_to="groups")


def stage_field() -> Any:
    """A stage."""
    return field("Stage", example="stage_1", refers_to="stages")


def season_field() -> Any:
    """A season."""
    return field("Season", example="dry", refers_to="seasons")


def member_field() -> Any:
    """A member."""
    return field("Member", example="dry_year", refers_to="members")


def reach_field() -> Any:
    """A reach."""
    return field("Reach", example="upper_reach", refers_to="reaches")


def account_field() -> Any:
    """An administration with an account."""
    return field("Account", help="Administration.", example="upper_district", refers_to="administrations")
