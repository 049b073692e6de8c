"""Clear-water tanks at treatment sites: whole tanks of the sizes on offer hold hours of what flows out on the highest day."""

from optimization.algebra import Model
from optimization.formulation.modules import modules_of
from optimization.formulation.names import joined
from optimization.formulation.structure import place_of_node
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.tanks import HOURS_PER_DAY


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Tanks are options, with capital, life and running cost as all others. Nothing where no site is asked to store."""
    tanks, periods = scenario.site_tanks, scenario.periods
    if not (tanks.hours > 0).any():
        return
    first_site = place_of_node(scenario)[0]
    m.index_set("site_tank", joined(scenario.works.options.take(tanks.option)), title="Clear-water tanks at treatment sites",
                labels={"site": tanks.site, "place": first_site + tanks.site})  # fmt: skip
    m.data("option_of_site_tank", tanks.option)
    m.data("site_tank_volume", tanks.volume_m3, unit="m³", title="What a tank at a site holds")
    m.data("site_tank_existing", tanks.existing_m3, unit="m³", title="What tanks that exist at a site hold")
    m.data("site_storage_days", tanks.hours / HOURS_PER_DAY, unit="days", title="How long tanks last at the mean flow")
    m.neighbours("tanks_at_site", m.site, m.site_tank, owner=tanks.site)
    modules_of(m, scenario, "modules_of_site_tank", m.site_tank, tanks.option)
    design = periods.delivery_binding < 0

    @m.law(
        m.site, m.delivery, where=(tanks.hours > 0)[:, None] & design, title="Tanks at sites hold what is asked for", unit="m³"
    )
    def site_storage(m, k, d):
        """Tanks at a site hold the hours asked for of what flows out of it on the highest day of the design members."""
        return m.site_tank_existing[k] + sum(
            m.site_tank_volume[x] * m.serves[m.option_of_site_tank[x], m.stage_of_delivery[d]] for x in m.tanks_at_site[k]
        ) + sum(
            m.site_tank_volume[x] * m.further[w, m.stage_of_delivery[d]]
            for x in m.tanks_at_site[k]
            for w in m.modules_of_site_tank[x]
        ) >= sum(m.site_storage_days[k] * m.peak_factor[d] * m.pipe_flow[n, d] for n in m.pipes_out_of_site[k])
