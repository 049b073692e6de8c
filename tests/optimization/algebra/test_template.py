"""What a rule's template is made with must not reach other threads."""

import threading
from typing import Any

import pyomo.environ as pyo

from optimization.algebra.template import template_of


def test_other_threads_go_on_summing_while_a_template_is_made() -> None:
    block = pyo.ConcreteModel()
    block.place = pyo.Set(initialize=["a", "b"])
    block.amount = pyo.Var(block.place)
    totals: list[int] = []

    def rule(model: Any, place: Any) -> Any:
        other = threading.Thread(target=lambda: totals.append(sum((one for one in (1, 2, 3)), start=4)))
        other.start()
        other.join()
        return model.amount[place] <= sum(model.amount[other_place] for other_place in model.place)

    template = template_of(rule, block, [block.place])
    assert totals == [10]
    assert "other_place" in template.letters.values()
