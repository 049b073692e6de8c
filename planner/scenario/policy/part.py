"""What all parts of a policy have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A part of a policy: frozen, and with no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def price(title: str, default: float, help: str) -> Any:
    """A price of water that is missed."""
    return Field(title=title, default=default, description=help, json_schema_extra={"x-unit": "USD/m³"})


def from_stage() -> Any:
    """The stage from which something is asked for."""
    return Field(title="From stage", default=None, description="From this stage on. Blank: in every stage.",
                 json_schema_extra={"x-refers-to": ["stages"]})  # fmt: skip


def only_in(help: str) -> Any:
    """The administration to which something is limited."""
    return Field(title="Administration", default=None, description=help, json_schema_extra={"x-refers-to": ["administrations"]})
