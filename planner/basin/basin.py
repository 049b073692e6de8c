"""The basin: settings and tables, read once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from planner.basin.horizon import Settings


@dataclass(frozen=True)
class Basin:
    """A described system.

    `tables` holds one DataFrame a subject, with every column of its row (see `planner.basin.tables`): identifiers,
    text and choices as strings (blank is a missing value), numbers as float64, whole numbers as int64, booleans as
    bool. `original` keeps the bytes of each file that was read, so that an unchanged table is written back byte for
    byte.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    original: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "original", MappingProxyType(dict(self.original)))

    @property
    def name(self) -> str:
        return self.settings.name

    @classmethod
    def read(cls, place: str | Path) -> "Basin":
        """Read a folder of CSV and basin.yaml. Raises `planner.checks.BasinError` with all findings."""
        from planner.formats.folder import read_basin

        return read_basin(place)

    def write(self, folder: str | Path) -> None:
        """Write the basin as a folder of CSV and basin.yaml."""
        from planner.formats.folder import write_basin

        write_basin(self, folder)
