"""Single steps of treatment, and the trains that rows of steps make."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from planner.catalogue.technologies import log_removals

TABLE = Path(__file__).with_name("treatment_steps.csv")
PATHOGENS = ("bacteria", "viruses", "protozoa")
REMOVAL = "removal_share_"
SUMS = (
    "capex_usd",
    "capex_usd_per_m3_per_day",
    "fixed_om_usd_per_year",
    "fixed_om_usd_per_year_per_m3_per_day",
    *(f"log_removal_{name}" for name in PATHOGENS),
)


def treatment_steps() -> pd.DataFrame:
    """Every step by its place in a train, with the low end of its published log removals; an unpublished one counts as 0."""
    steps = pd.read_csv(TABLE)
    low = log_removals().set_index(["process", "pathogen"])["low"]
    for name in PATHOGENS:
        steps[f"log_removal_{name}"] = [low.get((process, name), 0.0) for process in steps["process"]]
    return steps.sort_values("place_in_train", kind="stable", ignore_index=True)


def combinations(steps: pd.DataFrame) -> list[tuple[str, ...]]:
    """Rows of steps in their order: of filters that stand for one another at most one, and chlorine last or not at all."""
    places = [[None, *of_place["step"]] for _, of_place in steps.groupby("place_in_train")]
    return [row for chosen in product(*places) if (row := tuple(step for step in chosen if step is not None))]


def combined(steps: pd.DataFrame, rows: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """What each row of steps makes as a train.

    Log removals, capital and yearly running cost add up; of a parameter 1 − Π(1 − r) is removed; what is left of the water
    is the product of the recoveries; chemicals and energy are paid for what each step still takes in.
    """
    by_step = steps.set_index("step")
    shares = [column for column in steps.columns if column.startswith(REMOVAL)]
    trains = []
    for row in rows:
        of_row = by_step.loc[list(row)]
        taken_in = of_row["recovery_share"].cumprod().shift(fill_value=1.0)
        trains.append(
            {
                "train": "_".join(row),
                "title": ", ".join(title if place == 0 else title[0].lower() + title[1:]
                                   for place, title in enumerate(of_row["title"])),
                **{column: float(of_row[column].sum()) for column in SUMS},
                "barriers": int((of_row[[f"log_removal_{name}" for name in PATHOGENS]] > 0).any(axis=1).sum()),
                "recovery_share": float(of_row["recovery_share"].to_numpy(float).prod()),
                "variable_om_usd_per_m3": float((of_row["variable_om_usd_per_m3"] * taken_in).sum()),
                "life_years": int(of_row["life_years"].min()),
                **{column: float(1 - (1 - of_row[column].to_numpy(float)).prod()) for column in shares},
                "assumed": bool(of_row["assumed"].any()),
            }
        )  # fmt: skip
    return pd.DataFrame(trains)
