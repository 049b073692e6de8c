"""The examples with curl do what they say, one after the other, against a real service."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.served import Served
from datasets.cases import find
from planner.basin import Basin
from planner.formats.archive import write_archive
from tests.rivershare_client.conftest import served_service as served_service

HOUSE = Path(__file__).parents[2]
BLOCK = re.compile(r"^```bash\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
PAGES = sorted(page for page in (HOUSE / "docs").rglob("*.md") if "curl " in page.read_text(encoding="utf-8"))
# What the pages take of jq, for machines without it.
JQ = f"""#!{sys.executable}
import json, re, sys
content = json.load(sys.stdin)
for part in re.findall(r"\\w+|\\[\\d+\\]", sys.argv[-1]):
    content = content[int(part[1:-1])] if part[0] == "[" else content[part]
print(content if isinstance(content, str) else json.dumps(content))
"""
STRICT = 'set -euo pipefail\ncurl() { command curl --fail-with-body --max-time 60 "$@"; }\n'

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="session")
def places(served_service: Served) -> dict[str, str]:
    """The basin, scenario and two plans that pages about plans begin with."""
    basin = next(b for b in served_service.ask("GET", "/v1/basins")["items"] if b["name"] == "tutorial")["id"]
    scenarios = served_service.ask("GET", f"/v1/basins/{basin}/scenarios")["items"]
    limits = {"limits": {"time_seconds": 30}}
    runs = [served_service.ask("POST", f"/v1/scenarios/{scenario['id']}/runs", limits) for scenario in scenarios]
    plans = [served_service.wait(run["id"])["plan_id"] for run in runs]
    return {"BASIN": basin, "SCENARIO": scenarios[0]["id"], "PLAN": plans[0], "OTHER": plans[1]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_curl_on_a_page_is_answered_well(page: Path, served_service: Served, places: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "basin.zip").write_bytes(write_archive(Basin.read(find("tutorial"))))
    (tmp_path / "scenario.yaml").write_text("name: from_yaml\npolicy: {objectives: [{objective: cost}]}\n", encoding="utf-8")
    (tmp_path / "jq").write_text(JQ, encoding="utf-8")
    (tmp_path / "jq").chmod(0o755)
    script = STRICT + "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))
    environment = {
        **os.environ, **places, "PATH": f"{tmp_path}:{os.environ['PATH']}", "KEY": served_service.key,
        "SERVER": served_service.address,
    }  # fmt: skip
    run = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, f"{run.stdout[-1500:]}\n{run.stderr[-500:]}"
