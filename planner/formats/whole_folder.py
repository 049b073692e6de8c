"""A folder that is written whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_whole(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder beside the target and put it in the target's place; what was there is removed only then.

    Raises OSError where the disk refuses, and whatever `fill` raises; the target is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        draft.chmod(0o755)
        fill(draft)
        _swap(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _swap(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
        return
    aside = draft.with_name(f"{draft.name}.old")
    target.rename(aside)
    try:
        draft.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
