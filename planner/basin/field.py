"""One definition of a column: name, type, unit, range, help. Readers, schema, templates and docs are made from it."""

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

IDENTIFIER_PATTERN = r"[A-Za-z0-9_.\-]+"

Identifier = Annotated[str, Field(pattern=rf"^{IDENTIFIER_PATTERN}$", max_length=100)]
Text = Annotated[str, Field(max_length=500)]
NonNegative = Annotated[float, Field(ge=0, le=1e15)]
Positive = Annotated[float, Field(gt=0, le=1e15)]
Real = Annotated[float, Field(ge=-1e15, le=1e15)]
Share = Annotated[float, Field(ge=0, le=1)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Elevation = Annotated[float, Field(ge=-500, le=9000)]

Kind = Literal["identifier", "text", "integer", "number", "boolean", "choice"]


def field(
    title: str,
    *,
    example: Any,
    unit: str = "",
    help: str = "",
    default: Any = ...,
    refers_to: str | tuple[str, ...] = (),
    falls_with_it: bool = False,
    **limits: Any,
) -> Any:
    """A column of a table.

    `refers_to` names the tables whose first column holds the allowed identifiers. A default of None means that the
    cell may be blank. `falls_with_it` is for a cell that may be blank, but where a blank means something else than that
    what it named is gone: a row is then removed with what it names, as it is where a name is needed.
    """
    targets = (refers_to,) if isinstance(refers_to, str) else refers_to
    extra: JsonDict = {"unit": unit, "refers_to": list(targets), "falls_with_it": falls_with_it}
    return Field(default, title=title, description=help, examples=[example], json_schema_extra=extra, **limits)


class Row(BaseModel):
    """One row of a table; its fields are the table's columns in order."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    optional_table: ClassVar[bool] = False


@dataclass(frozen=True)
class Column:
    """What a reader must know of one column."""

    name: str
    kind: Kind
    title: str
    unit: str
    help: str
    required: bool
    default: Any
    example: Any
    choices: tuple[str, ...]
    refers_to: tuple[str, ...]
    falls_with_it: bool
    minimum: float | None
    minimum_excluded: bool
    maximum: float | None
    maximum_excluded: bool
    max_length: int | None

    @property
    def allowed(self) -> str:
        """What the column allows, in words."""
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        if self.kind == "identifier":
            words = "letters, digits, _ . -"
            return f"{words}; a name from {' or '.join(self.refers_to)}" if self.refers_to else words
        if self.kind == "boolean":
            return "true or false"
        if self.kind == "text":
            return f"text of at most {self.max_length} characters"
        noun = "a whole number" if self.kind == "integer" else "a number"
        low = None if self.minimum is None else f"{'above' if self.minimum_excluded else 'at least'} {self.minimum:g}"
        high = None if self.maximum is None else f"{'below' if self.maximum_excluded else 'at most'} {self.maximum:g}"
        return " and ".join([f"{noun} {low}" if low else noun, *([high] if high else [])])


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return next(a for a in get_args(annotation) if a is not type(None))
    return annotation


def _flatten(annotation: Any) -> tuple[Any, list[Any]]:
    """The bare type and every constraint that stands around it."""
    if get_origin(annotation) is not Annotated:
        return annotation, []
    bare, *found = get_args(annotation)
    constraints: list[Any] = []
    for item in found:
        constraints.extend(item.metadata if isinstance(item, FieldInfo) else [item])
    return bare, constraints


def _kind(bare: Any, has_pattern: bool) -> Kind:
    if get_origin(bare) is Literal:
        return "choice"
    if bare is str:
        return "identifier" if has_pattern else "text"
    if bare is bool:
        return "boolean"
    return "integer" if bare is int else "number"


def columns_of(row: type[Row]) -> tuple[Column, ...]:
    """The columns of a table, in order, from the fields of its row."""
    columns = []
    for name, info in row.model_fields.items():
        bare, inner = _flatten(_without_none(info.annotation))
        constraints = [*inner, *info.metadata]
        extra = info.json_schema_extra
        assert isinstance(extra, dict)
        low = next((c for c in constraints if isinstance(c, (Ge, Gt))), None)
        high = next((c for c in constraints if isinstance(c, (Le, Lt))), None)
        pattern = any(getattr(c, "pattern", None) for c in constraints)
        length = next((c.max_length for c in constraints if getattr(c, "max_length", None)), None)
        columns.append(
            Column(
                name=name,
                kind=_kind(bare, pattern),
                title=info.title or name,
                unit=str(extra["unit"]),
                help=info.description or "",
                required=info.is_required(),
                default=None if info.is_required() else info.default,
                example=(info.examples or [""])[0],
                choices=tuple(get_args(bare)) if get_origin(bare) is Literal else (),
                refers_to=tuple(str(t) for t in extra["refers_to"]),  # type: ignore[union-attr]
                falls_with_it=bool(extra["falls_with_it"]),
                minimum=None if low is None else float(low.ge if isinstance(low, Ge) else low.gt),  # type: ignore[arg-type]
                minimum_excluded=isinstance(low, Gt),
                maximum=None if high is None else float(high.le if isinstance(high, Le) else high.lt),  # type: ignore[arg-type]
                maximum_excluded=isinstance(high, Lt),
                max_length=length,
            )
        )
    return tuple(columns)
