"""Hazards and the risk of villages, counted anew from what stands."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.network import Network
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import COUNT, POINTS
from planner.scenario.policy import Policy

BANDS = ((0, "none"), (5, "low"), (9, "medium"), (15, "high"), (25, "very_high"))


def check_risk(facts: Facts, policy: Policy, claims: Claims, network: Network, works: Works) -> list[AuditCheck]:
    """Levels of hazards, what arrives in villages, and the most that the policy lets stand."""
    names, told, villages = facts.names, claims["hazard_levels"], claims["risk"]
    left = {figure: _left(facts, works, figure) for figure in ("likelihood", "severity")}
    points = left["likelihood"] * left["severity"]
    exposed = _exposed(facts, network, works)
    worst = np.where(exposed, points[None], 0.0).max(axis=1, initial=0.0)
    weight = facts.basin.tables["hazards"]["weight"].to_numpy(float)
    level_at = told["hazard"].to_numpy(), told["stage"].to_numpy()
    risk_at = villages["village"].to_numpy(), villages["stage"].to_numpy()
    level, row = names.rows(hazards=level_at[0], stages=level_at[1]), names.rows(villages=risk_at[0], stages=risk_at[1])
    off = sum(np.abs(told[figure].to_numpy(float) - true[level_at]) for figure, true in (*left.items(), ("points", points)))
    true_sum = np.einsum("vgt,gt,g->vt", exposed, points, weight)[risk_at]
    said = {column: villages[column].to_numpy(float) for column in ("hazards", "worst_points", "weighted_points")}
    band = np.array([next(name for most, name in BANDS if worst[at] <= most) for at in zip(*risk_at, strict=True)], dtype=object)
    return [
        judge("hazard_level", "Likelihood, severity and points of hazards are those that the options leave", off, POINTS, level),
        judge("risk_hazards", "Hazards of a village: its own and those that its water brings",
              np.abs(said["hazards"] - exposed.sum(axis=1)[risk_at]), COUNT, row),
        judge("risk_worst", "The worst hazard of a village", np.abs(said["worst_points"] - worst[risk_at]), POINTS, row),
        judge("risk_weighted", "The weighted sum of a village's hazards", np.abs(said["weighted_points"] - true_sum), POINTS, row,
              true_sum),
        judge("risk_band", "The band of a village's worst hazard", villages["band"].to_numpy(object) != band, COUNT, row),
        judge("risk_highest", "No village runs more risk than a hard limit lets stand", _beyond(facts, policy, worst), POINTS,
              names.grid("villages", "stages")),
    ]  # fmt: skip


def _beyond(facts: Facts, policy: Policy, worst: Numbers) -> Numbers:
    wanted = policy.risk
    if wanted.highest == "any" or not wanted.hard:
        return np.zeros((0, 0))
    first = 0 if wanted.stage is None else facts.names.code("stages", wanted.stage)
    most = next(points for points, name in BANDS if name == wanted.highest)
    return np.asarray(np.where(np.arange(worst.shape[1]) >= first, worst - most, 0.0))


def _left(facts: Facts, works: Works, figure: str) -> Numbers:
    """Likelihood or severity (hazard, stage) less what standing options take off, 1 at least."""
    names, tables = facts.names, facts.basin.tables
    lowers = tables["risk_reductions"]
    option, hazard = names.codes("options", lowers["option"]), names.codes("hazards", lowers["hazard"])
    left = np.repeat(tables["hazards"][figure].to_numpy(float)[:, None], works.serves.shape[1], axis=1)
    for row, taken in enumerate(lowers[f"{figure}_reduction"].to_numpy(float)):
        left[hazard[row]] -= taken * works.serves[option[row]]
    return np.asarray(np.maximum(left, 1.0))


def _exposed(facts: Facts, network: Network, works: Works) -> np.ndarray:
    """(village, hazard, stage): what is reached from the place of each hazard along the links that stand in a stage."""
    names, tables = facts.names, facts.basin.tables
    sources, sites, villages = (names.size(table) for table in ("sources", "treatment_sites", "villages"))
    begin = _node(network.from_source, network.from_site + sources, network.from_village + sources + sites,
                  network.from_source, network.from_site, network.from_village)  # fmt: skip
    end = _node(network.to_site + sources, network.to_village + sources + sites, network.to_site, network.to_village)
    place = tables["hazards"]["place"]
    codes = [names.codes(table, place) for table in ("sources", "treatment_sites", "villages")]
    at = _node(codes[0], codes[1] + sources, codes[2] + sources + sites, *codes)
    link_stands, source_open = (
        _standing(facts, works, "conveyance", "links"),
        _standing(facts, works, "source_development", "sources"),
    )
    link_stands |= (tables["links"]["existing_capacity_m3_per_day"].to_numpy(float) > 0)[:, None]
    source_open |= tables["sources"]["existing"].to_numpy(bool)[:, None]
    count = sources + sites + villages
    exposed = np.zeros((villages, len(place), works.serves.shape[1]), dtype=bool)
    for stage in range(works.serves.shape[1] if len(place) else 0):
        stands = link_stands[:, stage]
        leads = sparse.csr_array((np.ones(stands.sum()), (begin[stands], end[stands])), shape=(count, count))
        reached = np.isfinite(dijkstra(leads, indices=at, unweighted=True))
        begins = np.ones(count, dtype=bool)
        begins[:sources] = source_open[:, stage]
        exposed[:, :, stage] = (reached & begins[at][:, None])[:, sources + sites :].T
    return exposed


def _node(*numbered: np.ndarray) -> np.ndarray:
    """The place of a row among all places; first as places are numbered, then as positions in tables, -1 for another table."""
    half = len(numbered) // 2
    node = np.full(len(numbered[0]), -1, dtype=np.intp)
    for number, code in zip(numbered[:half], numbered[half:], strict=True):
        node = np.where(code >= 0, number, node)
    return node


def _standing(facts: Facts, works: Works, kind: str, table: str) -> np.ndarray:
    """(place, stage) where an option of a kind stands."""
    options = facts.basin.tables["options"]
    chosen = (options["kind"] == kind).to_numpy(bool)
    stands = np.zeros((facts.names.size(table), works.serves.shape[1]), dtype=bool)
    np.logical_or.at(stands, facts.names.codes(table, options["place"][chosen]), works.serves[chosen])
    return stands
