"""HTML and SVG from Python calls: whatever is not markup already is escaped."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

Child: TypeAlias = "str | Iterable[Child] | None"

_WITHOUT_END = {"br", "meta", "path", "circle", "rect", "line", "polyline", "use"}


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def join(*children: Child) -> Markup:
    """The children one after the other, escaped unless they are markup; None is nothing."""
    return Markup("".join(_parts(children)))


def tag(element: str, /, *children: Child, **attributes: object) -> Markup:
    """An element. `class_` and `for_` lose their underscore, others turn into hyphens; None and False are left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in _WITHOUT_END and not children:
        return Markup(f"<{element}{written}/>")
    return Markup(f"<{element}{written}>{join(*children)}</{element}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def _parts(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            yield child
        elif isinstance(child, str):
            # A number stays on one line with its percent sign.
            yield escape(child, quote=False).replace(" %", "\u00a0%")
        else:
            yield from _parts(child)
