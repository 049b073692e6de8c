"""Who is on which rung in a village."""

import numpy as np
import pandas as pd

from planner.plan.village_service import mean_rung, share_at_least, typical_rung


def people(*rows: list[float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=range(6), index=[f"village_{i}" for i in range(len(rows))], dtype=float)


def test_the_typical_rung_is_what_half_of_the_people_reach() -> None:
    persons = people([60, 0, 0, 0, 0, 40], [50, 0, 0, 0, 0, 50], [0, 20, 20, 20, 20, 20], [0, 0, 0, 0, 0, 0])
    assert typical_rung(persons).tolist() == [0, 5, 3, 0]


def test_the_mean_rung_of_an_empty_village_is_missing() -> None:
    means = mean_rung(people([50, 0, 0, 0, 0, 50], [0, 0, 0, 0, 0, 0]))
    assert means.iloc[0] == 2.5
    assert np.isnan(means.iloc[1])


def test_the_share_on_a_rung_or_above_counts_the_rung() -> None:
    assert share_at_least(people([10, 0, 0, 30, 40, 20]), 3).tolist() == [0.9]
