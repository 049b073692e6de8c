"""Water as mixed at each train: what it holds, raw and treated, counted anew from the flows."""

import numpy as np

from planner.plan.audit.catchments import kept_out
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.network import Flows, Network, train_removals
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import CONCENTRATION, WATER


def check_quality(facts: Facts, claims: Claims, network: Network, flows: Flows, works: Works) -> list[AuditCheck]:
    """Guideline values after actual mixing, and the claimed figures against it. A mix: the water of one train at one site."""
    names, trains = facts.names, max(facts.names.size("trains"), 1)
    claimed = claims["quality"]
    fed = flows.feed_train >= 0
    said_of = claimed["site"].to_numpy() * trains + claimed["train"].to_numpy()
    fed_in = network.to_site[flows.feed_link[fed]] * trains + flows.feed_train[fed]
    mixes, number = np.unique(np.concatenate([said_of, fed_in]).astype(np.intp), return_inverse=True)
    site, train = np.divmod(mixes, trains)
    guideline = facts.basin.tables["parameters"]["guideline_value"].to_numpy(float)
    volume, held = _mixed(facts, network, flows, works, fed, number[len(said_of) :], len(mixes))
    left = (1.0 - train_removals(facts))[train][..., None, None, None]
    wanted = np.broadcast_to(guideline[:, None, None, None], held.shape)
    volume = np.broadcast_to(volume[:, None], held.shape)
    mixed = np.divide(held, volume, out=np.zeros_like(held), where=volume > 0)
    told = tuple(claimed[column].to_numpy() for column in ("parameter", "stage", "season", "member"))
    at = (number[: len(said_of)], *told)
    label = names.grid("treatment_sites", "trains", "parameters", "stages", "seasons", "members")

    def place(mix: int, *where: int) -> str:
        return label(int(site[mix]), int(train[mix]), *where)

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(dense(true.shape, at, claimed[column]) - true), CONCENTRATION, place,
                     np.maximum(wanted, true))  # fmt: skip

    return [
        judge("mixed_guideline", "Mixed and treated water keeps every guideline value", held * left / wanted - volume, WATER,
              place, volume),
        claim("mixed_raw", "Raw water after mixing", "raw_value", mixed),
        claim("mixed_treated", "Treated water after mixing", "treated_value", mixed * left),
        judge("mixed_guideline_told", "Guideline values as in the basin",
              np.abs(claimed["guideline_value"].to_numpy(float) - guideline[told[0]]), CONCENTRATION,
              lambda row: place(*(int(codes[row]) for codes in at)), guideline[told[0]]),
    ]  # fmt: skip


def _mixed(
    facts: Facts, network: Network, flows: Flows, works: Works, fed: np.ndarray, mix: Codes, mixes: int
) -> tuple[Numbers, Numbers]:
    """What arrives in each mix (mix, stage, season, member), and that times what it holds (mix, parameter, stage, …)."""
    names, quality = facts.names, facts.basin.tables["source_quality"]
    codes = (("sources", "source"), ("parameters", "parameter"), ("seasons", "season"))
    value = dense(facts.size("sources", "parameters", "seasons"),
                  tuple(names.codes(table, quality[column]) for table, column in codes), quality["value"])  # fmt: skip
    remains = 1.0 - kept_out(facts, works)
    stage, season, member = (codes[fed] for codes in flows.feed_period)
    link = flows.feed_link[fed]
    source = network.from_source[link]
    arriving = flows.feed_m3_per_day[fed] * network.keeps[link]
    shape, where = (mixes, *facts.horizon.shape), (mix, stage, season, member)
    held = [dense(shape, where, arriving * value[source, parameter, season] * remains[source, parameter, stage])
            for parameter in range(names.size("parameters"))]  # fmt: skip
    return dense(shape, where, arriving), np.stack(held, axis=1) if held else np.zeros((mixes, 0, *shape[1:]))
