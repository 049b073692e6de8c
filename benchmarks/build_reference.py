"""A made-up basin of any size for measuring how fast a model is built: by hand with numpy, and through the algebra.

Villages draw from sites, sites from sources on a river tree, over a year of periods; each site chooses one technology.
Nothing here is real: only the structure and the sizes are.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from optimization.algebra import Model

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Basin:
    """Sizes and arrays of a made-up basin; volumes in m³/day, money in thousand USD."""

    villages: int
    sites: int
    sources: int
    reaches: int
    technologies: int
    periods: int
    link_village: Integers
    link_site: Integers
    link_cost: Floats
    link_capacity: Floats
    intake_site: Integers
    intake_source: Integers
    intake_cost: Floats
    demand: Floats
    capacity: Floats
    capital: Floats
    operation: Floats
    efficiency: Floats
    inflow: Floats
    environmental_flow: Floats
    downstream: Integers
    source_reach: Integers
    source_capacity: Floats
    budget: float
    shortage_price: float


def made_up_basin(villages: int, periods: int = 12, technologies: int = 4, seed: int = 0) -> Basin:
    """A basin with four links a village, a site for ten villages, a source and a reach for fifty."""
    generator = np.random.default_rng(seed)
    sites, sources, reaches = max(5, villages // 10), max(5, villages // 50), max(10, villages // 50)
    village_place, site_place, reach_place = (generator.random((count, 2)) for count in (villages, sites, reaches))
    reach_place = reach_place[np.argsort(-reach_place[:, 1])]
    downstream = np.full(reaches, -1, dtype=np.int32)
    for reach in range(reaches - 1):
        distances = ((reach_place[reach + 1 :] - reach_place[reach]) ** 2).sum(axis=1)
        downstream[reach] = reach + 1 + int(distances.argmin())
    source_reach = generator.integers(0, reaches, sources).astype(np.int32)
    link_distance, link_site = KDTree(site_place).query(village_place, k=4)
    source_place = reach_place[source_reach] + 1e-6 * generator.random((sources, 2))
    intake_distance, intake_source = KDTree(source_place).query(site_place, k=2)
    season = np.sin(2 * np.pi * np.arange(periods) / 12)
    demand = generator.uniform(0.5, 3, villages)[:, np.newaxis] * (1 + 0.3 * season)
    total = demand.sum(axis=0).mean()
    inflow = generator.gamma(4, 1, (reaches, periods))
    inflow *= 1.6 * total / inflow.sum(axis=0).mean()
    natural = inflow.copy()
    for reach, below in enumerate(downstream):
        if below >= 0:
            natural[below] += natural[reach]
    link_village = np.repeat(np.arange(villages, dtype=np.int32), 4)
    capital = np.array([100.0, 170.0, 300.0, 500.0])[:technologies]
    return Basin(
        villages=villages,
        sites=sites,
        sources=sources,
        reaches=reaches,
        technologies=technologies,
        periods=periods,
        link_village=link_village,
        link_site=link_site.ravel().astype(np.int32),
        link_cost=0.2 + 2.5 * np.asarray(link_distance).ravel() * np.sqrt(sites),
        link_capacity=demand[link_village],
        intake_site=np.repeat(np.arange(sites, dtype=np.int32), 2),
        intake_source=intake_source.ravel().astype(np.int32),
        intake_cost=0.1 + np.asarray(intake_distance).ravel(),
        demand=demand,
        capacity=np.array([0.6, 1.2, 2.5, 5.0])[:technologies] * total / sites,
        capital=capital * generator.uniform(0.7, 1.3, (sites, 1)),
        operation=np.array([1.5, 1.2, 1.0, 0.8])[:technologies],
        efficiency=np.array([0.9, 0.93, 0.96, 0.98])[:technologies],
        inflow=inflow,
        environmental_flow=0.2 * natural,
        downstream=downstream,
        source_reach=source_reach,
        source_capacity=np.full(sources, 4 * total / sources),
        budget=0.5 * 300.0 * sites,
        shortage_price=60.0,
    )


def stated(basin: Basin) -> Model:
    """The basin as a model of the algebra: ordinary Pyomo rules."""
    m = Model("reference")
    m.index_set("village", basin.villages)
    m.index_set("site", basin.sites)
    m.index_set("source", basin.sources)
    m.index_set("reach", basin.reaches)
    m.index_set("technology", basin.technologies)
    m.index_set("period", basin.periods)
    m.index_set("link", len(basin.link_site), labels={"village": basin.link_village, "site": basin.link_site})
    m.index_set("intake", len(basin.intake_site), labels={"site": basin.intake_site})
    m.variable("built", m.site, m.technology, within="binary")
    m.variable("open", m.site, upper=1)
    m.variable("flow", m.link, m.period)
    m.variable("abstraction", m.intake, m.period)
    m.variable("treated", m.site, m.technology, m.period)
    m.variable("shortage", m.village, m.period)
    m.variable("outflow", m.reach, m.period, lower=basin.environmental_flow)
    for name in ("demand", "link_capacity", "link_site", "link_cost", "intake_cost", "efficiency", "capacity"):
        m.data(name, getattr(basin, name))
    for name in ("capital", "operation", "inflow", "source_capacity", "budget", "shortage_price"):
        m.data(name, getattr(basin, name))
    m.neighbours("links_into", m.village, m.link, owner=basin.link_village)
    m.neighbours("links_from", m.site, m.link, owner=basin.link_site)
    m.neighbours("intakes_of", m.site, m.intake, owner=basin.intake_site)
    m.neighbours("intakes_at", m.source, m.intake, owner=basin.intake_source)
    m.neighbours("reaches_above", m.reach, m.reach, owner=basin.downstream)
    m.neighbours("intakes_on", m.reach, m.intake, owner=basin.source_reach[basin.intake_source])
    _state_laws(m)
    _state_costs(m)
    return m


def _state_laws(m: Model) -> None:
    @m.law(m.village, m.period)
    def demand_met(m: Any, v: Any, t: Any) -> Any:
        return sum(m.flow[i, t] for i in m.links_into[v]) + m.shortage[v, t] == m.demand[v, t]

    @m.law(m.link, m.period)
    def link_needs_site(m: Any, i: Any, t: Any) -> Any:
        return m.flow[i, t] - m.link_capacity[i, t] * m.open[m.link_site[i]] <= 0

    @m.law(m.site, m.period)
    def treated_before_sent(m: Any, j: Any, t: Any) -> Any:
        sent = sum(m.flow[i, t] for i in m.links_from[j])
        return sent - sum(m.efficiency[k] * m.treated[j, k, t] for k in m.technology) <= 0

    @m.law(m.site, m.technology, m.period)
    def treatment_capacity(m: Any, j: Any, k: Any, t: Any) -> Any:
        return m.treated[j, k, t] - m.capacity[k] * m.built[j, k] <= 0

    @m.law(m.site)
    def one_technology(m: Any, j: Any) -> Any:
        return sum(m.built[j, k] for k in m.technology) - m.open[j] == 0

    @m.law(m.site, m.period)
    def taken_in(m: Any, j: Any, t: Any) -> Any:
        taken = sum(m.abstraction[a, t] for a in m.intakes_of[j])
        return taken - sum(m.treated[j, k, t] for k in m.technology) == 0

    @m.law(m.source, m.period)
    def source_yield(m: Any, s: Any, t: Any) -> Any:
        return sum(m.abstraction[a, t] for a in m.intakes_at[s]) <= m.source_capacity[s]

    @m.law(m.reach, m.period)
    def river_balance(m: Any, r: Any, t: Any) -> Any:
        arriving = sum(m.outflow[u, t] for u in m.reaches_above[r])
        return m.outflow[r, t] - arriving + sum(m.abstraction[a, t] for a in m.intakes_on[r]) == m.inflow[r, t]

    @m.law()
    def budget_limit(m: Any) -> Any:
        return sum(m.capital[j, k] * m.built[j, k] for j in m.site for k in m.technology) <= m.budget


def _state_costs(m: Model) -> None:
    @m.term("cost", m.site, m.technology)
    def capital_cost(m: Any, j: Any, k: Any) -> Any:
        return m.capital[j, k] * m.built[j, k]

    @m.term("cost", m.link, m.period)
    def pumping(m: Any, i: Any, t: Any) -> Any:
        return m.link_cost[i] * m.flow[i, t]

    @m.term("cost", m.intake, m.period)
    def intake_cost_paid(m: Any, a: Any, t: Any) -> Any:
        return m.intake_cost[a] * m.abstraction[a, t]

    @m.term("cost", m.site, m.technology, m.period)
    def treatment_cost(m: Any, j: Any, k: Any, t: Any) -> Any:
        return m.operation[k] * m.treated[j, k, t]

    @m.term("cost", m.village, m.period)
    def shortage_cost(m: Any, v: Any, t: Any) -> Any:
        return m.shortage_price * m.shortage[v, t]


class Triples:
    """Rows, columns and values collected by hand."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.columns: list[Any] = []
        self.values: list[Any] = []
        self.lower: list[Any] = []
        self.upper: list[Any] = []
        self.count = 0

    def new(self, shape: tuple[int, ...], lower: Any, upper: Any) -> Integers:
        """Numbers of new rows with their bounds."""
        size = int(np.prod(shape))
        self.count += size
        for bounds, values in ((self.lower, lower), (self.upper, upper)):
            bounds.append(np.broadcast_to(np.asarray(values, float), shape).ravel())
        return np.arange(self.count - size, self.count, dtype=np.int32).reshape(shape)

    def add(self, rows: Any, columns: Any, values: Any) -> None:
        """Entries, broadcast against each other."""
        for kept, array in zip(
            (self.rows, self.columns, self.values),
            np.broadcast_arrays(rows, columns, np.asarray(values, float)),
            strict=True,
        ):
            kept.append(array.ravel())


def by_hand(basin: Basin) -> highspy.Highs:
    """The same model written with numpy and handed to HiGHS."""
    shapes = {
        "built": (basin.sites, basin.technologies),
        "open": (basin.sites,),
        "flow": (len(basin.link_site), basin.periods),
        "abstraction": (len(basin.intake_site), basin.periods),
        "treated": (basin.sites, basin.technologies, basin.periods),
        "shortage": (basin.villages, basin.periods),
        "outflow": (basin.reaches, basin.periods),
    }
    x: dict[str, Integers] = {}
    size = 0
    for name, shape in shapes.items():
        count = int(np.prod(shape))
        x[name] = np.arange(size, size + count, dtype=np.int32).reshape(shape)
        size += count
    rows = _rows_by_hand(basin, x)
    matrix: Any = sparse.csr_array(
        (np.concatenate(rows.values), (np.concatenate(rows.rows), np.concatenate(rows.columns))),
        shape=(rows.count, size),
    )
    cost, lower, upper = np.zeros(size), np.zeros(size), np.full(size, np.inf)
    cost[x["built"]] = basin.capital
    cost[x["flow"]] = basin.link_cost[:, np.newaxis]
    cost[x["abstraction"]] = basin.intake_cost[:, np.newaxis]
    cost[x["treated"]] = basin.operation[np.newaxis, :, np.newaxis]
    cost[x["shortage"]] = basin.shortage_price
    upper[x["built"]] = upper[x["open"]] = 1
    lower[x["outflow"]] = basin.environmental_flow
    whole = np.zeros(size, dtype=np.int32)
    whole[x["built"]] = 1
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    row_lower, row_upper = np.concatenate(rows.lower), np.concatenate(rows.upper)
    start, index = matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)
    sizes = (size, rows.count, matrix.nnz, int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0)
    highs.passModel(*sizes, cost, lower, upper, row_lower, row_upper, start, index, matrix.data, whole)
    return highs


def _rows_by_hand(basin: Basin, x: dict[str, Integers]) -> Triples:
    rows = Triples()
    periods = basin.periods
    family = rows.new((basin.villages, periods), basin.demand, basin.demand)
    rows.add(family[basin.link_village], x["flow"], 1)
    rows.add(family, x["shortage"], 1)
    family = rows.new((len(basin.link_site), periods), -np.inf, 0)
    rows.add(family, x["flow"], 1)
    rows.add(family, x["open"][basin.link_site][:, np.newaxis], -basin.link_capacity)
    family = rows.new((basin.sites, periods), -np.inf, 0)
    rows.add(family[basin.link_site], x["flow"], 1)
    rows.add(family[:, np.newaxis, :], x["treated"], -basin.efficiency[np.newaxis, :, np.newaxis])
    family = rows.new((basin.sites, basin.technologies, periods), -np.inf, 0)
    rows.add(family, x["treated"], 1)
    rows.add(family, x["built"][:, :, np.newaxis], -basin.capacity[np.newaxis, :, np.newaxis])
    family = rows.new((basin.sites,), 0, 0)
    rows.add(family[:, np.newaxis], x["built"], 1)
    rows.add(family, x["open"], -1)
    family = rows.new((basin.sites, periods), 0, 0)
    rows.add(family[basin.intake_site], x["abstraction"], 1)
    rows.add(family[:, np.newaxis, :], x["treated"], -1)
    family = rows.new((basin.sources, periods), -np.inf, basin.source_capacity[:, np.newaxis])
    rows.add(family[basin.intake_source], x["abstraction"], 1)
    family = rows.new((basin.reaches, periods), basin.inflow, basin.inflow)
    rows.add(family, x["outflow"], 1)
    above = basin.downstream >= 0
    rows.add(family[basin.downstream[above]], x["outflow"][above], -1)
    rows.add(family[basin.source_reach[basin.intake_source]], x["abstraction"], 1)
    family = rows.new((1,), -np.inf, basin.budget)
    rows.add(family[0], x["built"], basin.capital)
    return rows
