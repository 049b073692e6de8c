"""Basins on disk as they are sent."""

import io
import zipfile
from pathlib import Path
from typing import Literal

MediaType = Literal[
    "application/json",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/geo+json",
]
KINDS: dict[str, MediaType] = {
    ".json": "application/json",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".geojson": "application/geo+json",
}


def sent_as(path: Path) -> tuple[bytes | Path, MediaType]:
    """The content to send and its kind; a folder is sent as an archive. Raises ValueError and OSError."""
    if path.is_dir():
        return _archive(path), "application/zip"
    if not path.exists():
        raise FileNotFoundError(f"There is no {path}.")
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise ValueError(f"{path} is no form of a basin: a folder, or a file that ends in {', '.join(KINDS)}.")
    return path, kind


def _archive(folder: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.suffix in (".csv", ".yaml"):
                archive.write(file, file.name)
    return held.getvalue()
