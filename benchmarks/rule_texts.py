"""Random and adversarial texts of rules: grown from the grammar, mutilated, or made of anything."""

import random

from planner.rules import vocabulary

_HOSTILE = (
    "().__class__", "__import__('os')", "9**9**9**9", "1e400", "\x00", "\U0001d7d9", "\u202e", "'" * 50, '"' * 51, "(" * 500,
    "[" * 300, "-" * 900, "sum(" * 200, "not " * 300, "a" * 5000, "1" * 400, "piecewise(1,(0,0),(1,1))", "\ud7ff", "é",
    "{0.__class__}", "%s%n", "eval(x)", "lambda: 0", "[x for x in [1]]", "flow[1:2]", "1 <= 2 <= 3", "stage - 99999999999",
    "1e15 * 1e15", "0/0", " + 1" * 900, " and 1 = 1" * 300, "\n" * 100, "<=" * 50,
)  # fmt: skip
_OUTER = ("stage", "administration", "village", "option", "reach", "season", "member")
_SIGNS = ("sum(", ")", "<=", "[", "]", ":", "where", "in", "1", "min(", "max(", ".", ",")


class Texts:
    """A source of texts for a basin's names, the same for the same seed."""

    def __init__(self, seed: int, members: dict[str, list[str]]) -> None:
        self.chance, self.members = random.Random(seed), members
        self.figures = list(vocabulary.figures().values())
        self.planned = [one for one in self.figures if one.planned]

    def rule(self) -> dict[str, object]:
        """foreach, where and expression of a rule: mostly sense, often spoilt."""
        foreach = self.chance.sample(_OUTER, self.chance.choice([0, 1, 1, 2]))
        kind = self.chance.random()
        if kind < 0.1:
            return {"foreach": foreach, "where": "", "expression": self.anything()}
        scope = {name: name for name in foreach}
        where = self.condition(scope, 2) if scope and self.chance.random() < 0.3 else ""
        text = f"{self.expression(scope, 3)} {self.chance.choice(['<=', '>=', '='])} {self.expression(scope, 2)}"
        if kind < 0.4:
            text = self.mutilated(text)
        if kind < 0.15:
            where = self.mutilated(where)
        return {"foreach": foreach, "where": where, "expression": text}

    def anything(self) -> str:
        """No sense at all."""
        words = [
            *_HOSTILE,
            *vocabulary.dimensions(),
            "sum(",
            ")",
            "<=",
            "[",
            "]",
            ":",
            "where",
            "in",
            "1",
            "min(",
            "max(",
            ".",
            ",",
        ]
        return "".join(self.chance.choice(words) + self.chance.choice(["", " "]) for _ in range(self.chance.randint(0, 20)))[
            :4000
        ]

    def mutilated(self, text: str) -> str:
        """A text with something left out, doubled, swapped or put in."""
        for _ in range(self.chance.randint(1, 3)):
            at, to = sorted(self.chance.randint(0, len(text)) for _ in range(2))
            strange = self.chance.choice(_HOSTILE), chr(self.chance.randint(32, 0x2FFF))
            put = self.chance.choice(["", text[at:to] * 2, *strange, " "])
            text = text[:at] + put + text[to if self.chance.random() < 0.5 else at :]
        return text[:4000]

    def expression(self, scope: dict[str, str], depth: int) -> str:
        """Sense, as far as units and names go; not all of it is linear."""
        pick = self.chance.random()
        if depth == 0 or pick < 0.25:
            return self.leaf(scope)
        if pick < 0.6:
            return self.sum(scope, depth)
        if pick < 0.7:
            return f"-{self.leaf(scope)}"
        if pick < 0.78:
            low, high = sorted(self.chance.sample(range(-50, 500), 2))
            points = f"({low}, {self.chance.randint(0, 9)}), ({high}, {self.chance.randint(0, 99)})"
            return f"piecewise({self.expression(scope, depth - 1)}, {points})"
        if pick < 0.84:
            return f"{self.chance.choice(['min', 'max'])}({self.expression(scope, depth - 1)}, {self.leaf(scope)})"
        sign = self.chance.choice(["+", "-", "*", "*", "/"])
        other = self.number() if self.chance.random() < 0.6 else self.expression(scope, depth - 1)
        return f"({self.expression(scope, depth - 1)} {sign} {other})"

    def number(self) -> str:
        return self.chance.choice(["0", "1", "2.5", "0.8", "1e3", "100 [persons]", "5 [m³/day]", "7 [USD]", "3 [share]"])

    def leaf(self, scope: dict[str, str]) -> str:
        """A number, or a figure all of whose indices are at hand or named."""
        if self.chance.random() < 0.2:
            return self.number()
        known = self.chance.choice(self.planned if self.chance.random() < 0.7 else self.figures)
        return f"{known.table}.{known.column}[{', '.join(self.index(one, scope) for one in known.dimensions)}]"

    def index(self, dimension: str, scope: dict[str, str]) -> str:
        at_hand = [name for name, own in scope.items() if own == dimension]
        if at_hand and self.chance.random() < 0.9:
            name = self.chance.choice(at_hand)
            shift = self.chance.choice(["", "", "", " - 1", " + 1"]) if dimension in vocabulary.ORDERED else ""
            return name + shift
        members = self.members.get(dimension) or ["none"]
        return f'"{self.chance.choice(members)}"'

    def sum(self, scope: dict[str, str], depth: int) -> str:
        """A sum over the indices of a figure that are not at hand."""
        known = self.chance.choice(self.planned)
        missing = [one for one in known.dimensions if one not in scope]
        over = [one for one in missing if self.chance.random() < 0.8] or missing[:1] or ["mode as other"]
        inner = {**scope, **{one.split()[-1]: one.split()[0] for one in over}}
        owned = "administration" in scope and self.chance.random() < 0.5
        words = [f"{one} in administration" if owned and one in ("village", "option") else one for one in over]
        where = f" where {self.condition(inner, 1)}" if self.chance.random() < 0.3 else ""
        figure = f"{known.table}.{known.column}[{', '.join(self.index(one, inner) for one in known.dimensions)}]"
        body = figure if self.chance.random() < 0.6 else f"{self.number()} * {figure}"
        return f"sum({', '.join(words)}{where}: {body if self.chance.random() < 0.8 else self.expression(inner, depth - 1)})"

    def condition(self, scope: dict[str, str], depth: int) -> str:
        name = self.chance.choice(list(scope))
        dimension = scope[name]
        pick = self.chance.random()
        if depth and pick < 0.2:
            return (
                f"({self.condition(scope, depth - 1)}) {self.chance.choice(['and', 'or'])} not {self.condition(scope, depth - 1)}"
            )
        columns = [one for one in vocabulary.attributes(dimension).values() if one.kind in vocabulary.FIGURES]
        if columns and pick < 0.6:
            order = self.chance.choice(["<", ">=", "=", "!="])
            return f"{name}.{self.chance.choice(columns).name} {order} {self.chance.randint(0, 2000)}"
        members = self.members.get(dimension) or ["none"]
        return f'{name} {self.chance.choice(["=", "!="])} "{self.chance.choice(members)}"'
