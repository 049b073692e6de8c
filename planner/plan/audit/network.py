"""Links, what flows in them, and which treatment makes which source safe."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense

PATHOGENS = ("bacteria", "viruses", "protozoa")
_EXACT = 1e-9


@dataclass(frozen=True)
class Network:
    """Ends of links as positions in their tables, -1 for an end of another kind."""

    from_source: Codes
    from_site: Codes
    from_village: Codes
    to_site: Codes
    to_village: Codes
    keeps: Numbers
    """Share of what enters a link that arrives."""
    safe: np.ndarray
    """Links whose water may be drunk as it arrives in a village."""
    made_safe: np.ndarray
    """(source, train): the train is enough for the source."""
    enough_barriers: np.ndarray
    """(source, train): the train removes enough pathogens for the source, with enough barriers."""

    @property
    def main(self) -> np.ndarray:
        """Links that bring raw water to a treatment site."""
        return (self.from_source >= 0) & (self.to_site >= 0)

    def villages_reached(self, villages: int) -> dict[str, np.ndarray]:
        """For raw and safe: whether a link of that grade leads to a village."""
        found = {}
        for grade, kind in (("raw", ~self.safe), ("safe", self.safe)):
            found[grade] = np.zeros(villages, dtype=bool)
            found[grade][self.to_village[(self.to_village >= 0) & kind]] = True
        return found


def network_of(facts: Facts) -> Network:
    """Read the links, and compare every source with every train."""
    names, link = facts.names, facts.basin.tables["links"]
    untreated, enough_barriers, made_safe = _treatments(facts)
    from_source = names.codes("sources", link["from_node"])
    safe_source = np.append(untreated, True)[from_source]
    return Network(
        from_source=from_source,
        from_site=names.codes("treatment_sites", link["from_node"]),
        from_village=names.codes("villages", link["from_node"]),
        to_site=names.codes("treatment_sites", link["to_node"]),
        to_village=names.codes("villages", link["to_node"]),
        keeps=1.0 - link["loss_share"].to_numpy(float),
        safe=safe_source,
        made_safe=made_safe,
        enough_barriers=enough_barriers,
    )


def _treatments(facts: Facts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sources that need no treatment; trains (source, train) that remove its pathogens; and its chemicals too, all year."""
    tables, names = facts.basin.tables, facts.names
    train, quality = tables["trains"], tables["source_quality"]
    pairs = facts.size("sources", "trains")
    asked_barriers = asked(facts, "barriers")
    enough = train["barriers"].to_numpy()[None, :] >= asked_barriers[:, None]
    untreated = asked_barriers == 0
    for pathogen in PATHOGENS:
        required = asked(facts, f"log_removal_{pathogen}")
        enough = enough & (train[f"log_removal_{pathogen}"].to_numpy(float)[None, :] >= required[:, None] - _EXACT)
        untreated = untreated & (required <= _EXACT)
    removal = train_removals(facts)
    at, parameter = names.codes("sources", quality["source"]), names.codes("parameters", quality["parameter"])
    value = quality["value"].to_numpy(float)
    allowed = tables["parameters"]["guideline_value"].to_numpy(float)[parameter] * (1 + _EXACT)
    exceeded = np.zeros(pairs, dtype=bool)
    np.logical_or.at(exceeded, at, value[:, None] * (1 - removal.T[parameter]) > allowed[:, None])
    np.logical_and.at(untreated, at, value <= allowed)
    return untreated, enough, enough & ~exceeded


def asked(facts: Facts, what: str) -> Numbers:
    """What each source asks for of a log removal or of barriers: its own figure, or that of its kind where it is more."""
    tables = facts.basin.tables
    source, target = tables["sources"], tables["log_removal_targets"]
    by_kind = dict(zip(target["kind"], target[what], strict=True))
    of_kind = np.array([by_kind.get(kind, 0.0) for kind in source["kind"]], dtype=float)
    return np.asarray(np.fmax(source[f"required_{what}"].to_numpy(float), of_kind))


def train_removals(facts: Facts) -> Numbers:
    """Shares (train, parameter) of a parameter that a train takes out."""
    table, names = facts.basin.tables["train_removals"], facts.names
    codes = names.codes("trains", table["train"]), names.codes("parameters", table["parameter"])
    return dense(facts.size("trains", "parameters"), codes, table["removal_share"])


@dataclass(frozen=True)
class Flows:
    """Claimed flows: what enters each link (link, stage, season, member), and the rows of mains train by train."""

    entering: Numbers
    feed_link: Codes
    feed_train: Codes
    feed_period: tuple[Codes, Codes, Codes]
    feed_m3_per_day: Numbers


def flows_of(facts: Facts, claims: Claims, network: Network) -> Flows:
    """Read the claimed flows."""
    claimed = claims["flows"]
    link, train = claimed["link"].to_numpy(), claimed["train"].to_numpy()
    stage, season, member = (claimed[column].to_numpy() for column in ("stage", "season", "member"))
    flow = claimed["flow_m3_per_day"].to_numpy(float)
    entering = dense((*facts.size("links"), *facts.horizon.shape), (link, stage, season, member), flow)
    feeds = network.main[link]
    return Flows(entering, link[feeds], train[feeds], (stage[feeds], season[feeds], member[feeds]), flow[feeds])


def summed(shape: tuple[int, ...], owner: Codes, values: Numbers) -> Numbers:
    """Sums of rows by their owner; rows of nobody (-1) are left out."""
    total = np.zeros((shape[0], *values.shape[1:]))
    owned = owner >= 0
    np.add.at(total, owner[owned], values[owned])
    return total
