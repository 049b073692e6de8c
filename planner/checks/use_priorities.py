"""Priorities of other uses: whether what must be delivered can be had at all."""

from collections.abc import Iterator

import numpy as np

from planner.basin.basin import Basin
from planner.checks.chains import on_cycle
from planner.checks.complete import cube
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import positions
from planner.checks.report import at_rows
from planner.checks.river import downstream, natural_flow


def less_must_be_delivered_under_stress(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["use_priorities"]
    yield from at_rows(
        "use_priority.more_in_stress", "use_priorities", frame, frame["smallest_share_in_stress"] > frame["smallest_share"],
        "{use} must get a larger share in a stress member than in a design member.", column="smallest_share_in_stress",
        allowed="at most smallest_share",
    )  # fmt: skip


def nature_brings_what_must_be_delivered(basin: Basin) -> Iterator[Finding]:
    """Returns and reuse may add to what nature brings, so this is no error."""
    if on_cycle(downstream(basin)).any():
        return
    tables = basin.tables
    frame, uses = tables["use_priorities"], tables["other_uses"]
    use = positions(frame["use"], uses["use"])
    reach = np.append(positions(uses["reach"], tables["reaches"]["reach"]), -1)[use]
    known = reach >= 0
    wanted = cube(basin, "use_demand", ("other_uses", "seasons"), "demand_m3_per_day")[use[known]]
    design = (tables["members"]["kind"] == "design").to_numpy(bool)
    share = np.where(design, *(frame[c].to_numpy(float)[known][:, None] for c in ("smallest_share", "smallest_share_in_stress")))
    lacking = np.zeros(len(frame), bool)
    owed = np.nan_to_num(wanted)[:, :, None] * share[:, None, :]
    lacking[known] = (owed > np.nan_to_num(natural_flow(basin)[reach[known]]) * (1 + 1e-9)).any(axis=(1, 2))
    yield from at_rows(
        "use_priority.above_natural", "use_priorities", frame, lacking,
        "Nature brings less than must be delivered to {use} in some season, even untouched.", column="smallest_share",
        allowed="shares that the natural flow of every season allows",
    )  # fmt: skip


CHECKS = (
    Check(less_must_be_delivered_under_stress, ("use_priorities",)),
    Check(
        nature_brings_what_must_be_delivered,
        ("use_priorities", "other_uses", "use_demand", "reaches", "seasons", "members", "inflow"),
        about="use_priorities",
    ),
)
