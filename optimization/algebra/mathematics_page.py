"""A model's mathematics as one document: an HTML page that needs no network, or LaTeX."""

from collections.abc import Iterable
from html import escape
from typing import Literal

from optimization.algebra.mathematics import FamilyMathematics, Symbol, glossary, mathematics
from optimization.algebra.model import Model

Form = Literal["html", "latex"]
KINDS = (("set", "Sets"), ("data", "Parameters"), ("neighbours", "Neighbours"), ("variable", "Variables"))
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #ddd;"
    "vertical-align:top}math{margin:.6rem 0;overflow-x:auto}.about{color:#555}code{font-size:.9em}"
)
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "³": r"\textsuperscript{3}", "²": r"\textsuperscript{2}",
        "∞": r"$\infty$", "−": "$-$", "…": r"\ldots{}", "≤": r"$\le$", "≥": r"$\ge$", "·": r"$\cdot$", "×": r"$\times$",
        "λ": r"$\lambda$",
    }
)  # fmt: skip


def document(model: Model, title: str, about: str, form: Form) -> str:
    """The whole page: sets with their sizes, data and variables with their units, every law and term from its own rule."""
    families, symbols = mathematics(model), glossary(model)
    return _html(title, about, families, symbols) if form == "html" else _latex(title, about, families, symbols)


def sections(families: list[FamilyMathematics]) -> Iterable[tuple[str, list[FamilyMathematics]]]:
    """Laws first, then the terms of each objective, with their headings."""
    yield "Laws", [family for family in families if family.kind == "law"]
    terms = [family for family in families if family.kind == "term"]
    for objective in dict.fromkeys(family.objective for family in terms):
        own = [family for family in terms if family.objective == objective]
        yield f"Terms of {objective.replace('_', ' ')}", own


def size_of(family: FamilyMathematics) -> str:
    """How many rows or summands a family has, and their unit."""
    counted = f"{family.rows:,} {'rows' if family.kind == 'law' else 'summands'}"
    return f"{counted}, {family.unit}" if family.unit else counted


def shape_of(symbol: Symbol) -> str:
    """How large a symbol is: `12`, `12 × 8`, or `one number`."""
    return " × ".join(f"{size:,}" for size in symbol.shape) or "one number"


def _html(title: str, about: str, families: list[FamilyMathematics], symbols: list[Symbol]) -> str:
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head><body>',
        f"<h1>{escape(title)}</h1><p>{escape(about)}</p>",
    ]
    for heading, own in sections(families):
        parts.append(f"<h2>{escape(heading)}</h2>")
        parts += [_family_html(family) for family in own]
    for kind, heading in KINDS:
        rows = [_symbol_html(symbol) for symbol in symbols if symbol.kind == kind]
        head = "<tr><th>name</th><th>meaning</th><th>over</th><th>size</th><th>unit</th><th>bounds</th></tr>"
        parts.append(f"<h2>{heading}</h2><table>{head}{''.join(rows)}</table>")
    return "\n".join([*parts, "</body></html>", ""])


def _family_html(family: FamilyMathematics) -> str:
    formula = family.mathml or "<p>Expanded row by row, so that it has no formula of its own.</p>"
    doc = f"<p>{escape(family.doc)}</p>" if family.doc else ""
    return (
        f"<section><h3>{escape(family.title)} <code>{escape(family.name)}</code></h3>{doc}{formula}"
        f'<p class="about">{escape(size_of(family))}</p></section>'
    )


def _symbol_html(symbol: Symbol) -> str:
    cells = (symbol.title, ", ".join(symbol.sets), shape_of(symbol), symbol.unit, symbol.bounds)
    return f"<tr><td><code>{escape(symbol.name)}</code></td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _latex(title: str, about: str, families: list[FamilyMathematics], symbols: list[Symbol]) -> str:
    parts = [
        r"\documentclass{article}",
        r"\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb,longtable,array}",
        r"\usepackage[a4paper,landscape,margin=2cm]{geometry}",
        rf"\title{{{_plain(title)}}}\date{{}}",
        r"\begin{document}\maketitle",
        _plain(about),
    ]
    for heading, own in sections(families):
        parts.append(rf"\section*{{{_plain(heading)}}}")
        parts += [_family_latex(family) for family in own]
    for kind, heading in KINDS:
        rows = [_symbol_latex(symbol) for symbol in symbols if symbol.kind == kind]
        head = r"name & meaning & over & size & unit & bounds \\ \hline"
        columns = "p{5cm}p{7cm}p{4cm}p{2.2cm}p{3cm}p{2.8cm}"
        table = [rf"\begin{{longtable}}{{{columns}}}", head, *rows, r"\end{longtable}"]
        parts += [rf"\section*{{{heading}}}", *table]
    return "\n".join([*parts, r"\end{document}", ""])


def _family_latex(family: FamilyMathematics) -> str:
    formula = rf"\[ {family.latex} \]" if family.latex else "Expanded row by row, so that it has no formula of its own."
    words = " ".join(filter(None, (family.doc, f"({size_of(family)})")))
    return f"\\subsection*{{{_plain(family.title)}}}\n{_plain(words)}\n{formula}\n"


def _symbol_latex(symbol: Symbol) -> str:
    cells = (symbol.name, symbol.title, ", ".join(symbol.sets), shape_of(symbol), symbol.unit, symbol.bounds)
    return " & ".join(_plain(cell) for cell in cells) + r" \\"


def _plain(text: str) -> str:
    return text.translate(_LATEX)
