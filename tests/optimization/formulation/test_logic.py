"""What needs what: by sums of options that exclude each other, and mains no wider than their source gives."""

import itertools

import numpy as np
import pytest

from optimization.aims import levels_of
from optimization.formulation import build
from optimization.formulation.logic import _needs_of_trains
from optimization.handed import problem_of, without_tightening
from optimization.solving.limits import Limits
from optimization.solving.session import solve, solve_relaxation
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, resolved

EXACT = Limits(time_seconds=30, relative_gap=0.0, absolute_gap=1e-9)


def test_a_basin_without_exclusive_groups_has_a_bundle_for_each_option():
    model = build(resolved({"table": "options", "set": {"exclusive_group": None}}))
    assert model.index_sets["link_from_source"].names == ("raw_main_dn110", "spring_pipe_dn63")


def test_two_sizes_of_which_one_is_laid_need_the_train_together():
    scenario = resolved()
    compiled = build(scenario).compile()
    family = compiled.families["pipe_needs_train"]
    options = scenario.works.options
    serves = compiled.variables["serves"].columns[:, 0]
    rows = compiled.matrix[family.start : family.start + family.count].toarray()[:, serves]
    riverside = rows[np.abs(rows[:, options.get_loc("riverside_pipe_dn63")]) > 0]
    asked = {option: riverside[0, options.get_loc(option)] for option in options}
    assert len(riverside) == 1
    assert asked["riverside_pipe_dn63"] == asked["riverside_pipe_dn110"] == -asked["works_slow_sand"] == -asked["works_membrane"]


@pytest.mark.parametrize("seed", range(20))
def test_needs_of_trains_hold_for_the_same_choices_as_each_trains_own(seed):
    draw = np.random.default_rng(seed)
    site = np.sort(draw.integers(0, 2, size=4))
    own = [set(draw.choice(3, size=draw.integers(0, 4), replace=False) + 3 * site[train]) for train in range(4)]
    pairs = np.array([(train, main) for train in range(4) for main in sorted(own[train])], dtype=np.int64).reshape(-1, 2)
    need, train, met, main = _needs_of_trains(pairs[:, 0], pairs[:, 1], site, np.zeros(2, bool))
    wanting = [set(train[need == number]) for number in range(need.max() + 1)]
    feeding = [set(main[met == number]) for number in range(need.max() + 1)]
    for built in itertools.product([None, *range(4)], repeat=2):
        chosen = {one for place, one in enumerate(built) if one is not None and site[one] == place}
        for mains in itertools.product((0, 1), repeat=6):
            laid = {number for number, stands in enumerate(mains) if stands}
            by_sums = all(len(chosen & wants) <= len(laid & feeds) for wants, feeds in zip(wanting, feeding, strict=True))
            assert by_sums == all(own[one] & laid for one in chosen)
    assert all(any(one in wants and feeds == own[one] for wants, feeds in zip(wanting, feeding, strict=True)) for one in range(4))


def test_that_a_main_carries_what_its_source_gives_changes_no_plan_and_lowers_no_bound():
    small = {"table": "source_yields", "where": {"source": "river_intake"}, "set": {"yield_m3_per_day": 60.0}}
    scenario = resolved(NO_FILTERS, RICH, small, floors=[RIVERSIDE_TAPS])
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    tight = problem_of(scenario, compiled, level, [], None)
    loose = without_tightening(compiled, tight)
    assert compiled.families["main_gives"].count > 0
    best = [solve(problem, EXACT, None, None).objective for problem in (tight, loose)]
    bounds = [solve_relaxation(problem, EXACT, None).objective for problem in (tight, loose)]
    assert best[0] == pytest.approx(best[1])
    assert bounds[1] <= bounds[0] * (1 + 1e-9) <= best[0] * (1 + 2e-9)
