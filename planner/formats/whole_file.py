"""A file that is written whole or not at all."""

from pathlib import Path


def write_whole_file(target: Path, data: bytes) -> None:
    """Write a file beside the target and put it in the target's place. Raises OSError where the disk refuses."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
