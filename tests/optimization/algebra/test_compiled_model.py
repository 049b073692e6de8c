"""What a compiled model says about itself, how it changes in place and how it grows."""

import highspy
import numpy as np
import pyomo.environ as pyo
import pytest
from scipy import sparse

from optimization.algebra import CompiledModel, Model, ModelError
from optimization.algebra.handover import pass_to_highs


def solved(compiled: CompiledModel, weights: dict[str, float], relax: bool = False) -> tuple[float, np.ndarray]:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    vector, constant = compiled.objective_vector(weights)
    pass_to_highs(compiled, highs, vector, relax=relax, constant=constant)
    highs.run()
    return highs.getInfo().objective_function_value, np.array(highs.getSolution().col_value)


SHORTAGE_FIRST = {"shortage": 1000.0, "cost": 1.0}


def test_the_larger_village_gets_the_only_pipe_the_budget_allows(valley: Model) -> None:
    compiled = valley.compile()
    _, plan = solved(compiled, SHORTAGE_FIRST)
    assert compiled.values(plan, "laid").tolist() == [1, 0, 0]
    # The second village's wet-season row is not selected, so its flow needs no pipe there.
    assert compiled.values(plan, "missing") == pytest.approx(np.array([[0, 0], [1, 0]]))


def test_a_relaxation_lays_half_a_pipe(valley: Model) -> None:
    whole, _ = solved(valley.compile(), SHORTAGE_FIRST)
    relaxed, _ = solved(valley.compile(), SHORTAGE_FIRST, relax=True)
    assert relaxed < whole


def test_a_larger_budget_serves_both_without_building_again(valley: Model) -> None:
    compiled = valley.compile()
    compiled.set_row_bounds("budget", upper=300)
    _, plan = solved(compiled, SHORTAGE_FIRST)
    assert compiled.values(plan, "missing").sum() == pytest.approx(0)
    assert [(change.kind, change.name) for change in compiled.changes] == [("row bounds", "budget")]
    assert compiled.version == 1


def test_a_pipe_that_may_not_be_laid_is_closed_by_its_bound(valley: Model) -> None:
    compiled = valley.compile()
    compiled.set_column_bounds("laid", upper=[0, 1, 1])
    _, plan = solved(compiled, SHORTAGE_FIRST)
    assert compiled.values(plan, "laid")[0] == 0


def test_row_bounds_in_the_shape_of_the_sets_reach_the_chosen_rows(valley: Model) -> None:
    compiled = valley.compile()
    compiled.set_row_bounds("only_laid_pipes_carry", upper=[[1, 2], [3, 4], [5, 6]])
    rows = compiled.families["only_laid_pipes_carry"].rows
    assert compiled.row_upper[rows].tolist() == [1, 2, 3]


def test_prices_change_by_term(valley: Model) -> None:
    compiled = valley.compile()
    prices = np.zeros(compiled.column_count)
    prices[compiled.variables["laid"].columns] = [7, 8, 9]
    compiled.set_objective_term("cost", "capital", prices)
    vector, _ = compiled.objective_vector({"cost": 2.0})
    assert vector[compiled.variables["laid"].columns].tolist() == [14, 16, 18]
    with pytest.raises(ModelError, match="capital"):
        compiled.set_objective_term("cost", "capital", [1.0])


def test_a_tanker_added_later_serves_the_village_that_has_no_pipe(valley: Model) -> None:
    compiled = valley.compile()
    before = compiled.matrix.toarray()
    rows = compiled.families["safe_water"].rows
    places = rows[1]
    block = sparse.csc_array((np.ones(2), (places, [0, 1])), shape=(compiled.row_count, 2))
    new = compiled.add_columns(
        "flow", 2, block, upper=2.0, objective={("cost", "capital"): [30.0, 40.0]}, labels={"village": [1, 1]}
    )
    assert new.tolist() == [before.shape[1], before.shape[1] + 1]
    assert (compiled.matrix.toarray()[:, : before.shape[1]] == before).all()
    value, plan = solved(compiled, SHORTAGE_FIRST)
    assert compiled.values(plan, "missing").sum() == pytest.approx(0)
    assert compiled.grown_values(plan, "flow")[0] == pytest.approx(1)
    assert value == pytest.approx(100 + 30)
    assert compiled.column_label("village")[new].tolist() == [1, 1]
    assert compiled.column_name(int(new[1])) == "flow[+1]"
    assert compiled.variables["flow"].all_columns[-2:].tolist() == new.tolist()
    assert compiled.changes[-1].kind == "columns"


def test_every_row_and_column_knows_its_village(valley: Model) -> None:
    compiled = valley.compile()
    assert compiled.label_kinds == ["pipe", "season", "village"]
    columns = compiled.column_label("village")
    assert columns[compiled.variables["flow"].columns].tolist() == [[0, 0], [1, 1], [-1, -1]]
    assert columns[compiled.variables["missing"].columns].tolist() == [[0, 0], [1, 1]]
    rows = compiled.row_label("village")
    assert rows[compiled.families["only_laid_pipes_carry"].rows].tolist() == [0, 0, 1]
    assert rows[compiled.families["budget"].rows] == -1
    assert compiled.row_label("season")[compiled.families["only_laid_pipes_carry"].rows].tolist() == [0, 1, 0]


def test_a_place_that_is_stated_comes_before_what_the_sets_say() -> None:
    m = Model("places")
    m.index_set("village", 2)
    m.index_set("stage", 2)
    m.variable("pumped", m.village, m.stage, place={"site": [[5], [6]], "village": "stage"})
    compiled = m.compile()
    assert compiled.column_label("site").tolist() == [5, 5, 6, 6]
    assert compiled.column_label("village").tolist() == [0, 1, 0, 1]


def test_names_read_as_places(valley: Model) -> None:
    compiled = valley.compile()
    assert compiled.row_name(1) == "safe_water[Lumphat,wet]"
    assert compiled.row_name(int(compiled.families["only_laid_pipes_carry"].rows[2])) == "only_laid_pipes_carry[1,dry]"
    assert compiled.column_name(3) == "flow[1,wet]"
    with pytest.raises(ModelError, match="no row"):
        compiled.row_name(10_000)


def test_what_does_not_exist_is_named(valley: Model) -> None:
    compiled = valley.compile()
    for call in (
        lambda: compiled.set_row_bounds("rainfall", lower=0),
        lambda: compiled.set_column_bounds("rainfall", lower=0),
        lambda: compiled.objective_vector({"rainfall": 1.0}),
        lambda: compiled.set_objective_term("cost", "rainfall", np.zeros(compiled.column_count)),
        lambda: compiled.add_columns("rainfall", 1, np.zeros((compiled.row_count, 1))),
    ):
        with pytest.raises(ModelError, match="rainfall"):
            call()
    with pytest.raises(ModelError, match="shape"):
        compiled.set_row_bounds("budget", upper=[1, 2, 3])


def test_an_empty_set_leaves_no_rows_and_no_columns() -> None:
    m = Model("empty")
    m.index_set("village", 0)
    m.index_set("pipe", 2)
    m.variable("flow", m.pipe)
    m.variable("missing", m.village)
    m.neighbours("pipes_into", m.village, m.pipe, owner=[-1, -1])

    @m.law(m.village)
    def balance(m, v):  # type: ignore[no-untyped-def]
        return sum(m.flow[p] for p in m.pipes_into[v]) + m.missing[v] >= 1

    compiled = m.compile()
    assert compiled.matrix.shape == (0, 2)
    assert compiled.fallback == {}


def test_the_matrix_is_small_integers_and_clean(valley: Model) -> None:
    matrix = valley.compile().matrix
    assert matrix.indices.dtype == np.int32
    assert matrix.indptr.dtype == np.int32
    assert (matrix.data != 0).all()


def test_pyomo_s_own_way_to_a_solver_finds_the_same_plan(valley: Model) -> None:
    value, _ = solved(valley.compile(), SHORTAGE_FIRST)
    plain = valley.to_pyomo(SHORTAGE_FIRST)
    pyo.SolverFactory("appsi_highs").solve(plain)
    assert pyo.value(plain.total_objective) == pytest.approx(value)
    assert [pyo.value(plain.laid[p]) for p in plain.pipe] == pytest.approx([1, 0, 0])
    assert pyo.value(plain.cost_capital) == pytest.approx(100)
