"""The facts as they lie in facts/, typed; nothing is computed here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

FOLDER = Path(__file__).parent / "facts"


@dataclass(frozen=True)
class Elevation:
    """A grid of ground elevation; row 0 is the north, missing cells are −32768."""

    elevation_m: npt.NDArray[np.int16]
    west: float
    north: float
    cell_width: float
    cell_height: float


def table(name: str) -> pd.DataFrame:
    """One table of facts by its file's name without the ending."""
    return pd.read_csv(FOLDER / f"{name}.csv")


@cache
def assumptions() -> pd.Series:
    """The value of each assumption by its name."""
    return table("assumptions").set_index("assumption")["value"].astype(float)


def assume(name: str) -> float:
    """The value of one assumption. KeyError if it is not in the table."""
    return float(assumptions().loc[name])


def elevation() -> Elevation:
    """The elevation of the catchment of the Sesan and Srepok above their confluence, 15 arc-seconds."""
    with np.load(FOLDER / "elevation.npz") as stored:
        return Elevation(
            stored["elevation_m"],
            float(stored["west"]),
            float(stored["north"]),
            float(stored["cell_width"]),
            float(stored["cell_height"]),
        )
