"""Every generated file of `rivershare_client`."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import Settings
from generators.operations import components_used, functions
from generators.schemas import models
from generators.synchronous import without_waiting

CLIENT = Path(__file__).parents[1] / "rivershare_client"
NOTE = "Written by `python -m generators`, not by hand."
MODELS = f'''"""What the service answers. {NOTE}"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from pydantic import Field

from rivershare_client.model import Model, Page

'''
OPERATIONS = f'''"""Every operation of the service, as the request to send. {NOTE}"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rivershare_client.calls import BYTES, LEFT_OUT, NOTHING, Call, LeftOut, headers, json_body, path, sent
from rivershare_client.model import Page
from rivershare_client.models import *  # noqa: F403

'''


def openapi() -> dict[str, Any]:
    """The OpenAPI document of the service."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(home=Path(folder)))
        document: dict[str, Any] = app.openapi()
        app.state.service.database.close()
    return document


def written() -> dict[Path, str]:
    """The text of every generated file."""
    document = openapi()
    used = components_used(document)
    texts = {
        CLIENT / "models.py": MODELS + models(document["components"]["schemas"], used),
        CLIENT / "operations.py": OPERATIONS.replace("*  # noqa: F403", f"({', '.join(_names(used))})") + functions(document),
    }
    for source in sorted((CLIENT / "asynchronous").glob("*.py")):
        texts[CLIENT / "synchronous" / source.name] = f"# {NOTE}\n" + without_waiting(source.read_text(encoding="utf-8"))
    return {path: _formatted(path, text) for path, text in texts.items()}


def _names(used: set[str]) -> list[str]:
    return sorted(name for name in used if not name.startswith("Page_"))


def _formatted(path: Path, text: str) -> str:
    name = str(path.relative_to(CLIENT.parent))
    fixes = (
        "check",
        "--fix",
        "--quiet",
        "--select",
        "F401,I,RUF036,RUF100,PIE804,UP028,C416",
        "--unsafe-fixes",
        "--stdin-filename",
        name,
    )
    for arguments in (fixes, ("format", "--stdin-filename", name)):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "-"], input=text, capture_output=True, text=True, cwd=CLIENT.parent
        )
        if run.returncode:
            raise RuntimeError(f"{name}: {run.stderr}{run.stdout}")
        text = run.stdout
    return text
