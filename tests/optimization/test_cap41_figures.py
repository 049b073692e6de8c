"""The figures of cap41 were copied rightly: the problem itself, without any basin, has its published optimum."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, kron
from scipy.sparse import eye_array as identity

from planner.checks import check
from tests.optimization.cap41_basin import KNOWN_OPTIMUM, cap41_basin, customers, serving_cost, warehouses


def test_published_optimum_is_reached_by_the_problem_itself():
    cost, demand = serving_cost(), customers()["demand"].to_numpy(dtype=float)
    opening, capacity = warehouses()["fixed_cost"].to_numpy(), warehouses()["capacity"].to_numpy(dtype=float)
    buyers, stores = cost.shape
    everyone_served = hstack([kron(identity(buyers), np.ones((1, stores))), csr_array((buyers, stores))])
    within_capacity = hstack([kron(demand[None], identity(stores)), -csr_array(np.diag(capacity))])
    served_only_if_open = hstack([identity(buyers * stores), -kron(np.ones((buyers, 1)), identity(stores))])
    answer = milp(
        np.concatenate([cost.ravel(), opening]),
        integrality=np.repeat([0, 1], [buyers * stores, stores]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(csr_array(everyone_served), 1, 1),
            LinearConstraint(csr_array(within_capacity), -np.inf, 0),
            LinearConstraint(csr_array(served_only_if_open), -np.inf, 0),
        ],
        options={"mip_rel_gap": 1e-9},
    )
    assert answer.fun == pytest.approx(KNOWN_OPTIMUM, rel=1e-9)


def test_the_problem_said_as_a_basin_is_a_sound_basin():
    findings = [f for f in check(cap41_basin()) if f.severity == "error"]
    assert findings == []
