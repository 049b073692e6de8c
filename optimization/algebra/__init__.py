"""The algebra: ordinary Pyomo rules, compiled a whole family at a time to the arrays of one model."""

from optimization.algebra.compiled import CompiledModel
from optimization.algebra.errors import ModelError
from optimization.algebra.model import Model
from optimization.algebra.sets import neighbours

__all__ = ["CompiledModel", "Model", "ModelError", "neighbours"]
