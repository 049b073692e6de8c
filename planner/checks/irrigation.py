"""Efficient irrigation: whether an option can save what it says."""

from collections.abc import Iterator

from planner.basin.basin import Basin
from planner.checks.exclusive import most_together
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among
from planner.checks.report import at_rows

MOST_TOGETHER = {"saved_share": 0.999, "return_saved_share": 1.0}


def savings_are_of_their_options(basin: Basin) -> Iterator[Finding]:
    frame, options, uses = (basin.tables[name] for name in ("irrigation_savings", "options", "other_uses"))
    efficient = options["kind"] == "efficient_irrigation"
    yield from at_rows(
        "irrigation.no_option", "irrigation_savings", frame, among(frame["option"], options.loc[~efficient, "option"]),
        "{option} is not of kind efficient_irrigation, and saves nothing.", column="option",
        allowed="an option of kind efficient_irrigation",
    )  # fmt: skip
    yield from at_rows(
        "irrigation.saves_nothing", "options", options, efficient & ~among(options["option"], frame["option"]),
        "{option} makes irrigation efficient, and irrigation_savings.csv has no row for it.", column="option",
        allowed="a row in irrigation_savings.csv",
    )  # fmt: skip
    yield from at_rows(
        "irrigation.no_irrigation", "options", options,
        efficient & among(options["place"], uses.loc[uses["kind"] != "irrigation", "use"]),
        "{option} makes {place} efficient, which is no irrigation.", column="place", allowed="a use of kind irrigation",
    )  # fmt: skip


def no_use_saves_more_than_it_wants(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["irrigation_savings"], basin.tables["options"]
    use = frame["option"].map(options.set_index("option")["place"])
    for column, most in MOST_TOGETHER.items():
        together = most_together(use, frame["option"], frame[column], options)
        yield from at_rows(
            "irrigation.too_much", "irrigation_savings", frame, together > most + 1e-9,
            "{option} and others of its use save more than there is.", column=column, allowed=f"together at most {most:g}",
        )  # fmt: skip


CHECKS = (
    Check(savings_are_of_their_options, ("irrigation_savings", "options", "other_uses")),
    Check(no_use_saves_more_than_it_wants, ("irrigation_savings", "options"), about="irrigation_savings"),
)
