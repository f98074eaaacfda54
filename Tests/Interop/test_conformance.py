"""The standard WebSocket conformance cases, run by a suite of its own against ws-echo."""

import pathlib
import subprocess
import sys

import pytest

SUITE = pathlib.Path(sys.executable).parent / "kosoku"

# Of the compression cases, a thousand messages each, those of large messages take minutes; and in the installed
# version the first of every group fails by an error of the suite itself.
COMPRESSION = [f"{group}.{number}" for group in ("12.1", "12.2", "13.1", "13.4", "13.7") for number in (2, 3, 4, 6)]


def run(echo, folder, *selection):
    done = subprocess.run(
        [SUITE, f"ws://127.0.0.1:{echo.port}/echo", "-o", folder, *selection],
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_core(echo, tmp_path):
    run(echo, tmp_path, "-x", "12.*", "-x", "13.*")


@pytest.mark.parametrize("case", COMPRESSION)
def test_compression(echo, tmp_path, case):
    run(echo, tmp_path, "-i", case)
