"""Whether the service keeps its own contract: generated requests against a running one, every check, stateful too."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.figures import show
from benchmarks.served import Served, served

GOAL_CASES = 5000
CONFIGURATION = Path(__file__).parents[1] / "schemathesis.toml"
# Requests that would end the key with which the others are sent, or take as long as a solve.
LEFT_OUT = ("DELETE /v1/api-keys/{key_id}", "DELETE /v1/session", "DELETE /v1/users/{user_id}")


def measure(cases_per_operation: int, seed: int) -> list[dict[str, Any]]:
    """Cases sent, and failures by check; each failure in the text that goes to standard error."""
    with (
        served(1, RIVERSHARE_REQUESTS_PER_SECOND="100000", RIVERSHARE_LOGINS_PER_MINUTE="100000") as service,
        tempfile.TemporaryDirectory() as folder,
    ):
        report = Path(folder) / "report.ndjson"
        done = subprocess.run(_command(service, report, cases_per_operation, seed), stdout=subprocess.PIPE, text=True)
        print(done.stdout, file=sys.stderr)
        cases, failures, statuses = _read(report)
    server_errors = sum(number for status, number in statuses.items() if status >= 500 and status not in (503,))
    return [
        {"figure": "cases", "value": cases, "unit": "requests", "goal": GOAL_CASES, "met": cases >= GOAL_CASES},
        {"figure": "answers 5xx", "value": server_errors, "unit": "requests", "goal": 0, "met": server_errors == 0},
        {"figure": "checks failed", "value": sum(failures.values()), "unit": "failures", "goal": 0, "met": not failures},
    ]


def _command(service: Served, report: Path, cases_per_operation: int, seed: int) -> list[str]:
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(CONFIGURATION),
        "run",
        f"{service.address}/v1/openapi.json",
    ]
    command += ["--header", f"Authorization: Bearer {service.key}", "--checks", "all", "--seed", str(seed)]
    command += ["--max-examples", str(cases_per_operation), "--continue-on-failure", "--request-timeout", "60"]
    command += ["--report", "ndjson", "--report-ndjson-path", str(report), "--suppress-health-check", "all", "--no-color"]
    for operation in LEFT_OUT:
        command += ["--exclude-name", operation]
    return command


def _read(report: Path) -> tuple[int, Counter[str], Counter[int]]:
    """Requests sent, failed checks by name, answers by status."""
    cases, failures, statuses = 0, Counter[str](), Counter[int]()
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line).get("ScenarioFinished")
            if event is None:
                continue
            recorder = event["recorder"]
            for interaction in recorder.get("interactions", {}).values():
                cases += 1
                if interaction.get("response"):
                    statuses[int(interaction["response"]["status_code"])] += 1
            for checks in recorder.get("checks", {}).values():
                failures.update(check["name"] for check in checks if check["status"] == "failure")
    return cases, failures, statuses


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60, help="most cases for each operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.cases, options.seed), as_json=options.json)
