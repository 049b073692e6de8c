"""What lowers hazards: whether it does, and not by more options than the model can look at."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.report import at_rows

OPTIONS_AT_MOST = 3
"""As many options may lower one hazard: the model looks at every set of them."""


def hazards_are_lowered_by_few(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["risk_reductions"]
    lowering = frame.groupby("hazard")["option"].transform("size")
    yield from at_rows(
        "risk_reduction.too_many", "risk_reductions", frame, (lowering > OPTIONS_AT_MOST) & ~frame.duplicated("hazard"),
        lambda p: f"{lowering.iloc[p]} options lower {frame['hazard'].iloc[p]}.", column="hazard",
        allowed=f"at most {OPTIONS_AT_MOST} options for one hazard",
    )  # fmt: skip
    yield from at_rows(
        "risk_reduction.nothing", "risk_reductions", frame,
        (frame["likelihood_reduction"] == 0) & (frame["severity_reduction"] == 0),
        "{option} takes nothing off {hazard}.", column="likelihood_reduction", allowed="above 0, or a severity_reduction above 0",
    )  # fmt: skip


CHECKS = (Check(hazards_are_lowered_by_few, ("risk_reductions",)),)
