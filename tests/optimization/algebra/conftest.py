"""A small valley that the algebra's tests share."""

from typing import Any

import numpy as np
import pytest

from optimization.algebra import Model


@pytest.fixture
def valley() -> Model:
    """Two villages, three pipes, two seasons; the second village has one pipe, the third pipe leads nowhere."""
    m = Model("valley")
    m.index_set("village", ["Lumphat", "Veun Sai"], title="Villages")
    m.index_set("season", ["dry", "wet"])
    m.index_set("pipe", 3, labels={"village": np.array([0, 1, -1])})
    m.variable("flow", m.pipe, m.season, upper=4.0, unit="m³/day", title="Flow in a pipe")
    m.variable("laid", m.pipe, within="binary", title="Pipe is laid")
    m.variable("missing", m.village, m.season, unit="m³/day")
    m.data("loss", [0.1, 0.2, 0.3], unit="share", title="Lost on the way")
    m.data("need", [[3.0, 2.0], [1.0, 0.5]], unit="m³/day")
    m.data("price_usd", [100.0, 200.0, 50.0], unit="USD")
    m.neighbours("pipes_into", m.village, m.pipe, owner=[0, 1, -1])

    @m.law(m.village, m.season, title="Safe water balance", unit="m³/day", place="village")
    def safe_water(m: Any, v: Any, d: Any) -> Any:
        """What arrives and what is missing add up to the need."""
        return sum((1 - m.loss[p]) * m.flow[p, d] for p in m.pipes_into[v]) + m.missing[v, d] == m.need[v, d]

    @m.law(m.pipe, m.season, where=np.array([[True, True], [True, False], [False, False]]))
    def only_laid_pipes_carry(m: Any, p: Any, d: Any) -> Any:
        return m.flow[p, d] <= 4 * m.laid[p]

    @m.law()
    def budget(m: Any) -> Any:
        return sum(m.price_usd[p] * m.laid[p] for p in m.pipe) <= 150

    @m.term("cost", m.pipe, title="Capital", unit="USD")
    def capital(m: Any, p: Any) -> Any:
        return m.price_usd[p] * m.laid[p]

    @m.term("shortage", m.village, m.season)
    def unserved(m: Any, v: Any, d: Any) -> Any:
        return m.missing[v, d]

    return m
