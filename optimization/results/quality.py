"""What the water mixed at each train holds, raw and treated."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.plan.tables import columns
from planner.scenario.resolved import ResolvedScenario

_SMALL = 1e-6


def quality(scenario: ResolvedScenario, decisions: Decisions, feeds: Floats) -> dict[str, pd.DataFrame]:
    """Table of quality from the flows of feeds (F, T, S, H)."""
    network, works, facts, horizon = scenario.network, scenario.works, scenario.quality, scenario.horizon
    site_train = np.stack([network.link_to_site[works.feed_link], works.train[works.feed_option]])
    pairs, which = np.unique(site_train, axis=1, return_inverse=True)
    arriving = np.where(feeds > _SMALL, feeds, 0.0) * (1 - network.link_loss[works.feed_link])[:, None, None, None]
    volume = np.zeros((pairs.shape[1], *feeds.shape[1:]))
    np.add.at(volume, which, arriving)
    guideline = scenario.basin.tables["parameters"]["guideline_value"].to_numpy(float)
    raw = _raw(scenario, decisions) * guideline[:, None, None]
    frames = []
    for parameter, name in enumerate(facts.parameters):
        held = np.zeros_like(volume)
        np.add.at(held, which, arriving * raw[network.link_source[works.feed_link], parameter][..., None])
        mixed = np.divide(held, volume, out=np.zeros_like(held), where=volume > 0)
        frame = long(
            {"row": pd.RangeIndex(pairs.shape[1]), "stage": horizon.stages, "season": horizon.seasons, "member": horizon.members},
            {"raw_value": mixed, "treated_value": mixed * facts.left[pairs[1], parameter][:, None, None, None]},
            mixed > 0,
        )
        frame["site"], frame["train"] = network.sites.take(pairs[0][frame["row"]]), network.trains.take(pairs[1][frame["row"]])
        frames.append(frame.assign(parameter=name, guideline_value=guideline[parameter]))
    columns = ["site", "train", "parameter", "stage", "season", "member", "raw_value", "treated_value", "guideline_value"]
    frames = [frame for frame in frames if len(frame)]
    return {"quality": in_order("quality", pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns))}


def _raw(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(J, P, T, S) raw value as a share of the guideline value, less what standing protection keeps out."""
    facts, catchments = scenario.quality, scenario.catchments
    kept_out = np.zeros((*facts.raw.shape[:2], len(scenario.horizon.stages)))
    stands = decisions.serves[catchments.cleaning_option]
    np.add.at(kept_out, (catchments.cleaning_source, catchments.cleaning_parameter), catchments.cleaning_share[:, None] * stands)
    return np.asarray(facts.raw[:, :, None] * (1 - kept_out[..., None]))


def log_removals(scenario: ResolvedScenario, feeds: Floats) -> pd.DataFrame:
    """What trains that take in water remove of the pathogens, by stage, against what their strictest source asks for."""
    network, works, facts = scenario.network, scenario.works, scenario.quality
    feed, stage = np.nonzero((feeds > _SMALL).any(axis=(2, 3)))
    link, train = works.feed_link[feed], works.train[works.feed_option[feed]]
    frame = pd.DataFrame({"site": network.link_to_site[link], "train": train, "stage": stage})
    asked = pd.DataFrame(facts.asked[network.link_source[link]]).groupby([frame["site"], frame["train"], frame["stage"]]).max()
    keys = asked.index.to_frame(index=False)
    given = facts.given[keys["train"].to_numpy(int)]
    named = [column.name for column in columns("log_removals")]
    figures = dict(zip(named[3::2], asked.to_numpy().T, strict=True)) | dict(zip(named[4::2], given.T, strict=True))
    return pd.DataFrame(
        {
            "site": network.sites.take(keys["site"].to_numpy(int)),
            "train": network.trains.take(keys["train"].to_numpy(int)),
            "stage": scenario.horizon.stages.take(keys["stage"].to_numpy(int)),
            **{name: figures[name] for name in named[3:]},
        }
    )
