"""The command line as a process of its own: exit codes, streams, signals."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

COMMAND = [sys.executable, "-m", "api.cli"]
ENVIRONMENT = {**os.environ, "COLUMNS": "100"}


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True, text=True, timeout=120, env=ENVIRONMENT | environment, check=False,
    )  # fmt: skip
    assert "Traceback" not in result.stderr + result.stdout
    return result


def test_the_exit_codes_reach_the_shell(tmp_path: Path) -> None:
    assert run("check", "tutorial").returncode == 0
    assert run("check", tmp_path / "nowhere").returncode == 2


def test_an_ascii_terminal_gets_words_too() -> None:
    result = run("cases", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "tutorial" in result.stdout


def test_a_reader_that_goes_away_is_no_disaster() -> None:
    with subprocess.Popen([*COMMAND, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_json_is_alone_on_standard_output_and_progress_on_standard_error(tmp_path: Path) -> None:
    result = run("plan", "tutorial", "-s", "least_cost", "-o", tmp_path / "plan", "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["passed"] is True
    assert "Reading tutorial" in result.stderr


def test_the_demo_plans_through_a_service_compares_and_serves_until_ctrl_c(tmp_path: Path) -> None:
    arguments = ["demo", "--case", "tutorial", "-o", str(tmp_path / "demo"), "--time", "20", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=ENVIRONMENT | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Serving until"):
                break
        words = "".join(said)
        assert words.index("What they assume differently") < words.index("What comes of it")
        for place in ("Comparison", "API documentation"):
            address = next(line.split()[-1] for line in said if line.startswith(place))
            with urllib.request.urlopen(address, timeout=10) as page:
                assert b"<html" in page.read().lower()
        assert {path.name for path in (tmp_path / "demo").iterdir()} == {"service", "summary.html"}
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_ctrl_c_at_a_terminal_reaches_the_whole_group_and_the_best_plan_is_kept(tmp_path: Path) -> None:
    # No gap is asked for, so that the search still goes on when it is stopped.
    arguments = ["plan", "ratanakiri", "-s", "equity_first", "--gap", "0", "-o", str(tmp_path / "plan")]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
        start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr
        next(line for line in process.stderr if "persons" in line)
        os.killpg(process.pid, signal.SIGINT)
        process.stderr.read()
        assert process.wait(20) == 0
    kept = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert kept["status"] == "cancelled"
    assert kept["audit"]["passed"]
