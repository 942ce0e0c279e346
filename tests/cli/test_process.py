"""What only a process of its own shows: pipes, Ctrl-C, and what a command imports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SRS = [sys.executable, "-m", "srs"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "SRS_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}


def test_a_reader_that_leaves_early_is_no_fault(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*SRS, "config"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, error = process.communicate()
    assert (process.returncode, error) == (0, b"")


def test_ctrl_c_half_way_keeps_what_was_graded(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*SRS, "review", "--plain"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n3\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("2 of"):
            break
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in error
    doctor = subprocess.run(
        [*SRS, "doctor"], env=environment, capture_output=True, text=True, check=True
    )
    assert "1 review" in doctor.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_output_that_finds_no_room_is_one_sentence(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [*SRS, "due"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert process.returncode == 1
    assert process.stderr.startswith("srs: the disk is full")
    assert "Traceback" not in process.stderr


def test_a_place_that_cannot_hold_data_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    outcome = subprocess.run(
        [*SRS, "review", "--plain"],
        env={**os.environ, "SRS_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("srs: ")
    assert outcome.stderr.count("\n") == 1
