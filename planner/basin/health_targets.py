"""How much of the pathogens has to go, by kind of source."""

from typing import Annotated, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field

from planner.basin.field import Row, field

PATHOGENS = ("bacteria", "viruses", "protozoa")
LogRemoval = Annotated[float, Field(ge=0, le=12)]


class LogRemovalTarget(Row):
    """The least removal of pathogens that every source of a kind asks for. A source may ask for more on its own row."""

    table: ClassVar[str] = "log_removal_targets"
    key: ClassVar[tuple[str, ...]] = ("kind",)
    optional_table: ClassVar[bool] = True

    kind: Literal["river_intake", "spring", "borehole", "reservoir", "rainwater", "hauled"] = field(
        "Kind of source", example="river_intake"
    )
    log_removal_bacteria: LogRemoval = field("Bacteria to remove", unit="log10", example=4.0)
    log_removal_viruses: LogRemoval = field("Viruses to remove", unit="log10", example=4.0)
    log_removal_protozoa: LogRemoval = field("Protozoa to remove", unit="log10", example=3.0)
    barriers: Annotated[int, Field(ge=0, le=5)] = field(
        "Barriers", unit="steps", help="At least two for surface water.", example=2
    )


def asked_of(sources: pd.DataFrame, targets: pd.DataFrame) -> npt.NDArray[np.float64]:
    """(source, 4) log removal of each pathogen, and barriers: the target of the source's kind, or its own where it is more."""
    own = sources[[*(f"required_log_removal_{name}" for name in PATHOGENS), "required_barriers"]].to_numpy(float)
    columns = [*(f"log_removal_{name}" for name in PATHOGENS), "barriers"]
    of_kind = targets.set_index("kind")[columns].astype(float).reindex(sources["kind"].astype(object)).fillna(0.0)
    return np.asarray(np.maximum(own, of_kind.to_numpy(float)))
