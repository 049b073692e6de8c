"""Water of the river: inflow, environmental flow, what is owed downstream, other uses."""

import numpy as np
import pandas as pd

from datasets.frames import frame, names, product
from datasets.synthetic.horizon import Horizon
from datasets.synthetic.land import Floats, Land, gather
from planner.hydrology.environmental_flow import variable_monthly_flow

RUNOFF_MM_PER_DAY_DRY, RUNOFF_MM_PER_DAY_WET = 0.2, 2.4
REACHES_FOR_A_USE = 12


def local_inflow_m3_per_day(made: Land, time: Horizon, draw: np.random.Generator) -> Floats:
    """Inflow from each reach's own slopes by season and member."""
    runoff = RUNOFF_MM_PER_DAY_DRY + (RUNOFF_MM_PER_DAY_WET - RUNOFF_MM_PER_DAY_DRY) * time.wetness
    shape = (len(made.reaches), len(time.seasons), len(time.members))
    scatter = draw.lognormal(0, 0.1, shape)
    return np.asarray(np.round(
        made.local_area_km2[:, None, None] * 1000 * runoff[None, :, None] * time.runoff_share * scatter
    ))  # fmt: skip


def environmental_flow_m3_per_day(time: Horizon, natural: Floats) -> Floats:
    """Requirement by reach and season: variable monthly flow of the normal member, averaged over a season's months."""
    monthly = variable_monthly_flow(natural[:, time.season_of_month, 0].T).T
    seasons = np.arange(len(time.seasons))
    belongs = (time.season_of_month[:, None] == seasons).astype(float)
    return np.asarray(np.round(monthly @ belongs / belongs.sum(axis=0)))


def river_tables(made: Land, time: Horizon, draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Inflow, environmental flow, the obligation at the outlet, and irrigation in the lower half."""
    local = local_inflow_m3_per_day(made, time, draw)
    natural = gather(made.downstream, local)
    required = environmental_flow_m3_per_day(time, natural)
    reach, season, member = product(*local.shape)
    of_reach, of_season = product(*required.shape)
    outlet = len(made.reaches) - 1

    uses = max(1, len(made.reaches) // REACHES_FOR_A_USE)
    use_names = names("use", uses)
    # Irrigation lies in the lower half of the basin, where it competes with the villages above it for the dry season.
    use_reach = np.sort(draw.choice(np.arange(outlet // 2, outlet + 1), uses, replace=False))
    use_below = made.downstream[use_reach]
    dryness = 1 - time.wetness
    spare = natural[use_reach, :, 0] - required[use_reach]
    use_demand = np.round(0.6 * spare.min(axis=1)[:, None] * dryness)
    use, use_season = product(*use_demand.shape)
    return {
        "inflow": frame(
            "inflow",
            reach=made.reaches[reach],
            season=time.seasons[season],
            member=time.members[member],
            inflow_m3_per_day=local.ravel(),
        ),
        "environmental_flow": frame(
            "environmental_flow",
            reach=made.reaches[of_reach],
            season=time.seasons[of_season],
            environmental_flow_m3_per_day=required.ravel(),
            method="variable_monthly_flow",
        ),
        "obligations": frame(
            "obligations",
            obligation="downstream",
            reach=made.reaches[outlet],
            season=time.seasons,
            flow_m3_per_day=np.round(1.05 * required[outlet]),
        ),
        "other_uses": frame(
            "other_uses",
            use=use_names,
            kind="irrigation",
            administration=made.district_at(made.reach_xy[use_reach]),
            reach=made.reaches[use_reach],
            return_reach=np.where(use_below >= 0, made.reaches[use_below], None),
            return_share=np.where(use_below >= 0, 0.2, 0.0),
            value_usd_per_m3=0.05,
        ),
        "use_demand": frame(
            "use_demand",
            use=use_names[use],
            season=time.seasons[use_season],
            demand_m3_per_day=use_demand.ravel(),
        ),
    }
