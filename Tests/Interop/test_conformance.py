"""The standard WebSocket conformance cases, run by a suite of its own against ws-echo."""

import json
import pathlib
import subprocess
import sys

SUITE = pathlib.Path(sys.executable).parent / "kosoku"

# Of the compression cases, a thousand messages each, those of large messages take minutes; and in the installed
# version the first of every group fails by an error of the suite itself, which hashes text that it has not encoded.
COMPRESSION = [f"{group}.{number}" for group in ("12.1", "12.2", "13.1", "13.4", "13.7") for number in (2, 3, 4, 6)]


def run(echo, folder, *selection):
    """The cases by their number. What counts is the report: the suite's process may abort after it has written it."""
    done = subprocess.run(
        [SUITE, f"ws://127.0.0.1:{echo.port}/echo", "-o", folder, *selection],
        capture_output=True, text=True, timeout=1200,
    )  # fmt: skip
    report = folder / "index.json"
    assert report.exists(), done.stdout + done.stderr
    (cases,) = json.loads(report.read_text()).values()
    good = {"OK", "NON-STRICT", "INFORMATIONAL"}
    assert [name for name, case in cases.items() if not {case["behavior"], case["behaviorClose"]} <= good] == []
    return cases


def test_core(echo, tmp_path):
    assert len(run(echo, tmp_path, "-x", "12.*", "-x", "13.*")) == 301


def test_compression(echo, tmp_path):
    selection = [argument for case in COMPRESSION for argument in ("-i", case)]
    assert set(run(echo, tmp_path, *selection)) == set(COMPRESSION)
