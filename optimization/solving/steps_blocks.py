"""A better bound than the relaxation's in less time than cuts on the whole: from parts of the map, at the relaxation's prices."""

from dataclasses import replace

from optimization.solving.blocks import INTEGERS_IN_A_BLOCK, Blocks
from optimization.solving.engine_answers import LinearSolution
from optimization.solving.steps_search import Search, why_stopped

GAP_SHARE = 0.01
"""A block is solved as nearly as that share of the gap that suffices for the whole."""
SHARE_OF_TIME = 0.2
BLOCKS_WORTH_CUTTING = 2


def bound_by_blocks(search: Search, relaxed: LinearSolution) -> None:
    """Raises the bound block by block, until it suffices, every block is solved or its share of the time is over.

    A problem that is little more than one block is better solved as a whole.
    """
    if search.problem.integer.sum() <= BLOCKS_WORTH_CUTTING * INTEGERS_IN_A_BLOCK:
        return
    with search.phase("proving", "a bound from parts of the map") as notes:
        until = search.elapsed + SHARE_OF_TIME * search.limits.time_seconds
        blocks = Blocks(search.problem, search.lower, search.upper, relaxed)
        if blocks.count < 2:
            notes.message = "the map has no parts"
            return
        effort = replace(search.effort(search.remaining), relative_gap=0.0)
        effort = replace(effort, absolute_gap=GAP_SHARE * search.gap_that_suffices)
        bound, count = blocks.relaxed_bound, 0
        for gain in blocks.gains(effort, lambda: search.over() is not None or search.elapsed > until, search.beside):
            bound, count = bound + gain, count + 1
            search.raise_bound(bound)
            search.working_on = f"a bound from parts of the map: {count} of {blocks.count}"
        search.reproducible &= not blocks.cut_short
        notes.message = f"{count} of {blocks.count} parts solved"
        notes.stopped_by = search.over() or ("clock" if search.elapsed > until else why_stopped("nodes", search))
