"""The scenario `whole_model`: a place in Ratanak Kiri for each concern that the demo case leaves out.

    python -m datasets.ratanakiri.whole_model

Every figure is an assumption of `facts/whole_model.csv` with its range, which the scenario adds to the basin's assumptions.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from datasets.ratanakiri import whole_model_places as places
from datasets.ratanakiri.whole_model_places import Change

FOLDER = Path(__file__).parent
SCENARIO = FOLDER / "scenarios" / "further" / "whole_model.yaml"


def scenario() -> dict[str, Any]:
    """The scenario's document: that of `least_cost` with the changes of each concern."""
    base = yaml.safe_load((FOLDER / "scenarios" / "least_cost.yaml").read_text(encoding="utf-8"))
    return {
        "name": "whole_model",
        "title": "Least cost with every concern in place",
        "description": (
            "As the scenario of least cost, with groundwater, a licence, energy, tanks, leaks, hazards, wastewater, "
            "irrigation, hydropower, operators and treatment at home, each at one place or a few. Every figure is assumed; the "
            "ranges stand among "
            "the assumptions."
        ),
        "changes": [*base["changes"], *changes()],
        "policy": base["policy"],
    }


def changes() -> list[Change]:
    """Rows of the concerns' tables, their assumptions, and where each figure comes from."""
    facts = pd.read_csv(FOLDER / "facts" / "whole_model.csv")
    value = dict(zip(facts["assumption"].str.removeprefix("whole."), facts["value"].astype(float), strict=True))
    tables = {path.stem: pd.read_csv(path) for path in (FOLDER / "basin").glob("*.csv")}
    made = [
        *places.energy(value, tables),
        *places.groundwater(value, tables),
        *places.tanks(value, tables),
        *places.risk(value, tables),
        *places.used_water(value, tables),
        *places.uses(value),
        *places.operators(value, tables),
        *places.leaks(value, tables),
        *places.treated_at_home(value, tables),
    ]
    return [
        *made,
        places.add("assumptions", facts.drop(columns="figures").to_dict("records")),
        places.add("origins", _origins(facts)),
    ]


def _origins(facts: pd.DataFrame) -> list[dict[str, Any]]:
    """Where each figure of a table that the demo case does not have comes from."""
    rows = []
    for assumption, figure in zip(facts["assumption"], facts["figures"], strict=True):
        table, column = figure.split(".")
        rows.append({"of_table": table, "of_column": column, "origin": "assumed", "assumption": assumption})
    return rows


def main() -> None:
    """Writes the scenario."""
    SCENARIO.write_text(yaml.safe_dump(scenario(), sort_keys=False, allow_unicode=True, width=130), encoding="utf-8")


if __name__ == "__main__":
    main()
