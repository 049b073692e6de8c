"""A compiled model handed to HiGHS as arrays."""

from typing import Any

import highspy
import numpy as np

from optimization.algebra.compiled import CompiledModel
from optimization.algebra.errors import ModelError
from optimization.algebra.families import Floats


def pass_to_highs(compiled: CompiledModel, highs: Any, objective: Floats, relax: bool = False, constant: float = 0.0) -> None:
    """Gives HiGHS the model with one objective (columns,) to minimise; `relax` forgets that some columns are whole.

    Raises ModelError if HiGHS does not take it.
    """
    matrix = compiled.matrix
    whole = np.zeros(compiled.column_count, dtype=np.int32)
    if not relax:
        whole[compiled.integer] = int(highspy.HighsVarType.kInteger)
    status = highs.passModel(
        compiled.column_count,
        compiled.row_count,
        matrix.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        constant,
        objective,
        compiled.column_lower,
        compiled.column_upper,
        compiled.row_lower,
        compiled.row_upper,
        matrix.indptr,
        matrix.indices,
        matrix.data,
        whole,
    )
    if status == highspy.HighsStatus.kError:
        raise ModelError(f"HiGHS does not take model {compiled.name!r}: look for infinite costs or crossing bounds")
