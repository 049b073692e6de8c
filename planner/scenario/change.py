"""What a scenario may change in a basin: each kind of change and its keys."""

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError


def _one_message(allowed: str) -> WrapValidator:
    """One error in plain words where pydantic would give one for every type that a cell may have."""

    def check(value: Any, inner: Callable[[Any], Any]) -> Any:
        try:
            return inner(value)
        except ValidationError:
            raise PydanticCustomError("cell", "{allowed}", {"allowed": allowed}) from None

    return WrapValidator(check)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Cell = bool | int | float | str | None
Value = Annotated[Cell, _one_message("a number, text, true, false or null")]
Values = Annotated[Cell | list[Cell], _one_message("a number, text, true, false or null, or a list of them")]
Where = dict[str, Values]
TableName = Annotated[str, Field(max_length=100, description="Name of a table of the basin.", examples=["options"])]
Why = Annotated[str, Field(max_length=2000, description="Reason, in words. Printed beside the change.")]
WHERE_HELP = "Column and the value, or list of values, that its rows hold. Empty: every row."


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    verb: ClassVar[str]


class SetValues(_Change):
    """Gives columns of the matching rows a new value."""

    verb: ClassVar[str] = "set"

    table: TableName
    where: Where = Field(default_factory=dict, description=WHERE_HELP)
    set: dict[str, Value] = Field(min_length=1, description="Column and its new value. null: blank.")
    why: Why = ""


class MultiplyValues(_Change):
    """Multiplies number columns of the matching rows. Blank cells stay blank."""

    verb: ClassVar[str] = "multiply"

    table: TableName
    where: Where = Field(default_factory=dict, description=WHERE_HELP)
    multiply: dict[str, Annotated[float, Field(strict=True)]] = Field(min_length=1, description="Column and the factor.")
    why: Why = ""


class AddRows(_Change):
    """Adds a row, or several."""

    verb: ClassVar[str] = "add"

    table: TableName
    add: Annotated[tuple[dict[str, Value], ...], BeforeValidator(_listed)] = Field(
        min_length=1, description="Column and value of the new row, or a list of rows."
    )
    why: Why = ""


class RemoveRows(_Change):
    """Removes the matching rows, and with `with_dependents` whatever names them."""

    verb: ClassVar[str] = "remove"

    table: TableName
    where: Where = Field(min_length=1, description="Column and the value, or list of values, that its rows hold.")
    remove: Literal[True]
    with_dependents: bool = Field(
        default=False,
        description="Also remove every row of other tables that names a removed row, and what names those in turn. A name "
        "that may be left out is left out instead.",
    )
    why: Why = ""


class ChangeSettings(_Change):
    """Gives keys of basin.yaml a new value."""

    verb: ClassVar[str] = "settings"

    settings: dict[str, Value] = Field(min_length=1, description="Key of basin.yaml and its new value.")
    why: Why = ""


KINDS: tuple[type[_Change], ...] = (SetValues, MultiplyValues, AddRows, RemoveRows, ChangeSettings)


def kind_of(change: Any) -> str | None:
    """The kind of a change as written: the first verb among its keys; None if there is none."""
    if isinstance(change, _Change):
        return change.verb
    return next((kind.verb for kind in KINDS if isinstance(change, dict) and kind.verb in change), None)


Change = Annotated[
    Annotated[SetValues, Tag("set")]
    | Annotated[MultiplyValues, Tag("multiply")]
    | Annotated[AddRows, Tag("add")]
    | Annotated[RemoveRows, Tag("remove")]
    | Annotated[ChangeSettings, Tag("settings")],
    Discriminator(kind_of),
]
