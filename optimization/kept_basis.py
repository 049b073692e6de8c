"""Where the relaxation of each level ended, kept beside a plan by names, so that a model much like it can begin there."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.algebra.families import RowFamily, VariableFamily
from optimization.algebra.sets import IndexSet
from optimization.solving.problem import Basis, Named

FORMAT_VERSION = 2
BYTES_AT_MOST = 500_000_000
"""Unpacked: more is no basis of ours."""
AT_LOWER, BASIC, STATUS_AT_MOST = 0, 1, 4

Statuses = NDArray[np.int8]
Positions = NDArray[np.int64]


def pack(compiled: CompiledModel, bases: Mapping[str, Basis]) -> bytes:
    """The bases by level, with the names of what their columns and rows belong to; nothing where there is no basis.

    Rows beyond the model's own, which keep what earlier levels reached, are kept in their order; rows of what lasts by
    the rows of the model for which they stand and by what they name.
    """
    if not bases:
        return b""
    families: list[VariableFamily | RowFamily] = [*compiled.variables.values(), *compiled.families.values()]
    sets = {one.name: one for family in families for one in family.sets}
    content = {
        "version": FORMAT_VERSION,
        "sets": {name: one.size if one.names is None else list(one.names) for name, one in sets.items()},
        "columns": {name: _told(family, None) for name, family in compiled.variables.items()},
        "rows": {name: _told(family, family.positions) for name, family in compiled.families.items()},
        "own_rows": compiled.row_count,
        "levels": {level: _level(basis) for level, basis in bases.items()},
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 6)


class KeptBasis:
    """Bases that `pack` kept. Raises ValueError where the content is none of ours or of another version."""

    def __init__(self, packed: bytes) -> None:
        try:
            reader = zlib.decompressobj()
            text = reader.decompress(packed, BYTES_AT_MOST)
            self._content: dict[str, Any] = json.loads(text)
            version = self._content["version"]
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"The kept basis cannot be read: {error}.") from None
        if version != FORMAT_VERSION:
            raise ValueError(f"The kept basis has version {version}; this program reads {FORMAT_VERSION}.")

    def of(self, level: str, compiled: CompiledModel, row_count: int) -> Basis | None:
        """The level's basis over this model's columns and `row_count` rows; None where the level had none that can be read.

        What is new is at its lower limit, and its rows are basic.
        """
        try:
            return self._of(level, compiled, row_count)
        except (LookupError, TypeError, ValueError, AttributeError):
            return None  # somebody else's content under our version: a basis is a help, no condition

    def _of(self, level: str, compiled: CompiledModel, row_count: int) -> Basis | None:
        kept = self._content["levels"].get(level)
        if kept is None:
            return None
        own, before = self._content["own_rows"], _statuses(kept["rows"])
        columns, _ = self._mapped("columns", _statuses(kept["columns"]), compiled.variables, compiled.column_count, AT_LOWER)
        rows, became = self._mapped("rows", before, compiled.families, row_count, BASIC)
        beyond = before[own:][: row_count - compiled.row_count]
        rows[compiled.row_count : compiled.row_count + len(beyond)] = beyond
        named = _named(kept["named"])
        of_named = before[len(before) - len(named.row) :]
        there = became[named.row] >= 0
        return Basis(columns, np.append(rows, of_named[there]), Named(became[named.row[there]], named.stage[there]))

    def _mapped(
        self,
        kind: str,
        before: Statuses,
        families: Mapping[str, VariableFamily] | Mapping[str, RowFamily],
        size: int,
        new: int,
    ) -> tuple[Statuses, Positions]:
        """The statuses over what there is now, and what each that there was has become, -1 where it is gone."""
        found, became, kept = np.full(size, new, np.int8), np.full(len(before), -1), self._content[kind]
        for name, family in families.items():
            told = kept.get(name)
            if told is None or len(told["sets"]) != len(family.sets):
                continue
            positions = family.positions if isinstance(family, RowFamily) else None
            own = np.arange(_size(family)) if positions is None else np.asarray(positions)
            at = self._place_before(family.sets, told, own)
            there = at >= 0
            here, was = family.start + np.flatnonzero(there), told["start"] + at[there]
            found[here], became[was] = before[was], here
        return found, became

    def _place_before(self, sets: Sequence[IndexSet], told: Mapping[str, Any], own: Positions) -> Positions:
        """Where each item stood among its family's items; -1 where it is new."""
        names = [self._content["sets"][name] for name in told["sets"]]
        shape = tuple(one if isinstance(one, int) else len(one) for one in names)
        known = np.ones(len(own), bool)
        before = []
        axes = np.unravel_index(own, tuple(one.size for one in sets)) if sets else ()
        for index_set, kept, axis in zip(sets, names, axes, strict=True):
            member = _members_before(index_set, kept)[axis]
            known &= member >= 0
            before.append(np.maximum(member, 0))
        if 0 in shape:
            return np.full(len(own), -1)
        at = np.ravel_multi_index(tuple(before), shape) if before else np.zeros(len(own), np.int64)
        if told["positions"] is not None:
            kept_positions = np.asarray(told["positions"], dtype=np.int64)
            if not len(kept_positions):
                return np.full(len(own), -1)
            place = np.minimum(np.searchsorted(kept_positions, at), len(kept_positions) - 1)
            known &= kept_positions[place] == at
            at = place
        return np.where(known, at, -1)


def _members_before(index_set: IndexSet, kept: int | Sequence[str]) -> Positions:
    """(members,) the place of each in the set as it was, -1 where it is new. Sets without names go by number if as large."""
    if isinstance(kept, int) or index_set.names is None:
        same = (kept if isinstance(kept, int) else len(kept)) == index_set.size
        return np.arange(index_set.size) if same else np.full(index_set.size, -1)
    place = {name: number for number, name in enumerate(kept)}
    return np.fromiter((place.get(name, -1) for name in index_set.names), np.int64, index_set.size)


def _told(family: VariableFamily | RowFamily, positions: Any) -> dict[str, Any]:
    told = None if positions is None else [int(one) for one in positions]
    return {"start": family.start, "sets": [one.name for one in family.sets], "positions": told}


def _size(family: VariableFamily | RowFamily) -> int:
    return family.size if isinstance(family, VariableFamily) else family.count


def _level(basis: Basis) -> dict[str, Any]:
    named = {"row": basis.named.row.tolist(), "stage": [_text(one[one >= 0]) for one in basis.named.stage]}
    return {"columns": _text(basis.columns), "rows": _text(basis.rows), "named": named}


def _named(told: Mapping[str, Any]) -> Named:
    row, stages = np.array(told["row"], dtype=np.int64), [_digits(text) for text in told["stage"]]
    stage = np.full((len(row), max(map(len, stages), default=0)), -1, dtype=np.int8)
    for one, digits in zip(stage, stages, strict=True):
        one[: len(digits)] = digits
    if (row < 0).any():
        raise ValueError("a row has a number below nought")
    return Named(row, stage)


def _text(statuses: Statuses) -> str:
    return (statuses + ord("0")).astype(np.uint8).tobytes().decode("ascii")


def _statuses(text: str) -> Statuses:
    statuses = _digits(text)
    if len(statuses) and statuses.max() > STATUS_AT_MOST:
        raise ValueError("a status of a basis is none of those that there are")
    return statuses


def _digits(text: str) -> Statuses:
    digits = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int16) - ord("0")
    if len(digits) and digits.min() < 0:
        raise ValueError("there is a sign that stands for no number")
    return digits.astype(np.int8)
