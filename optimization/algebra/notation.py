"""Two ways of writing the same formula: LaTeX and MathML."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

OPERATORS = {
    "<=": (r"\le", "≤"),
    ">=": (r"\ge", "≥"),
    "==": ("=", "="),
    "+": ("+", "+"),
    "-": ("-", "−"),
    "*": (r"\cdot", "·"),
    "in": (r"\in", "∈"),
}


class Notation(Protocol):
    """How the parts of a formula are written."""

    def name(self, name: str) -> str:
        """A full name, upright, its underscores as spaces."""

    def letter(self, letter: str) -> str:
        """An index."""

    def number(self, number: float) -> str:
        """A number."""

    def operator(self, operator: str) -> str:
        """One of OPERATORS."""

    def row(self, parts: Sequence[str]) -> str:
        """Parts side by side."""

    def item(self, name: str, indices: Sequence[str]) -> str:
        """A name with indices."""

    def total(self, ranges: Sequence[str], body: str) -> str:
        """A sum over ranges."""

    def fraction(self, above: str, below: str) -> str:
        """A division."""

    def power(self, base: str, exponent: str) -> str:
        """A power."""

    def fenced(self, body: str, fence: str = "()") -> str:
        """Something in brackets."""

    def for_all(self, ranges: Sequence[str], selected: bool) -> str:
        """The rows for which a law holds."""

    def display(self, body: str) -> str:
        """The whole formula."""


class Latex:
    """Writes LaTeX."""

    def name(self, name: str) -> str:
        """`\\mathrm{full name}`."""
        return rf"\mathrm{{{name.replace('_', chr(92) + ' ')}}}"

    def letter(self, letter: str) -> str:
        """The letter itself."""
        return letter.replace("_", r"\_")

    def number(self, number: float) -> str:
        """At most six digits, powers of ten written out."""
        mantissa, _, exponent = f"{number:.6g}".partition("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa

    def operator(self, operator: str) -> str:
        """The operator's command."""
        return OPERATORS[operator][0]

    def row(self, parts: Sequence[str]) -> str:
        """Parts with thin gaps."""
        return " ".join(parts)

    def item(self, name: str, indices: Sequence[str]) -> str:
        """Indices as a subscript."""
        return f"{self.name(name)}_{{{', '.join(indices)}}}" if indices else self.name(name)

    def total(self, ranges: Sequence[str], body: str) -> str:
        """`\\sum` with its ranges below."""
        return rf"\sum_{{{', '.join(ranges)}}} {body}"

    def fraction(self, above: str, below: str) -> str:
        """`\\frac`."""
        return rf"\frac{{{above}}}{{{below}}}"

    def power(self, base: str, exponent: str) -> str:
        """A superscript."""
        return f"{{{base}}}^{{{exponent}}}"

    def fenced(self, body: str, fence: str = "()") -> str:
        """Brackets that grow."""
        return rf"\left{fence[0]} {body} \right{fence[1]}"

    def for_all(self, ranges: Sequence[str], selected: bool) -> str:
        """`\\forall` and the ranges."""
        chosen = r" \text{ where it applies}" if selected else ""
        return rf" \qquad \forall {', '.join(ranges)}{chosen}" if ranges else chosen

    def display(self, body: str) -> str:
        """As it is."""
        return body


class MathML:
    """Writes MathML."""

    def name(self, name: str) -> str:
        """An upright identifier."""
        return f'<mi mathvariant="normal">{escape(name.replace("_", chr(160)))}</mi>'

    def letter(self, letter: str) -> str:
        """An italic identifier."""
        return f"<mi>{escape(letter)}</mi>"

    def number(self, number: float) -> str:
        """At most six digits, powers of ten written out."""
        mantissa, _, exponent = f"{number:.6g}".partition("e")
        if not exponent:
            return f"<mn>{mantissa}</mn>"
        return f"<mn>{mantissa}</mn><mo>·</mo>{self.power('<mn>10</mn>', f'<mn>{int(exponent)}</mn>')}"

    def operator(self, operator: str) -> str:
        """The operator's character."""
        return f"<mo>{escape(OPERATORS[operator][1])}</mo>"

    def row(self, parts: Sequence[str]) -> str:
        """`mrow`."""
        return f"<mrow>{''.join(parts)}</mrow>"

    def item(self, name: str, indices: Sequence[str]) -> str:
        """Indices as a subscript."""
        return f"<msub>{self.name(name)}{self._listed(indices)}</msub>" if indices else self.name(name)

    def total(self, ranges: Sequence[str], body: str) -> str:
        """The sum sign with its ranges below."""
        return self.row([f"<munder><mo>∑</mo>{self._listed(ranges)}</munder>", body])

    def fraction(self, above: str, below: str) -> str:
        """`mfrac`."""
        return f"<mfrac>{self.row([above])}{self.row([below])}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        """`msup`."""
        return f"<msup>{self.row([base])}{self.row([exponent])}</msup>"

    def fenced(self, body: str, fence: str = "()") -> str:
        """Brackets."""
        return self.row([f"<mo>{fence[0]}</mo>", body, f"<mo>{fence[1]}</mo>"])

    def for_all(self, ranges: Sequence[str], selected: bool) -> str:
        """The for-all sign and the ranges."""
        chosen = "<mtext>&#160;where it applies</mtext>" if selected else ""
        return f'<mspace width="2em"/><mo>∀</mo>{self._listed(ranges)}{chosen}' if ranges else chosen

    def display(self, body: str) -> str:
        """A block of mathematics."""
        return f'<math display="block"><mrow>{body}</mrow></math>'

    def _listed(self, parts: Sequence[str]) -> str:
        return self.row(["<mo>,</mo>".join(parts)])
