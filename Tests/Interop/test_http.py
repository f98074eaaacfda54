"""HTTP, as curl and Python's own client speak it."""

import gzip
import http.client
import re
import resource
import signal
import socket
import subprocess
import time

import pytest
from conftest import PATIENCE, ROOT, Running


def curl(*arguments):
    done = subprocess.run(["curl", "-sS", "--max-time", str(PATIENCE), *arguments], capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_gets_a_file(server, folder):
    assert curl(f"http://127.0.0.1:{server.port}/large.bin") == (folder / "large.bin").read_bytes()


def test_curl_asks_for_compression(server, folder):
    url = f"http://127.0.0.1:{server.port}/page.js"
    assert curl("--compressed", url) == (folder / "page.js").read_bytes()
    assert gzip.decompress(curl("-H", "Accept-Encoding: gzip", url)) == (folder / "page.js").read_bytes()


def test_curl_asks_for_ranges(server, folder):
    url = f"http://127.0.0.1:{server.port}/large.bin"
    content = (folder / "large.bin").read_bytes()
    assert curl("-r", "100-199", url) == content[100:200]
    assert curl("-r", "-5", url) == content[-5:]
    parts = curl("-r", "0-1,10-11", url)
    assert content[0:2] in parts and b"Content-Range: bytes 10-11/10240000" in parts


def test_curl_resumes_a_download(server, folder, tmp_path):
    half = tmp_path / "half.bin"
    half.write_bytes((folder / "large.bin").read_bytes()[:1_000_000])
    curl("-C", "-", "-o", str(half), f"http://127.0.0.1:{server.port}/large.bin")
    assert half.read_bytes() == (folder / "large.bin").read_bytes()


def test_curl_keeps_what_has_not_changed(server, tmp_path):
    url = f"http://127.0.0.1:{server.port}/text.txt"
    tag = tmp_path / "tag"
    curl("--etag-save", str(tag), "-o", str(tmp_path / "first"), url)
    code = curl("--etag-compare", str(tag), "-o", str(tmp_path / "second"), "-w", "%{http_code}", url)
    assert code == b"304"


def test_curl_sends_chunks_and_waits_for_100(server, folder):
    code = curl("-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue", "--data-binary", "hello",
                "-o", "/dev/null", "-w", "%{http_code}", f"http://127.0.0.1:{server.port}/text.txt")  # fmt: skip
    assert code == b"405"


def test_one_connection_serves_many_requests(server):
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    for _ in range(100):
        client.request("GET", "/text.txt")
        response = client.getresponse()
        assert (response.status, response.read()) == (200, b"0123456789")
    client.request("HEAD", "/large.bin")
    response = client.getresponse()
    assert (response.read(), response.headers["Content-Length"]) == (b"", "10240000")
    client.close()


def test_out_of_descriptors_it_waits_without_work_and_recovers(folder):
    running = Running(ROOT / ".build/release/server-bench", 0, folder)
    pid = running.process.pid
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    kept = http.client.HTTPConnection("127.0.0.1", running.port)
    kept.request("GET", "/text.txt")
    assert kept.getresponse().read() == b"0123456789"

    def processor_seconds():
        return float(re.search(rb"process_cpu_seconds_total ([0-9.e-]+)", metrics()).group(1))

    def metrics():
        kept.request("GET", "/metrics")
        return kept.getresponse().read()

    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, hard))
    waiting = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    waiting.request("GET", "/text.txt")
    before = processor_seconds()
    time.sleep(2)
    assert processor_seconds() - before < 0.5
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
    assert waiting.getresponse().status == 200
    assert running.stop() == 0


def test_metrics_are_what_prometheus_reads(server):
    address = f"http://127.0.0.1:{server.port}/metrics"
    assert b"Content-Type: text/plain; version=0.0.4; charset=utf-8" in curl("-I", address)
    lines = curl(address).decode().splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+', line) for line in samples), samples
    names = {re.match(r"[a-z_]+", line).group() for line in samples}
    assert all(f"# TYPE {name} " in "\n".join(lines) for name in names)
    values = dict(line.rsplit(" ", 1) for line in samples)
    assert 1e6 < float(values["process_resident_memory_bytes"]) < 1e10
    assert float(values["process_cpu_seconds_total"]) > 0


@pytest.mark.parametrize("quiet", [False, True])
def test_the_lab_logs_every_request_unless_told_not_to(tmp_path, quiet):
    with open(tmp_path / "log", "w+") as log:
        options = ["--quiet"] if quiet else []
        running = Running(ROOT / ".build/release/ganlab", "serve", "--port", 0, *options, stderr=log)
        assert curl("-I", f"http://127.0.0.1:{running.port}/healthz").startswith(b"HTTP/1.1 200 ")
        assert running.stop() == 0
        log.seek(0)
        lines = [line for line in log if " method=HEAD " in line and " target=/healthz" in line]
    assert len(lines) == (0 if quiet else 1)
    assert all(re.search(r"microseconds=\d+ .*status=200", line) for line in lines)


def test_running_out_of_descriptors_is_survived(folder):
    """At the limit of open files new clients are told; when others leave, all goes on."""
    running = Running(ROOT / ".build/release/server-bench", 0, folder)
    resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (40, 40))
    held = [socket.create_connection(("127.0.0.1", running.port), PATIENCE) for _ in range(100)]
    held[-1].settimeout(PATIENCE)
    assert held[-1].recv(100).startswith(b"HTTP/1.1 503 ")
    for connection in held:
        connection.close()
    deadline = time.time() + PATIENCE
    while (found := curl(f"http://127.0.0.1:{running.port}/text.txt")) != b"0123456789" and time.time() < deadline:
        time.sleep(0.1)
    assert found == b"0123456789"
    assert running.stop() == 0


def test_a_second_signal_ends_it_at_once(folder):
    running = Running(ROOT / ".build/release/server-bench", 0, folder)
    client = socket.create_connection(("127.0.0.1", running.port), PATIENCE)
    client.settimeout(PATIENCE)
    client.sendall(b"GET /text.txt HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
    assert client.recv(100).startswith(b"HTTP/1.1 100 ")
    running.process.send_signal(signal.SIGTERM)
    # Once it has heard the first it listens no more, and waits for the rest of the request.
    while socket.socket().connect_ex(("127.0.0.1", running.port)) == 0:
        time.sleep(0.05)
    assert running.process.poll() is None
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=PATIENCE) == 128 + signal.SIGTERM
    client.close()
