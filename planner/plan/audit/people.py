"""Persons, how they get their water now, and what a service plan makes of it."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.plan.audit.horizon import Horizon
from planner.plan.audit.household_treatment import Household, rungs
from planner.plan.audit.names import AS_BEFORE, Codes, Names, Numbers, dense
from planner.scenario.policy import Policy


@dataclass(frozen=True)
class People:
    """Arrays over villages v, groups g, stages t, modes m."""

    persons: Numbers
    """(v, g, t): in the middle of each stage."""
    existing: Numbers
    """(v, g, m): persons that the base year's works of a mode hold; 0 for modes without assets."""
    before: Numbers
    """(v, g, t, m): persons by mode if nothing is built."""
    income: Numbers
    """(v, g): USD per person and year."""
    rung: Codes
    takes_assets: np.ndarray
    template: Numbers
    """(service plan, g, m): shares; nothing for `as_before`."""
    order: Codes
    """Modes from the highest rung down."""
    household: Household

    @classmethod
    def of(cls, basin: Basin, names: Names, horizon: Horizon, policy: Policy | None) -> "People":
        size = names.size
        modes, population = basin.tables["modes"], basin.tables["population"]
        at = (names.codes("villages", population["village"]), names.codes("groups", population["group"]))
        shape = (size("villages"), size("groups"))
        base = dense(shape, at, population["persons"])
        growth = dense(shape, at, population["growth_share_per_year"])
        middle = horizon.first_year + horizon.years / 2 - horizon.base_year
        persons = base[:, :, None] * (1.0 + growth[:, :, None]) ** middle
        share = _baseline_shares(basin, names)
        takes_assets = modes["mode"].isin(basin.tables["mode_assets"]["mode"]).to_numpy(bool)
        rung = rungs(basin, names, policy)
        existing = base[:, :, None] * share * takes_assets
        return cls(
            persons=persons,
            existing=existing,
            before=_before(persons, existing, share * ~takes_assets, rung, takes_assets),
            income=dense(shape, at, population["income_usd_per_person_per_year"]),
            rung=rung,
            takes_assets=takes_assets,
            template=_templates(basin, names),
            order=np.argsort(-rung, kind="stable").astype(np.intp),
            household=Household.of(basin, names),
        )

    def under(self, plan: Codes) -> Numbers:
        """Persons (v, g, t, m) if village v follows service plan `plan[v, t]`, topped up so that nobody falls."""
        wanted = np.moveaxis(self.template[plan], 1, 2)  # (v, t, g, m) → (v, g, t, m)
        total = self.persons[..., None]
        before = np.divide(self.before, total, out=np.zeros_like(self.before), where=total > 0)
        share = np.zeros_like(before)
        reached_plan, reached_before, reached = (np.zeros(self.persons.shape) for _ in range(3))
        for mode in self.order:
            reached_plan = reached_plan + wanted[..., mode]
            reached_before = reached_before + before[..., mode] * self.takes_assets[mode]
            # Of a plan's people and those who have as good already, the more numerous count.
            further = np.minimum(np.maximum(reached_plan, reached_before), 1.0)
            share[..., mode] = further - reached
            reached = further
        rest = np.maximum(0.0, 1.0 - reached)[..., None]
        share += rest * _in_proportion(before * ~self.takes_assets, self.rung, self.takes_assets)
        followed = np.where((plan == 0)[:, None, :, None], before, share)
        return self.household.with_lapses(np.asarray(followed * total, dtype=float), self.existing[:, :, None, :])


def reached(persons: Numbers, rung: Codes) -> Numbers:
    """Persons at rung 0 or above, 1 or above … 5 or above, on a new last axis in place of the modes."""
    return np.asarray(persons @ (rung[:, None] >= np.arange(6)[None, :]).astype(float), dtype=float)


def _baseline_shares(basin: Basin, names: Names) -> Numbers:
    table = basin.tables["baseline"]
    codes = tuple(names.codes(t, table[c]) for t, c in (("villages", "village"), ("groups", "group"), ("modes", "mode")))
    return dense((names.size("villages"), names.size("groups"), names.size("modes")), codes, table["share"])


def _in_proportion(informal: Numbers, rung: Codes, takes_assets: np.ndarray) -> Numbers:
    """Shares of each informal mode among them all; all on the lowest rung where there were none."""
    total = informal.sum(axis=-1, keepdims=True)
    lowest = np.zeros(len(rung))
    lowest[len(rung) - 1 - np.argmin(np.where(takes_assets, 99, rung)[::-1])] = 1.0
    return np.asarray(np.where(total > 1e-12, informal / np.maximum(total, 1e-12), lowest), dtype=float)


def _before(persons: Numbers, existing: Numbers, informal: Numbers, rung: Codes, takes_assets: np.ndarray) -> Numbers:
    """Nothing is built: works hold whom they held, fewer if people left; all others are on the informal modes."""
    works = existing.sum(axis=-1)[:, :, None]
    left = np.divide(persons, works, out=np.ones_like(persons), where=works > 0)
    held = existing[:, :, None, :] * np.minimum(1.0, left)[..., None]
    rest = np.maximum(0.0, persons - held.sum(axis=-1))
    left_over = rest[..., None] * _in_proportion(informal, rung, takes_assets)[:, :, None, :]
    return np.asarray(held + left_over, dtype=float)


def _templates(basin: Basin, names: Names) -> Numbers:
    table = basin.tables["service_plans"]
    table = table[table["service_plan"] != AS_BEFORE]
    plan, mode = names.codes("service_plans", table["service_plan"]), names.codes("modes", table["mode"])
    group = names.codes("groups", table["group"])
    groups = names.size("groups")
    everywhere = group < 0
    share = table["share"].to_numpy(float)
    shape = (names.size("service_plans"), groups, names.size("modes"))
    named = dense(shape, (plan[~everywhere], group[~everywhere], mode[~everywhere]), share[~everywhere])
    return named + dense((shape[0], shape[2]), (plan[everywhere], mode[everywhere]), share[everywhere])[:, None, :]
