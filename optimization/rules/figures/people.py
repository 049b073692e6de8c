"""Who is served how, and what serving them takes."""

import numpy as np
import pandas as pd

from optimization.results.time import DAYS_PER_YEAR
from optimization.rules.forms import Floats, Forms, Integers, Maker, Quantity, cells
from planner.scenario.resolved.index import numbers, positions


def _place_of_modes(q: Forms) -> Integers:
    """Where each mode stands in its table: the model sorts them by rung, rules do not."""
    return positions(q.scenario.people.modes.to_series(), pd.Index(q.scenario.basin.tables["modes"]["mode"]))


def _persons(q: Forms) -> Quantity:
    service, people = q.scenario.service, q.scenario.people
    candidate, stage, group, mode = np.nonzero(service.persons)
    shape = (len(q.scenario.network.villages), len(people.groups), service.persons.shape[1], len(people.modes))
    where = cells(shape, service.village[candidate], group, stage, _place_of_modes(q)[mode])
    return q.form(shape, (where, q.column("chosen")[candidate, stage], service.persons[candidate, stage, group, mode]))


def _using(q: Forms) -> Quantity:
    """(V, T, M) persons who keep using treatment at home that a plan gives them."""
    service, people = q.scenario.service, q.scenario.people
    using = service.household.given(service.persons, people.existing[service.village][:, None]).sum(axis=2)
    by_mode = np.zeros((*using.shape[:2], len(people.modes)))
    by_mode[:, :, _place_of_modes(q)[service.household.mode]] = using
    return q.of_plans(len(q.scenario.network.villages), service.village, by_mode)


def _given(q: Forms) -> Quantity:
    home = q.scenario.service.household
    share = np.ones(len(q.scenario.people.modes))
    share[_place_of_modes(q)[home.mode]] = 1 / home.adherence
    return q.scaled(_using(q), share)


def _hours_of_modes(q: Forms) -> Floats:
    """(M,) hours a year that a person on each mode spends on fetching water."""
    people, modes = q.scenario.people, q.scenario.basin.tables["modes"]
    minutes = numbers(modes, "collection_minutes")[positions(people.modes.to_series(), pd.Index(modes["mode"]))]
    trips = people.litres_per_person_per_day / q.scenario.basin.settings.litres_per_collection_trip
    return np.asarray(minutes * trips * DAYS_PER_YEAR / 60)


def _hours(q: Forms) -> Quantity:
    people, service = q.scenario.people, q.scenario.service
    spent = service.persons @ _hours_of_modes(q)  # (N, T, G)
    candidate, stage, group = np.nonzero(spent)
    shape = (len(q.scenario.network.villages), len(people.groups), spent.shape[1])
    where = cells(shape, service.village[candidate], group, stage)
    return q.form(shape, (where, q.column("chosen")[candidate, stage], spent[candidate, stage, group]))


def _hours_saved(q: Forms) -> Quantity:
    people, spent = q.scenario.people, _hours(q)
    before = np.stack([people.baseline(stage) for stage in range(spent.shape[2])], axis=2)
    return q.difference(q.constant(before @ _hours_of_modes(q)), spent)


def _served(q: Forms) -> Quantity:
    """(I, T) 1 where the village of an institution follows a plan with safe piped water."""
    scenario = q.scenario
    villages = len(scenario.network.villages)
    safe = (scenario.service.demand_m3_per_day["safe"] > 0).astype(float)
    by_village = q.of_plans(villages, scenario.service.village, safe)
    home = positions(scenario.basin.tables["institutions"]["village"], scenario.network.villages)
    shape = (len(home), by_village.shape[1])
    row = (home[:, None] * shape[1] + np.arange(shape[1])).ravel()
    return Quantity(shape, by_village.matrix[row], by_village.constant[row])


def _institutions_get(q: Forms) -> Quantity:
    table = q.scenario.basin.tables["institutions"]
    need = numbers(table, "persons") * numbers(table, "litres_per_person_per_day") / 1000
    return q.scaled(_served(q), need[:, None])


def _operators_needed(q: Forms) -> Quantity:
    scenario, accounts = q.scenario, len(q.scenario.money.accounts)
    operators, units = scenario.operators, q.units()
    works = q.owned(q.scaled(q.count(), operators.needed_by_option[:, None]), scenario.works.account, accounts)
    assets = q.scaled(units, operators.needed_by_asset[None, :, None])
    flat = Quantity((units.shape[0] * units.shape[1], units.shape[2]), assets.matrix, assets.constant)
    return q.added(works, q.owned(flat, np.repeat(scenario.service.village_account, units.shape[1]), accounts))


def _operators_trained(q: Forms) -> Quantity:
    operators, columns = q.scenario.operators, q.column("serves")
    serves = q.form(columns.shape, (np.arange(columns.size).reshape(columns.shape), columns, operators.trained[:, None]))
    return q.owned(serves, operators.trained_for, len(q.scenario.money.accounts))


def _tanks_needed(q: Forms) -> Quantity:
    service = q.scenario.service
    return q.of_plans(len(q.scenario.network.villages), service.village, q.scenario.tanks.needed_m3)


MAKERS: dict[tuple[str, str], Maker] = {
    ("service", "persons"): _persons,
    ("household_treatment", "given_persons"): _given,
    ("household_treatment", "using_persons"): _using,
    ("household_treatment", "lapsed_persons"): lambda q: q.difference(_given(q), _using(q)),
    ("collection_time", "hours_per_year"): _hours,
    ("collection_time", "hours_saved_per_year"): _hours_saved,
    ("institutions", "served"): _served,
    ("institutions", "delivered_m3_per_day"): _institutions_get,
    ("operators", "needed_operators"): _operators_needed,
    ("operators", "trained_operators"): _operators_trained,
    ("tank_storage", "needed_m3"): _tanks_needed,
}
