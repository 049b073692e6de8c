"""HTML and SVG from Python calls: whatever is not markup already is told in the page's language, and escaped."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias

from planner.reports.telling import told

Child: TypeAlias = "str | Iterable[Child] | None"

_WITHOUT_END = {"br", "meta", "path", "circle", "rect", "line", "polyline", "use"}
_TOLD_ATTRIBUTES: Final = {"aria_label", "title"}
_STRONG: Final = re.compile(r"\*\*(.+?)\*\*")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def join(*children: Child) -> Markup:
    """The children one after the other, escaped unless they are markup; None is nothing."""
    return Markup("".join(_parts(children)))


def tag(element: str, /, *children: Child, **attributes: object) -> Markup:
    """An element. `class_` and `for_` lose their underscore, others turn into hyphens; None and False are left out."""
    said = {
        key: told(value) if key in _TOLD_ATTRIBUTES and isinstance(value, str) else value for key, value in attributes.items()
    }
    written = "".join(_attribute(key, value) for key, value in said.items())
    if element in _WITHOUT_END and not children:
        return Markup(f"<{element}{written}/>")
    return Markup(f"<{element}{written}>{join(*children)}</{element}>")


def sentence(text: str) -> Markup:
    """A sentence told as a whole, of which `**this**` is strong: its place differs from language to language."""
    before, *strong = _STRONG.split(told(text), maxsplit=1)
    return Markup(_escaped(before) + (f"<strong>{_escaped(strong[0])}</strong>{_escaped(strong[1])}" if strong else ""))


def as_it_stands(text: str) -> Markup:
    """Text that is told in no language: a log, a formula."""
    return Markup(_escaped(text))


def _escaped(text: str) -> str:
    # A number stays on one line with its percent sign.
    return escape(text, quote=False).replace(" %", "\u00a0%")


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
            yield _escaped(told(child))
        else:
            yield from _parts(child)
