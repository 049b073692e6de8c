"""Sources and treatment: what they give, and what can make it safe."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin.basin import Basin
from planner.basin.health_targets import PATHOGENS, asked_of
from planner.checks.complete import cube, lacking
from planner.checks.family import Check
from planner.checks.finding import Finding
from planner.checks.names import among, positions
from planner.checks.report import at_rows, found, listed

TOLERANCE = 1e-9


def yields_are_complete(basin: Basin) -> Iterator[Finding]:
    yield from lacking(basin, "source_yields.incomplete", "source_yields", ("sources", "seasons", "members"),
                       "the yield is unknown.")  # fmt: skip


def sources_give_water(basin: Basin) -> Iterator[Finding]:
    sources = basin.tables["sources"]
    best = cube(basin, "source_yields", ("sources", "seasons", "members"), "yield_m3_per_day").max(axis=(1, 2), initial=0.0)
    yield from at_rows(
        "source.dry", "sources", sources, best == 0,
        lambda p: f"{sources['source'].iloc[p]} never gives water.", column="source",
    )  # fmt: skip


def sources_can_be_opened(basin: Basin) -> Iterator[Finding]:
    sources, options = basin.tables["sources"], basin.tables["options"]
    developed = options.loc[options["kind"] == "source_development", "place"]
    yield from at_rows(
        "source.never_developed", "sources", sources, ~sources["existing"] & ~among(sources["source"], developed),
        lambda p: f"{sources['source'].iloc[p]} does not exist and no option develops it.", column="existing",
        allowed="true, or an option of kind source_development",
    )  # fmt: skip
    unused = ~among(sources["source"], basin.tables["links"]["from_node"])
    yield from at_rows(
        "source.unused", "sources", sources, unused,
        lambda p: f"No link leaves {sources['source'].iloc[p]}.", column="source",
    )  # fmt: skip


def river_water_is_not_clean(basin: Basin) -> Iterator[Finding]:
    sources = basin.tables["sources"]
    river = sources["kind"] == "river_intake"
    asked = asked_of(sources, basin.tables["log_removal_targets"])
    untreated = river & (asked[:, :-1] == 0).all(axis=1)
    yield from at_rows(
        "source.river_untreated", "sources", sources, untreated,
        lambda p: f"{sources['source'].iloc[p]} takes river water and asks for no removal of pathogens.",
        column="required_log_removal_bacteria", allowed="what the health target asks for",
    )  # fmt: skip
    yield from at_rows(
        "source.one_barrier", "sources", sources, river & ~untreated & (asked[:, -1] < 2),
        lambda p: f"{sources['source'].iloc[p]} takes river water and asks for fewer than two barriers.",
        column="required_barriers", allowed="at least 2 for surface water",
    )  # fmt: skip


def surface_water_has_two_barriers(basin: Basin) -> Iterator[Finding]:
    targets = basin.tables["log_removal_targets"]
    surface = targets["kind"].isin(["river_intake", "reservoir"])
    yield from at_rows(
        "log_removal_target.one_barrier", "log_removal_targets", targets, surface & (targets["barriers"] < 2),
        lambda p: f"{targets['kind'].iloc[p]} is surface water, and fewer than two barriers are asked for.",
        column="barriers", allowed="at least 2 for surface water",
    )  # fmt: skip


def quality_is_known_all_year(basin: Basin) -> Iterator[Finding]:
    frame, seasons = basin.tables["source_quality"], basin.tables["seasons"]
    pair = ["source", "parameter"]
    count = frame.groupby(pair)["season"].transform("size")
    first = ~frame.duplicated(pair)
    yield from at_rows(
        "source_quality.incomplete", "source_quality", frame, first & (count < len(seasons)),
        lambda p: f"{frame['parameter'].iloc[p]} of {frame['source'].iloc[p]} is given for {count.iloc[p]} of "
        f"{len(seasons)} seasons; in the others it counts as 0.",
        column="season", allowed="a row for each season",
    )  # fmt: skip


@dataclass(frozen=True)
class Treatability:
    """What stands between a source and safe water.

    `pathogens`, `barriers` and `parameters` are True [source, train] where the train does enough of it.
    """

    pathogens: npt.NDArray[np.bool_]
    barriers: npt.NDArray[np.bool_]
    parameters: npt.NDArray[np.bool_]

    @property
    def safe(self) -> npt.NDArray[np.bool_]:
        return self.pathogens & self.barriers & self.parameters

    def lack(self, source: int, train: int) -> str:
        """What a train does not do for a source, in words."""
        named = (("pathogens", self.pathogens), ("barriers", self.barriers), ("guideline values", self.parameters))
        return listed(name for name, enough in named if not enough[source, train])


def treatability(basin: Basin) -> Treatability:
    """Which train makes which source safe (rows of `sources` × rows of `trains`)."""
    sources, trains = basin.tables["sources"], basin.tables["trains"]
    asked = asked_of(sources, basin.tables["log_removal_targets"])
    removed = trains[[f"log_removal_{p}" for p in PATHOGENS]].to_numpy()
    pathogens = (removed[None] >= asked[:, None, :-1] - TOLERANCE).all(axis=2)
    barriers = trains["barriers"].to_numpy()[None] >= asked[:, None, -1]
    worst = cube(basin, "source_quality", ("sources", "seasons", "parameters"), "value").max(axis=1, initial=0.0)
    share = cube(basin, "train_removals", ("trains", "parameters"), "removal_share")
    guideline = basin.tables["parameters"]["guideline_value"].to_numpy()
    parameters: npt.NDArray[np.bool_] = np.ones(pathogens.shape, dtype=bool)
    for parameter in range(len(guideline)):
        left = worst[:, None, parameter] * (1 - share[None, :, parameter])
        parameters &= left <= guideline[parameter] * (1 + TOLERANCE)
    return Treatability(np.asarray(pathogens), np.asarray(barriers), parameters)


def mixed(basin: Basin, able: Treatability, feeds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Pairs [site, source, train] that may be safe mixed though not alone: others of the site have room in some season.

    Only sources whose pathogens the train removes count, as one that dilutes too. `feeds`: [site, source].
    """
    raw = cube(basin, "source_quality", ("sources", "seasons", "parameters"), "value")
    left = 1 - cube(basin, "train_removals", ("trains", "parameters"), "removal_share")
    excess = raw[:, None] * left[None, :, None] / basin.tables["parameters"]["guideline_value"].to_numpy() - 1
    removed = able.pathogens & able.barriers
    possible = np.zeros((*feeds.shape, excess.shape[1]), dtype=bool)
    for site in np.flatnonzero(feeds.sum(axis=1) > 1):
        here = np.flatnonzero(feeds[site])
        above, able_to = excess[here] > TOLERANCE, removed[here]
        room = (able_to[..., None, None] & (excess[here] < -TOLERANCE)).any(axis=0)
        useful = (~above | room).all(axis=3).any(axis=2)
        possible[site, here] = able_to & above.any(axis=(2, 3)) & useful
    return possible


def trains_make_their_sources_safe(basin: Basin) -> Iterator[Finding]:
    """Every train makes a source of its site safe, and every main leads to a train that makes its source safe."""
    options, links = basin.tables["options"], basin.tables["links"]
    sources, trains = basin.tables["sources"]["source"], basin.tables["trains"]["train"]
    sites = basin.tables["treatment_sites"]["site"]
    able = treatability(basin)
    standing = options[(options["kind"] == "treatment") & options["train"].notna()]
    mains = links[among(links["from_node"], sources) & among(links["to_node"], sites)]
    stands = np.zeros((len(sites), len(trains)), dtype=bool)
    site_of = positions(standing["place"], sites)
    stands[site_of, positions(standing["train"], trains)] = True
    feeds = np.zeros((len(sites), len(sources)), dtype=bool)
    feeds[positions(mains["to_node"], sites), positions(mains["from_node"], sources)] = True
    mixable = mixed(basin, able, feeds)
    useful = ((feeds.astype(float) @ able.safe.astype(float)) > 0) | mixable.any(axis=1)
    idle = (site_of >= 0) & ~useful[site_of, positions(standing["train"], trains)]
    yield from at_rows(
        "treatment.makes_nothing_safe", "options", standing, idle,
        lambda p: f"{standing['train'].iloc[p]} makes no source safe that has a main to {standing['place'].iloc[p]}.",
        column="train", allowed="a train that does enough for a source with a main to the site",
    )  # fmt: skip
    treated = (stands.astype(float) @ able.safe.T.astype(float)) > 0
    main_site, main_source = positions(mains["to_node"], sites), positions(mains["from_node"], sources)
    only_mixed = ~treated & (mixable & stands[:, None]).any(axis=2)
    hopeless = ~(treated | only_mixed)[main_site, main_source] & stands[main_site].any(axis=1)
    yield from at_rows(
        "main.only_mixed", "links", mains, only_mixed[main_site, main_source],
        lambda p: f"{sources.iloc[main_source[p]]} keeps the guideline values at {sites.iloc[main_site[p]]} only mixed with "
        "water of another source.", column="to_node", allowed="a train that is enough alone, or a policy that allows mixing",
    )  # fmt: skip

    def why(position: int) -> str:
        site, source = main_site[position], main_source[position]
        lacks = (f"{trains.iloc[t]} lacks {able.lack(int(source), int(t))}" for t in np.flatnonzero(stands[site]))
        return f"No train at {sites.iloc[site]} makes {sources.iloc[source]} safe: {listed(lacks)}."

    yield from at_rows("main.never_safe", "links", mains, hopeless, why, column="to_node",
                       allowed="a site with a train that makes the source safe")  # fmt: skip


def supply_reaches_demand(basin: Basin) -> Iterator[Finding]:
    """Whether all sources together could give everyone the least piped mode, as the base year's people go."""
    modes, sources = basin.tables["modes"], basin.tables["sources"]
    piped = modes.loc[(modes["grade"] != "none") & (modes["litres_per_person_per_day"] > 0)]
    design = (basin.tables["members"]["kind"] == "design").to_numpy()
    if not len(piped) or not len(sources) or not design.any():
        return
    least = float(piped["litres_per_person_per_day"].min())
    settings = basin.settings
    persons = float(basin.tables["population"]["persons"].sum())
    mean = persons * least / 1000 * settings.peak_day_factor / (1 - settings.distribution_loss_share)
    factor = basin.tables["seasons"]["demand_factor"].to_numpy()
    given = cube(basin, "source_yields", ("sources", "seasons", "members"), "yield_m3_per_day").sum(axis=0)
    short = np.where(design[None], mean * factor[:, None] - given, -np.inf)
    season, member = np.unravel_index(int(short.argmax()), short.shape)
    if short[season, member] > 0:
        when = f"{basin.tables['seasons']['season'].iloc[season]}, {basin.tables['members']['member'].iloc[member]}"
        message = (
            f"All sources give {given[season, member]:.6g} m³/day in {when}; "
            f"everyone at {least:g} litres would take {mean * factor[season]:.6g} m³/day."
        )
        yield found("supply.below_demand", message, table="source_yields", column="yield_m3_per_day",
                    value=pd.NA if given.size == 0 else float(given[season, member]),
                    allowed=f"{mean * factor[season]:.6g} m³/day to serve everyone")  # fmt: skip


CHECKS = (
    Check(yields_are_complete, ("sources", "seasons", "members", "source_yields")),
    Check(sources_give_water, ("sources", "seasons", "members", "source_yields")),
    Check(sources_can_be_opened, ("sources", "options", "links")),
    Check(river_water_is_not_clean, ("sources", "log_removal_targets")),
    Check(surface_water_has_two_barriers, ("log_removal_targets",)),
    Check(quality_is_known_all_year, ("source_quality", "seasons")),
    Check(
        trains_make_their_sources_safe,
        ("sources", "log_removal_targets", "seasons", "parameters", "source_quality", "trains", "train_removals",
         "treatment_sites", "links", "options"),
    ),
    Check(
        supply_reaches_demand,
        ("basin", "modes", "sources", "members", "seasons", "source_yields", "population"),
    ),
)  # fmt: skip
