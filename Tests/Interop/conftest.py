"""The server, spoken to by programs that its authors did not write."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: Seconds until a test gives up. Nothing waits this long unless it is broken.
PATIENCE = 600


class Running:
    """A server process and its port."""

    def __init__(self, *command, stderr=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=ROOT
        )
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if found := re.search(r"(?:on port |//[^/]*:)(\d+)", line):
                self.port = int(found.group(1))
                return
        raise RuntimeError("the server did not start")

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    (folder / "index.html").write_text("<!doctype html><title>interop</title><script src=page.js></script>")
    (folder / "page.js").write_text("document.title = 'run';\n" * 100)
    (folder / "text.txt").write_text("0123456789")
    (folder / "large.bin").write_bytes(bytes(range(256)) * 40_000)
    return folder


@pytest.fixture(scope="session")
def server(folder):
    running = Running(ROOT / ".build/release/server-bench", 0, folder)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Two certificates, one after the other under the same name, as a renewal does it."""
    folder = tmp_path_factory.mktemp("tls")
    make_certificate(folder, "first")
    return folder


def make_certificate(folder, name):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-subj", f"/CN={name}",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def secure(folder, certificate):
    running = Running(
        ROOT / ".build/release/server-bench", 0, folder, certificate / "cert.pem", certificate / "key.pem"
    )
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def echo():
    running = Running(ROOT / ".build/release/ws-echo", "--port", 0)
    yield running
    assert running.stop() == 0
