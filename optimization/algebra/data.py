"""Numbers that a rule may use, held as arrays: `m.loss[l]` is a float in plain Pyomo and a node in a template."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyomo.core.expr.numeric_expr import Numeric_NPV_Mixin, NumericExpression

from optimization.algebra.errors import ModelError


class Data:
    """A named array of numbers with a unit; `values` is float64, or an integer array when it may serve as an index."""

    def __init__(self, name: str, values: ArrayLike, unit: str = "", title: str = "") -> None:
        array = np.asarray(values)
        if array.dtype == bool:
            array = array.astype(np.float64)
        if array.dtype.kind not in "iuf":
            raise ModelError(f"data {name!r} must hold numbers, not {array.dtype}")
        self.name = name
        self.values: NDArray[Any] = array.astype(np.float64, copy=False) if array.dtype.kind == "f" else array
        self.unit = unit
        self.title = title or name

    def __getitem__(self, index: Any) -> Any:
        indices = index if isinstance(index, tuple) else (index,)
        if len(indices) != self.values.ndim:
            raise ModelError(f"data {self.name!r} has {self.values.ndim} indices, the rule gives {len(indices)}")
        if any(hasattr(part, "is_expression_type") for part in indices):
            return DataItem(indices, self)
        if any(part < 0 for part in indices):
            raise ModelError(f"data {self.name!r} has no item {indices}")
        return self.values[indices].item()


class DataItem(Numeric_NPV_Mixin, NumericExpression):  # type: ignore[misc]
    """An item of an array whose index holds an index template."""

    PRECEDENCE = 1

    def __init__(self, indices: Sequence[Any], data: Data) -> None:
        self._args_ = tuple(indices)
        self.data = data

    def nargs(self) -> int:
        """How many indices the item has."""
        return len(self._args_)

    def _apply_operation(self, result: Sequence[Any]) -> Any:
        return self.data.values[tuple(result)].item()

    def create_node_with_local_data(self, args: Sequence[Any], classtype: Any = None) -> "DataItem":
        """The same item with other indices, as Pyomo's visitors ask for it."""
        return DataItem(args, self.data)

    def _to_string(self, values: Sequence[str], verbose: bool, symbols: Any) -> str:
        return f"{self.data.name}[{','.join(map(str, values))}]"
