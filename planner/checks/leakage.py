"""Leakage reduction: whether an option can save what it says."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.exclusive import most_together
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows

TOLERANCE = 1e-9


def leaks_are_mended_by_their_options(basin: Basin) -> Iterator[Finding]:
    frame, options, links = (basin.tables[name] for name in ("leakage_reductions", "options", "links"))
    mending = options["kind"] == "leakage_reduction"
    yield from at_rows(
        "leakage.no_option", "leakage_reductions", frame, among(frame["option"], options.loc[~mending, "option"]),
        "{option} is not of kind leakage_reduction, and mends nothing.", column="option",
        allowed="an option of kind leakage_reduction",
    )  # fmt: skip
    yield from at_rows(
        "leakage.saves_nothing", "options", options, mending & ~among(options["option"], frame["option"]),
        "{option} reduces leakage, and leakage_reductions.csv has no row for it.", column="option",
        allowed="a row in leakage_reductions.csv",
    )  # fmt: skip
    into_villages = among(links["to_node"], basin.tables["villages"]["village"])
    yield from at_rows(
        "leakage.main", "leakage_reductions", frame, among(frame["link"], links.loc[~into_villages, "link"]),
        "{link} leads into no village.", column="link", allowed="a link into a village",
    )  # fmt: skip


def no_more_is_saved_than_leaks(basin: Basin) -> Iterator[Finding]:
    frame, options, links = (basin.tables[name] for name in ("leakage_reductions", "options", "links"))
    together = most_together(frame["link"], frame["option"], frame["saved_share"], options)
    lost = frame["link"].map(links.set_index("link")["loss_share"]).astype(float)
    yield from at_rows(
        "leakage.too_much", "leakage_reductions", frame, together > lost + TOLERANCE,
        "More is saved in {link} than is lost there.", column="saved_share", allowed="together at most loss_share of the link",
    )  # fmt: skip


CHECKS = (
    Check(leaks_are_mended_by_their_options, ("leakage_reductions", "options", "links", "villages")),
    Check(no_more_is_saved_than_leaks, ("leakage_reductions", "options", "links"), about="leakage_reductions"),
)
