"""Sources, sites, links and feeds as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.energy import energy_of
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, numbers, positions
from planner.scenario.resolved.outages import available_share
from planner.scenario.resolved.quality import Quality


@dataclass(frozen=True)
class Network:
    """J sources, K sites, L links, V villages; -1 stands for "not of this kind".

    A main leads from a source to a site; a pipe leads to a village, from a site, a village or a source.
    """

    sources: pd.Index
    sites: pd.Index
    trains: pd.Index
    links: pd.Index
    villages: pd.Index
    source_exists: Flags
    source_reach: Integers
    source_yield_m3_per_day: Floats  # (J, S, H), what is out of service subtracted
    licence_m3_per_year: Floats  # (J,), infinite where there is none
    train_recovery: Floats
    train_variable_om_usd_per_m3: Floats  # with its energy
    link_source: Integers
    link_site: Integers  # the site that a link leaves, -1 otherwise
    link_village: Integers  # the village that a link leaves
    link_to_site: Integers
    link_to_village: Integers
    link_loss: Floats
    link_existing_capacity_m3_per_day: Floats
    link_variable_om_usd_per_m3: Floats  # with the energy of pumping
    link_is_safe: Flags
    source_available_share: Floats  # (J, S, H)
    site_available_share: Floats  # (K, S, H)
    link_available_share: Floats  # (L, S, H)

    @property
    def mains(self) -> Integers:
        return np.flatnonzero(self.link_to_site >= 0)

    @property
    def pipes(self) -> Integers:
        return np.flatnonzero(self.link_to_village >= 0)


def network_of(basin: Basin, quality: Quality) -> Network:
    """Read the network of a basin."""
    tables = basin.tables
    source, link = tables["sources"], tables["links"]
    sources, sites, trains, villages, links = (
        pd.Index(tables[table][column])
        for table, column in (
            ("sources", "source"), ("treatment_sites", "site"), ("trains", "train"),
            ("villages", "village"), ("links", "link"),
        )
    )  # fmt: skip
    seasons, members = pd.Index(tables["seasons"]["season"]), pd.Index(tables["members"]["member"])
    yields = dense(tables["source_yields"], "yield_m3_per_day", ("source", sources), ("season", seasons), ("member", members))
    energy = energy_of(basin)
    in_service = available_share(basin, sources)
    from_source = positions(link["from_node"], sources)
    safe = np.where(from_source >= 0, quality.safe_untreated[from_source] if len(sources) else False, True)
    return Network(
        sources=sources,
        sites=sites,
        trains=trains,
        links=links,
        villages=villages,
        source_exists=source["existing"].to_numpy(bool),
        source_reach=positions(source["reach"], pd.Index(tables["reaches"]["reach"])),
        source_yield_m3_per_day=yields * in_service,
        licence_m3_per_year=numbers(source, "licence_m3_per_year", np.inf),
        train_recovery=numbers(tables["trains"], "recovery_share"),
        train_variable_om_usd_per_m3=numbers(tables["trains"], "variable_om_usd_per_m3") + energy.train_usd_per_m3,
        link_source=from_source,
        link_site=positions(link["from_node"], sites),
        link_village=positions(link["from_node"], villages),
        link_to_site=positions(link["to_node"], sites),
        link_to_village=positions(link["to_node"], villages),
        link_loss=numbers(link, "loss_share"),
        link_existing_capacity_m3_per_day=numbers(link, "existing_capacity_m3_per_day"),
        link_variable_om_usd_per_m3=numbers(link, "variable_om_usd_per_m3") + energy.usd_per_m3,
        link_is_safe=safe & (positions(link["to_node"], villages) >= 0),
        source_available_share=in_service,
        site_available_share=available_share(basin, sites),
        link_available_share=available_share(basin, links),
    )
