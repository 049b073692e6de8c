"""What a village may do in a stage: service plans with their persons, assets and water."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.household_treatment import HouseholdTreatments, household_treatments_of
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, positions
from planner.scenario.resolved.money import Money, account_and_category
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.people import People
from planner.scenario.resolved.village_floors import village_floors
from planner.scenario.resolved.works import payments_of

AS_BEFORE = "as_before"
_PERSON = 1e-9
_FALLEN = 1e-7
RUNGS = np.arange(1, 6)


@dataclass(frozen=True)
class Service:
    """N candidates (a village with a service plan), Q assets, T stages, G groups, rungs 1 to 5."""

    plan_names: pd.Index
    village: Integers  # (N,)
    plan: Integers  # (N,)
    allowed: Flags  # (N, T)
    fine_usd_per_year: Floats  # (N, T) price of whom the plan misses of the floors of its village
    persons: Floats  # (N, T, G, M) once some have given treatment at home up
    household: HouseholdTreatments
    demand_m3_per_day: dict[str, Floats]  # grade → (N, T), on the peak day of a mean season
    survival_share: dict[str, Floats]  # grade → (N, T): least share of the demand that is kept in stress
    units: Floats  # (N, Q, T)
    at_or_above: Floats  # (N, T, G, 5) persons
    tariff_cap_usd_per_year: Floats  # (N, T, G)
    assets: pd.Index
    asset_category: Integers
    asset_capex_usd: Floats
    asset_fixed_om_usd_per_year: Floats
    asset_payments: Floats
    asset_worth: Floats
    village_account: Integers

    @property
    def candidates_with(self) -> dict[str, Flags]:
        """grade → (N, T): candidates that draw on the network."""
        return {grade: demand > 0 for grade, demand in self.demand_m3_per_day.items()}


def _templates(basin: Basin, people: People) -> tuple[pd.Index, Floats]:
    """Names (K,) and shares (K, G, M) of the service plans; the first changes nothing."""
    rows = basin.tables["service_plans"]
    names = pd.Index([AS_BEFORE, *rows["service_plan"].unique()])
    everybody = rows["group"].isna()
    shares = np.repeat(
        dense(rows[everybody], "share", ("service_plan", names), ("mode", people.modes))[:, None],
        len(people.groups),
        axis=1,
    )
    own = rows[~everybody]
    shares += dense(own, "share", ("service_plan", names), ("group", people.groups), ("mode", people.modes))
    return names, shares


def _persons(people: People, shares: Floats, stage: int) -> Floats:
    """(V, K, G, M) persons by mode.

    A plan's shares say how many reach a mode or a better one. Where the baseline already has more there, the baseline
    stays, so nobody falls; whoever reaches no mode of the plan gets water as before, informally.
    """
    present = people.persons[:, :, stage]
    planned = np.cumsum(shares, axis=2)[None] * present[:, None, :, None]
    reached = np.maximum(planned, np.cumsum(people.baseline(stage) * ~people.informal, axis=2)[:, None])
    persons = np.diff(np.minimum(reached, present[:, None, :, None]), axis=3, prepend=0.0)
    left = np.maximum(present[:, None] - reached[..., -1], 0.0)
    return np.asarray(persons + left[..., None] * people.informal_share[:, None])


def _units(basin: Basin, people: People, assets: pd.Index, persons: Floats, stage: int) -> Floats:
    """(V, K, Q) units that plans take beyond what exists."""
    newly = np.maximum(persons - people.existing[:, None], 0.0).sum(axis=2)
    whole = people.persons[:, :, stage].sum(axis=1)
    counted = np.zeros((*newly.shape[:2], len(assets)))
    once = np.zeros_like(counted)
    rows = basin.tables["mode_assets"]
    mode_of, asset_of = positions(rows["mode"], people.modes), positions(rows["asset"], assets)
    for mode, asset, basis, per in zip(mode_of, asset_of, rows["basis"], rows["persons_per_unit"], strict=True):
        used = newly[..., mode]
        if basis == "persons_on_mode":
            counted[..., asset] += np.ceil(used / per - _PERSON)
        else:
            amount = 1.0 if basis == "village" else whole[:, None] / per
            once[..., asset] = np.maximum(once[..., asset], np.where(used > _PERSON, amount, 0.0))
    return np.maximum(counted, 0.0) + once


def _reachable(network: Network) -> dict[str, Flags]:
    """grade → villages that a link of that grade leads to."""
    return {
        grade: np.isin(
            np.arange(len(network.villages)),
            network.link_to_village[network.link_is_safe == (grade == "safe")],
        )
        for grade in ("raw", "safe")
    }


def _household_allows(home: HouseholdTreatments, newly: Floats, at_or_above: Floats) -> Flags:
    """(V, K, T): treatment at home only where it makes the water safe, and nobody falls below today by giving it up."""
    unsafe = (newly[..., home.mode].sum(axis=3) > _PERSON) & ~home.makes_safe[:, None, None]
    fallen = at_or_above[:, :1] - at_or_above > _FALLEN * np.maximum(at_or_above[:, :1], 1.0)
    return np.asarray(~unsafe.any(axis=3) & ~fallen.any(axis=(3, 4)))


def service_of(basin: Basin, policy: Policy, horizon: Horizon, network: Network, money: Money, people: People) -> Service:
    """All candidates of all villages, less those that no link can carry or that a floor of the village rules out."""
    names, shares = _templates(basin, people)
    asset = basin.tables["assets"]
    assets = pd.Index(asset["asset"])
    stages = range(len(horizon.stages))
    persons = np.stack([_persons(people, shares, stage) for stage in stages], axis=2)  # (V, K, T, G, M)
    units = np.stack([_units(basin, people, assets, persons[:, :, stage], stage) for stage in stages], axis=3)
    newly = np.maximum(persons - people.existing[:, None, None], 0.0)
    peak = basin.settings.peak_day_factor / (1 - basin.settings.distribution_loss_share) / 1000
    survival = basin.settings.survival_litres_per_person_per_day
    reach, demand, kept = _reachable(network), {}, {}
    usable = np.ones(persons.shape[:3], bool)
    for grade in ("raw", "safe"):
        on = np.asarray(people.grade == grade)
        litres = people.litres_per_person_per_day * on
        wanted = np.einsum("vktgm,m->vkt", newly, litres)
        least = np.einsum("vktgm,m->vkt", newly, np.minimum(litres, survival) * on)
        if grade == "safe":
            least = least + np.where(wanted > 0, people.institution_survival_litres_per_day[:, None, None], 0.0)
            wanted = wanted + np.where(wanted > 0, people.institution_litres_per_day[:, None, None], 0.0)
        usable &= (wanted <= 0) | reach[grade][:, None, None]
        demand[grade] = wanted * peak
        kept[grade] = np.divide(least, wanted, out=np.zeros_like(wanted), where=wanted > 0)
    # Whoever gets a treatment at home gets its units and draws its water; those who give it up fall back to the mode without.
    home = household_treatments_of(basin, people.modes)
    used = home.used(persons, people.existing[:, None, None])
    at_or_above = np.einsum("vktgm,mr->vktgr", used, (people.rung[:, None] >= RUNGS).astype(float))
    if len(home.mode):
        usable &= _household_allows(home, newly, at_or_above)
    unpiped = np.all([wanted <= 0 for wanted in demand.values()], axis=0)
    floors = village_floors(basin, policy, horizon, people, at_or_above, usable, unpiped)
    paying = np.einsum("vktgm,m->vktg", persons, people.pays_tariff.astype(float))
    cap = basin.settings.affordability_share * paying * people.income_usd_per_person_per_year[:, None, None]
    village, plan = np.nonzero(floors.allowed.any(axis=2))
    village_table = basin.tables["villages"]
    life = asset["life_years"].to_numpy(np.int64)
    paid, worth = payments_of(horizon, life, np.zeros_like(life))
    _, category = account_and_category(money, asset.assign(administration=village_table["administration"].iloc[0]))
    return Service(
        plan_names=names,
        village=village,
        plan=plan,
        allowed=floors.allowed[village, plan],
        fine_usd_per_year=floors.fine_usd_per_year[village, plan],
        persons=used[village, plan],
        household=home,
        demand_m3_per_day={grade: demand[grade][village, plan] for grade in demand},
        survival_share={grade: kept[grade][village, plan] for grade in kept},
        units=units[village, plan],
        at_or_above=at_or_above[village, plan],
        tariff_cap_usd_per_year=cap[village, plan],
        assets=assets,
        asset_category=category,
        asset_capex_usd=asset["capex_usd"].to_numpy(float),
        asset_fixed_om_usd_per_year=asset["fixed_om_usd_per_year"].to_numpy(float),
        asset_payments=paid,
        asset_worth=worth,
        village_account=money.account_positions(village_table["administration"]),
    )
