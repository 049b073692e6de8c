"""Links: where they lead, whether they can carry anything, whom they reach."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order

from planner.basin.basin import Basin
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import at_rows

ALLOWED_WAYS = "source to site, source to village, site to village, village to village"


def links_lead_somewhere(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["links"]
    loop = frame["from_node"] == frame["to_node"]
    yield from at_rows(
        "link.loop", "links", frame, loop, lambda p: f"{frame['link'].iloc[p]} leads back to where it begins.",
        column="to_node", allowed="another node",
    )  # fmt: skip
    into_site = among(frame["to_node"], basin.tables["treatment_sites"]["site"])
    wrong = ~loop & into_site & ~among(frame["from_node"], basin.tables["sources"]["source"])
    yield from at_rows(
        "link.direction", "links", frame, wrong,
        lambda p: f"{frame['link'].iloc[p]} leads from {frame['from_node'].iloc[p]} into the treatment site "
        f"{frame['to_node'].iloc[p]}; only sources feed a site.",
        column="from_node", values=frame["from_node"], allowed=ALLOWED_WAYS,
    )  # fmt: skip


def links_can_carry(basin: Basin) -> Iterator[Finding]:
    frame, options = basin.tables["links"], basin.tables["options"]
    built = options.loc[options["kind"] == "conveyance", "place"]
    never = (frame["existing_capacity_m3_per_day"] == 0) & ~among(frame["link"], built)
    yield from at_rows(
        "link.no_capacity", "links", frame, never,
        lambda p: f"{frame['link'].iloc[p]} carries nothing and no option builds it.",
        column="existing_capacity_m3_per_day", allowed="above 0, or an option of kind conveyance",
    )  # fmt: skip


def water_runs_downhill(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["links"]
    yield from at_rows(
        "link.uphill", "links", frame, (frame["kind"] == "gravity") & (frame["lift_m"] > 0),
        lambda p: f"{frame['link'].iloc[p]} runs by gravity and lifts water.", column="lift_m",
        allowed="at most 0 for gravity",
    )  # fmt: skip


def pumps_have_energy(basin: Basin) -> Iterator[Finding]:
    frame = basin.tables["links"]
    named, lifts = frame["energy"].notna(), frame["pumping_head_m"] > 0
    yield from at_rows(
        "link.energy_without_head", "links", frame, named & ~lifts,
        lambda p: f"{frame['link'].iloc[p]} runs on {frame['energy'].iloc[p]} and lifts nothing.", column="pumping_head_m",
        allowed="above 0 m where energy is named",
    )  # fmt: skip
    yield from at_rows(
        "link.head_without_energy", "links", frame, lifts & ~named,
        lambda p: f"{frame['link'].iloc[p]} has a head and no energy.", column="energy", allowed="a name from energy_kinds.csv",
    )  # fmt: skip


def the_sun_has_something_to_pump(basin: Basin) -> Iterator[Finding]:
    links, options = basin.tables["links"], basin.tables["options"]
    buying = links.loc[links["energy"].notna() & (links["pumping_head_m"] > 0), "link"]
    idle = (options["kind"] == "solar_pumping") & among(options["place"], links["link"]) & ~among(options["place"], buying)
    yield from at_rows(
        "option.solar_saves_nothing", "options", options, idle,
        lambda p: f"{options['option'].iloc[p]} is on {options['place'].iloc[p]}, which buys no energy.", column="place",
        allowed="a link with energy and pumping_head_m",
    )  # fmt: skip


def villages_are_reached(basin: Basin) -> Iterator[Finding]:
    """Only where piped modes exist: a village that no path of links joins to a source can never have them."""
    villages = basin.tables["villages"]
    if (basin.tables["modes"]["grade"] == "none").all() or not len(villages):
        return
    reached = _reached(basin)
    yield from at_rows(
        "village.unreachable", "villages", villages, ~among(villages["village"], reached),
        lambda p: f"No path of links joins {villages['village'].iloc[p]} to a source.", column="village",
        allowed="a link from a source, a treatment site or a reached village",
    )  # fmt: skip


def _reached(basin: Basin) -> "pd.Series[str]":
    """Names of all nodes that a path of links joins to a source."""
    keys = (("sources", "source"), ("treatment_sites", "site"), ("villages", "village"))
    nodes = pd.concat([basin.tables[table][key] for table, key in keys], ignore_index=True)
    links = basin.tables["links"]
    begin, end = positions(links["from_node"], nodes), positions(links["to_node"], nodes)
    sources = np.arange(len(basin.tables["sources"]))
    root = len(nodes)
    rows = np.concatenate([begin, np.full(len(sources), root)])
    others = np.concatenate([end, sources])
    graph = sparse.csr_array((np.ones(len(rows)), (rows, others)), shape=(root + 1, root + 1))
    order = breadth_first_order(graph, root, return_predecessors=False)
    return nodes.iloc[order[order < root]]


def sites_are_in_use(basin: Basin) -> Iterator[Finding]:
    sites, links, options = basin.tables["treatment_sites"], basin.tables["links"], basin.tables["options"]
    names = sites["site"]
    with_train = among(names, options.loc[options["kind"] == "treatment", "place"])
    yield from at_rows(
        "site.no_train", "treatment_sites", sites, ~with_train,
        lambda p: f"No option puts a treatment train at {names.iloc[p]}.", column="site",
        allowed="an option of kind treatment",
    )  # fmt: skip
    no_way = ~among(names, links["to_node"]) | ~among(names, links["from_node"])
    yield from at_rows(
        "site.not_linked", "treatment_sites", sites, no_way,
        lambda p: f"{names.iloc[p]} lacks a main from a source or a link to a village.", column="site",
        allowed="a link into the site and a link out of it",
    )  # fmt: skip


CHECKS = (
    Check(links_lead_somewhere, ("links", "sources", "treatment_sites")),
    Check(links_can_carry, ("links", "options")),
    Check(water_runs_downhill, ("links",)),
    Check(pumps_have_energy, ("links",)),
    Check(the_sun_has_something_to_pump, ("links", "options")),
    Check(villages_are_reached, ("links", "sources", "treatment_sites", "villages", "modes")),
    Check(sites_are_in_use, ("treatment_sites", "links", "options")),
)
