"""Who lives in the villages and how they get their water today: poorer and worse served upstream."""

import numpy as np
import pandas as pd

from datasets.frames import frame, names, product
from datasets.synthetic.land import Floats, Land

PERSONS_OF_A_HOUSEHOLD = 4.8
HOUSEHOLDS_OF_A_VILLAGE = 110.0
GROWTH_SHARE_PER_YEAR = 0.02
GROUPS = np.array(["poor", "other"], dtype=object)
GROUP_WEIGHTS = np.array([1.5, 1.0])
INCOME_USD_PER_PERSON_PER_YEAR = np.array([200.0, 450.0])
BASELINE_MODES = np.array(["surface", "unimproved", "far_point", "near_point"], dtype=object)
BASELINE_SHAPE = np.array([3.0, 3.0, 3.0, 2.0])
SCHOOL_SHARE = 0.3


def persons(made: Land, draw: np.random.Generator) -> Floats:
    """Persons by village and group."""
    count = len(made.villages)
    households = np.clip(draw.lognormal(np.log(HOUSEHOLDS_OF_A_VILLAGE), 0.5, count), 20, 800)
    poor_share = np.clip(0.15 + 0.4 * made.upstream + draw.normal(0, 0.08, count), 0.05, 0.9)
    shares = np.stack([poor_share, 1 - poor_share], axis=1)
    return np.asarray(np.maximum(1, np.round(households[:, None] * PERSONS_OF_A_HOUSEHOLD * shares)))


def people_tables(made: Land, drawn: Floats, draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Groups, population, baseline and institutions for persons drawn by village and group."""
    village, group = product(*drawn.shape)
    income = INCOME_USD_PER_PERSON_PER_YEAR * (1.1 - 0.2 * made.upstream[:, None]) * draw.lognormal(0, 0.1, drawn.shape)
    share = _baseline_shares(made, draw)
    of_village, of_group, mode = product(*share.shape)
    with_school = np.flatnonzero(draw.random(len(made.villages)) < SCHOOL_SHARE)
    return {
        "groups": frame("groups", group=GROUPS, weight=GROUP_WEIGHTS),
        "population": frame(
            "population",
            village=made.villages[village],
            group=GROUPS[group],
            persons=drawn.ravel(),
            growth_share_per_year=GROWTH_SHARE_PER_YEAR,
            income_usd_per_person_per_year=np.round(income.ravel()),
        ),
        "baseline": frame(
            "baseline",
            village=made.villages[of_village],
            group=GROUPS[of_group],
            mode=BASELINE_MODES[mode],
            share=share.ravel(),
        ),
        "institutions": frame(
            "institutions",
            institution=names("school", len(with_school)),
            village=made.villages[with_school],
            kind="school",
            persons=np.round(0.2 * drawn[with_school].sum(axis=1)),
            litres_per_person_per_day=5.0,
        ),
    }


def _baseline_shares(made: Land, draw: np.random.Generator) -> Floats:
    """Shares by village, group and mode in thousandths that sum to 1."""
    count = len(made.villages)
    served = 1.3 - 0.8 * made.upstream
    tilt = np.stack([1 / served, np.ones(count), served, served], axis=1)[:, None, :] * np.array(
        [[1.4, 1.2, 0.9, 0.6], [1.0, 1.0, 1.0, 1.0]]
    )
    weights = draw.gamma(BASELINE_SHAPE, size=(count, 1, len(BASELINE_MODES))) * tilt
    thousandths = np.floor(1000 * weights / weights.sum(axis=2, keepdims=True))
    thousandths[..., 1] += 1000 - thousandths.sum(axis=2)
    return np.asarray(thousandths / 1000)
