"""Protection of catchments as arrays."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.money import Money
from planner.scenario.resolved.network import Network


@dataclass(frozen=True)
class Catchments:
    """E effects, each of an option on a source; N costs, each of an option to an account; S seasons.

    Q cleanings, each of an option on a parameter of a source.
    """

    effect_option: Integers
    effect_source: Integers
    effect_share: Floats  # (E, S) of the yield
    cleaning_option: Integers  # (Q,)
    cleaning_source: Integers
    cleaning_parameter: Integers
    cleaning_share: Floats  # of the raw value, kept out
    cost_option: Integers
    cost_account: Integers
    cost_usd_per_year: Floats

    def yields_m3_per_day(self, network: Network) -> Floats:
        """(n, S, H) the yields of protected sources with every set of their options standing, none and all among them."""
        found = [np.zeros((0, *network.source_yield_m3_per_day.shape[1:]))]
        for source in np.unique(self.effect_source):
            shares = self.effect_share[self.effect_source == source]
            for standing in product((0.0, 1.0), repeat=len(shares)):
                found.append(network.source_yield_m3_per_day[[source]] * (1 + np.array(standing) @ shares)[None, :, None])
        return np.concatenate(found)


def catchments_of(basin: Basin, money: Money) -> Catchments:
    """Read effects and opportunity costs; a season without a row has no effect."""
    tables = basin.tables
    effects, cleanings, costs = (tables[name] for name in ("protection_effects", "protection_quality", "opportunity_costs"))
    options, sources, seasons = (
        pd.Index(tables[table][key]) for table, key in (("options", "option"), ("sources", "source"), ("seasons", "season"))
    )
    option, source = positions(effects["option"], options), positions(effects["source"], sources)
    pairs, effect = np.unique(np.stack([option, source]), axis=1, return_inverse=True)
    share = np.zeros((pairs.shape[1], len(seasons)))
    share[effect, positions(effects["season"], seasons)] = numbers(effects, "yield_change_share")
    return Catchments(
        effect_option=pairs[0],
        effect_source=pairs[1],
        effect_share=share,
        cleaning_option=positions(cleanings["option"], options),
        cleaning_source=positions(cleanings["source"], sources),
        cleaning_parameter=positions(cleanings["parameter"], pd.Index(tables["parameters"]["parameter"])),
        cleaning_share=numbers(cleanings, "kept_out_share"),
        cost_option=positions(costs["option"], options),
        cost_account=money.account_positions(costs["administration"]),
        cost_usd_per_year=numbers(costs, "opportunity_cost_usd_per_year"),
    )
