"""The bundled cases. A case's name works wherever a folder does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Relief:
    """A shaded picture of the ground between these degrees, its rows of equal height on the Mercator map; what it is from."""

    picture: Path
    west: float
    south: float
    east: float
    north: float
    source: str


@dataclass(frozen=True)
class Case:
    """A bundled basin with its scenarios.

    `folder` is the basin's folder, `scenarios` the file of each scenario by its name, `licence` that of the data,
    `villages` their number, `relief` the picture of its ground where there is one.
    """

    name: str
    title: str
    description: str
    folder: Path
    scenarios: Mapping[str, Path]
    licence: str
    villages: int
    relief: "Relief | None"

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows of each table that the basin has a file of."""
        return {file.stem: _rows(file) for file in sorted(self.folder.glob("*.csv"))}


def cases() -> list[Case]:
    """All bundled cases by name."""
    return [_case(settings.parent) for settings in sorted(HERE.glob("*/basin/basin.yaml"))]


def find(name_or_folder: str | Path) -> Path:
    """The basin's folder of a bundled case, or the folder itself where no case has that name.

    A folder that holds `basin/basin.yaml` stands for that basin. Whether the folder is there is for its reader to say.
    """
    bundled = HERE / str(name_or_folder) / "basin"
    if _is_plain_name(name_or_folder) and (bundled / "basin.yaml").is_file():
        return bundled
    folder = Path(name_or_folder)
    inner = folder / "basin"
    return inner if (inner / "basin.yaml").is_file() and not (folder / "basin.yaml").is_file() else folder


def _is_plain_name(name_or_folder: str | Path) -> bool:
    return isinstance(name_or_folder, str) and Path(name_or_folder).name == name_or_folder


def _case(folder: Path) -> Case:
    settings = yaml.safe_load((folder / "basin.yaml").read_text(encoding="utf-8"))
    scenarios = {path.stem: path for path in sorted((folder.parent / "scenarios").glob("*.yaml"))}
    return Case(
        name=folder.parent.name,
        title=str(settings["title"]),
        description=str(settings.get("description", "")),
        folder=folder,
        scenarios=scenarios,
        licence=str(settings.get("licence", "")),
        villages=_rows(folder / "villages.csv"),
        relief=_relief(folder.parent / "derived" / "relief.png"),
    )


def _relief(picture: Path) -> Relief | None:
    return Relief(picture, **json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))) if picture.is_file() else None


def _rows(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip()) - 1
