"""Reservoirs: water held back in one season for another, less what the air takes."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Storage at the end of each season; the year ends as it began, in every member and stage."""
    reservoirs, periods, works = scenario.reservoirs, scenario.periods, scenario.works
    season, stage = periods.period_season, periods.period_stage
    m.index_set("reservoir", list(reservoirs.reservoirs), title="Reservoirs", labels={"reach": reservoirs.reach})
    m.neighbours("options_of_reservoir", m.reservoir, m.option, owner=works.reservoir)
    m.neighbours("reservoirs_in_reach", m.reach, m.reservoir, owner=reservoirs.reach)
    bounds = {name: volume[:, None] / 1000 for name, volume in
              (("smallest", reservoirs.smallest_m3), ("largest", reservoirs.largest_m3))}  # fmt: skip
    least = bounds["smallest"] * reservoirs.exists[:, None]
    m.variable("storage", m.reservoir, m.period, lower=least, upper=bounds["largest"], unit="thousand m³",
               title="Stored at the end of the season")  # fmt: skip
    m.variable("held_back", m.reservoir, m.period, within="reals", unit="m³/day",
               title="Held back or lost to the air; negative where more is let go than comes")  # fmt: skip
    m.data("season_before", periods.season_before, title="The same stage and member, a season earlier")
    m.data("per_day", 1000 / scenario.horizon.days[season], unit="m³/day per thousand m³", title="A volume by the day")
    m.data("evaporation_base", reservoirs.evaporation_base_m3_per_day[:, season], unit="m³/day")
    m.data("evaporation_by_storage", reservoirs.evaporation_share_per_day[:, season] * 1000 / 2,
           unit="m³/day per thousand m³", title="Evaporation by the storage at both ends of the season")  # fmt: skip
    m.data("reservoir_exists", reservoirs.exists.astype(float), title="1 where a reservoir exists")
    m.data("smallest_storage", bounds["smallest"][:, 0], unit="thousand m³")
    m.data("largest_storage", bounds["largest"][:, 0], unit="thousand m³")

    @m.law(m.reservoir, m.period, title="Reservoir balance", unit="m³/day")
    def reservoir_balance(m, w, p):
        """What is held back fills the reservoir or goes to the air, from a surface that grows with the storage."""
        return m.held_back[w, p] == (
            m.per_day[p] * (m.storage[w, p] - m.storage[w, m.season_before[p]])
            + m.evaporation_by_storage[w, p] * (m.storage[w, p] + m.storage[w, m.season_before[p]])
            + m.evaporation_base[w, p] * m.reservoir_exists[w]
            + sum(m.evaporation_base[w, p] * m.serves[o, m.stage_of_period[p]] for o in m.options_of_reservoir[w])
        )

    built = np.broadcast_to(~reservoirs.exists[:, None], (len(reservoirs.reservoirs), len(stage)))

    @m.law(m.reservoir, m.period, where=built, title="Storage needs its dam", unit="thousand m³")
    def storage_needs_dam(m, w, p):
        """Nothing is stored before the reservoir serves, and no more than it holds."""
        return m.storage[w, p] <= sum(m.largest_storage[w] * m.serves[o, m.stage_of_period[p]] for o in m.options_of_reservoir[w])

    @m.law(m.reservoir, m.period, where=built, title="Smallest storage", unit="thousand m³")
    def storage_is_kept(m, w, p):
        """A reservoir that serves keeps its smallest storage."""
        return m.storage[w, p] >= sum(
            m.smallest_storage[w] * m.serves[o, m.stage_of_period[p]] for o in m.options_of_reservoir[w]
        )

    _intakes(m, scenario)


def _intakes(m: Model, scenario: ResolvedScenario) -> None:
    reservoirs = scenario.reservoirs
    several = np.bincount(scenario.works.reservoir[scenario.works.reservoir >= 0], minlength=len(reservoirs.reservoirs)) > 1
    rows = np.broadcast_to(several[:, None], (len(several), len(scenario.horizon.stages)))

    @m.law(m.reservoir, m.stage, where=rows, title="One dam of a reservoir")
    def one_dam(m, w, t):
        """A reservoir is built once."""
        return sum(m.serves[o, t] for o in m.options_of_reservoir[w]) <= 1

    draws = np.flatnonzero(reservoirs.source_reservoir >= 0)
    draws = draws[~reservoirs.exists[reservoirs.source_reservoir[draws]]]
    m.index_set("intake", list(scenario.network.sources[draws]), title="Intakes of reservoirs that are to be built",
                labels={"place": draws})  # fmt: skip
    m.data("source_of_intake", draws)
    m.data("reservoir_of_intake", reservoirs.source_reservoir[draws])

    @m.law(m.intake, m.binding, title="An intake needs its reservoir", unit="m³/day")
    def intake_needs_reservoir(m, i, p):
        """A source in a reservoir gives water once the reservoir serves."""
        return sum(m.feed_flow[f, p] for f in m.feeds_of_source[m.source_of_intake[i]]) + sum(
            m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]] for n in m.pipes_out_of_source[m.source_of_intake[i]]
        ) <= sum(
            m.source_yield[m.source_of_intake[i], p] * m.serves[o, m.stage_of_binding[p]]
            for o in m.options_of_reservoir[m.reservoir_of_intake[i]]
        )
