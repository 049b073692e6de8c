"""Many workers at one run, simulated: how long parts of the map and neighbourhoods take, and what goes through the queue.

    python -m benchmarks.beyond_one_machine [--seed 0] [--json]

Nothing is solved. What a piece takes is drawn from what `benchmarks/piece_sizes.py` measured on one machine; how workers find
pieces, and how long news take, is as `api/jobs` does it. The relaxation of the whole is not shared, and not simulated.
"""

import argparse
import sys

from benchmarks.figures import Figure, show
from benchmarks.worker_simulation import Ended, Pieces, Setting, simulated
from optimization.solving.steps_neighbourhoods import at_once

WORKERS = (1, 2, 4, 16, 64)
VILLAGES = (10_000, 100_000, 1_000_000)

PARTS_OF_A_VILLAGE = 0.055
"""Parts of the map that the relaxation leaves broken: 55 of 848 of 1,000 coupled villages."""
PARTS = Pieces(seconds=0.29, spread=1.8, most_seconds=10.0, packed_bytes=25_000, answer_bytes=215, worth_seconds=0.02)
"""Bytes of those that are sent: they have several villages."""

PLACES_OF_A_NEIGHBOURHOOD = 24
TIMES_EACH_PLACE_IS_FREED = 2.0
"""What a plan takes until neighbourhoods bring little."""
NEIGHBOURHOODS = Pieces(seconds=2.8, spread=0.6, most_seconds=6.0, packed_bytes=300_000, answer_bytes=32_000)
"""With all that is continuous within reach free, as it is where a basin has 1,000 villages."""
ON_PAPER_AT_ONCE = 128

LOST = 0.005
"""Of the pieces begun elsewhere, those whose worker is gone before it answers."""


def measure(seed: int) -> list[Figure]:
    """Wall-clock seconds and megabytes for each size and number of workers."""
    figures = []
    for villages in VILLAGES:
        parts = round(PARTS_OF_A_VILLAGE * villages)
        neighbourhoods = round(TIMES_EACH_PLACE_IS_FREED * villages / PLACES_OF_A_NEIGHBOURHOOD)
        works = {f"{parts} parts of the map": (PARTS, parts, parts)}
        for together in (at_once(villages), ON_PAPER_AT_ONCE):
            works[f"{neighbourhoods} neighbourhoods, {together} at once"] = (NEIGHBOURHOODS, neighbourhoods, together)
        for name, (pieces, count, together) in works.items():
            found = {workers: simulated(pieces, count, together, Setting(workers, LOST), seed) for workers in WORKERS}
            print(f"{villages} villages, {name}", file=sys.stderr)
            for workers, ended in found.items():
                print(f"  {workers:3} workers: {told(ended)}, {found[1].seconds / ended.seconds:.1f} times", file=sys.stderr)
                figures.append(figure(f"{villages} villages, {name}, {workers} workers", ended.seconds, "s"))
            figures.append(figure(f"{villages} villages, {name}, through the queue", found[WORKERS[-1]].sent_bytes / 1e6, "MB"))
    return figures


def told(ended: Ended) -> str:
    return f"{ended.seconds:9.0f} s, {ended.sent_bytes / 1e6:9.1f} MB, {ended.twice} worked at twice, {ended.lost} lost"


def figure(name: str, value: float, unit: str) -> Figure:
    return {"figure": name, "value": round(value, 1), "unit": unit, "goal": None, "met": None}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.seed), as_json=options.json)
