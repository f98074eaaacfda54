"""`ganlab serve` as it is reached: names, origins, proxies, frames, a base path, and who reads the metrics."""

import http.client
import os
import socket
import subprocess

import pytest
from conftest import PATIENCE, ROOT, Running

HANDSHAKE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13", "Sec-WebSocket-Protocol": "ganlab.1",
}  # fmt: skip


@pytest.fixture
def start(tmp_path):
    started = []

    def start(*options, log=None, **environment):
        command = ["env", *(f"{name}={value}" for name, value in environment.items()),
                   ROOT / ".build/release/ganlab", "serve", "--port", 0, "--public", ROOT / "Public", *options]  # fmt: skip
        with open(log or os.devnull, "w") as stderr:
            started.append(Running(*command, stderr=stderr))
        return started[-1]

    yield start
    for lab in started:
        if lab.process.poll() is None:
            lab.stop()


def ask(lab, method, path, headers=(), body=None, address="127.0.0.1"):
    connection = http.client.HTTPConnection(address, lab.port, timeout=PATIENCE)
    connection.request(method, path, body=body, headers=dict(headers))
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace") if answer.status != 101 else ""
    connection.close()
    return answer


def test_a_name_that_leads_here_but_is_not_the_labs_is_refused_everywhere(start, tmp_path):
    lab = start("--allow-host", "lab.example.org", log=tmp_path / "log")
    for host in ("evil.example", f"evil.example:{lab.port}"):
        for path in ("/", "/api/schema", "/main.js", "/healthz", "/nothing"):
            answer = ask(lab, "GET", path, {"Host": host})
            assert answer.status == 421 and "--allow-host evil.example." in answer.text
        assert ask(lab, "GET", "/ws", {"Host": host, **HANDSHAKE}).status == 421
        assert ask(lab, "POST", "/api/recipes", {"Host": host}, "{}").status == 421
    own = socket.gethostname().lower()
    for host in ("127.0.0.1", f"localhost:{lab.port}", "[::1]", "192.168.7.7:80", "lab.example.org:8443",
                 own, f"{own.split('.')[0]}.local:8080"):  # fmt: skip
        assert ask(lab, "GET", "/", {"Host": host}).status == 200, host
        assert ask(lab, "GET", "/ws", {"Host": host, **HANDSHAKE}).status == 101, host
    lab.stop()
    assert "--allow-host evil.example" in (tmp_path / "log").read_text()


def test_any_name_may_be_allowed(start):
    lab = start("--allow-host", "*")
    assert ask(lab, "GET", "/", {"Host": "whatever.example"}).status == 200


def test_ipv6_is_an_address_like_any_other(start):
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("there is no IPv6 here")
    lab = start("--host", "::1")
    assert ask(lab, "GET", "/healthz", address="::1").text == "ok\n"
    own = {"Origin": f"http://[::1]:{lab.port}"}
    assert ask(lab, "GET", "/ws", {**own, **HANDSHAKE}, address="::1").status == 101


def test_a_foreign_page_may_not_write(start, tmp_path):
    lab = start("--allow-origin", "https://friend.example", log=tmp_path / "log")
    own, foreign = {"Origin": f"http://127.0.0.1:{lab.port}"}, {"Origin": "http://evil.example"}
    recipe = '{"recipe": {"settings": {}}}'

    def post(headers):
        return ask(lab, "POST", "/api/recipes", headers, recipe)

    assert post({}).status == 201, "whatever is not a browser sends no Origin"
    assert post({**own, "Sec-Fetch-Site": "same-origin"}).status == 201
    assert post({"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}).status == 201
    # As a page does it that need not ask first: fetch(…, {method: "POST", mode: "no-cors", body: …}).
    answer = post({**foreign, "Content-Type": "text/plain;charset=UTF-8", "Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403 and "--allow-origin http://evil.example" in answer.text
    assert post({"Origin": "null"}).status == 403
    assert post({"Sec-Fetch-Site": "cross-site"}).status == 403
    assert post({"Origin": f"http://127.0.0.1:{lab.port + 1}", "Sec-Fetch-Site": "same-site"}).status == 403
    for method, path in (("PATCH", "/api/gallery/x"), ("DELETE", "/api/gallery/x"), ("PUT", "/nothing")):
        assert ask(lab, method, path, foreign).status == 403
    assert ask(lab, "GET", "/ws", {**foreign, **HANDSHAKE}).status == 403
    assert ask(lab, "GET", "/ws", {**own, **HANDSHAKE}).status == 101
    assert ask(lab, "GET", "/", foreign).status == 200, "a link from elsewhere is followed"
    lab.stop()
    assert "--allow-origin" in (tmp_path / "log").read_text()


def test_a_proxy_that_changes_the_host_is_believed_from_this_machine(start):
    lab = start()
    page = {"Host": f"127.0.0.1:{lab.port}", "Origin": "https://lab.example.org"}
    assert ask(lab, "GET", "/ws", {**page, **HANDSHAKE}).status == 403
    told = {**page, "X-Forwarded-Host": "lab.example.org", "X-Forwarded-Proto": "https"}
    assert ask(lab, "GET", "/ws", {**told, **HANDSHAKE}).status == 101
    # A page whose name was made to lead here can send these fields, too.
    assert ask(lab, "GET", "/ws", {**told, "Host": "lab.example.org", **HANDSHAKE}).status == 421
    named = start("--trusted-proxy", "127.0.0.0/8")
    assert ask(named, "GET", "/ws", {**told, "Host": "lab.example.org", **HANDSHAKE}).status == 101


def test_content_has_the_limit_that_its_route_needs(start):
    lab = start()
    for path, limit in (("/api/gallery", 64 << 10), ("/api/recipes", 4 << 20), ("/api/import/density", 512 * 512),
                        ("/api/import/points", 8 << 20), ("/api/import/safetensors", 8 << 20)):  # fmt: skip
        for size, refused in ((limit, False), (limit + 1, True)):
            with socket.create_connection(("127.0.0.1", lab.port), PATIENCE) as client:
                client.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                               f"Content-Length: {size}\r\n\r\n".encode())  # fmt: skip
                assert client.recv(12) == (b"HTTP/1.1 413" if refused else b"HTTP/1.1 100"), (path, size)
    with socket.create_connection(("127.0.0.1", lab.port), PATIENCE) as client:
        client.sendall(b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000000\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.1 404"


def test_everything_lies_below_the_base_path(start):
    lab = start("--base-path", "/tools/lab/")
    assert lab.lines[0].endswith(f":{lab.port}/tools/lab/")
    assert "<title>" in ask(lab, "GET", "/tools/lab/").text
    for path in ("/tools/lab/main.js", "/tools/lab/api/schema", "/tools/lab/healthz"):
        assert ask(lab, "GET", path).status == 200
    assert ask(lab, "GET", "/tools/lab/ws", HANDSHAKE).status == 101
    assert ask(lab, "GET", "/healthz").status == 404
    assert ask(lab, "GET", "/tools/lab").headers["Location"] == "./lab/"
    # A folder behind a proxy that takes the base path off: the way is relative there, too.
    assert ask(start(), "GET", "/styles").headers["Location"] == "./styles/"


def test_frames_are_for_those_who_are_named(start):
    policy = "Content-Security-Policy"
    assert "frame-ancestors 'none'" in ask(start(), "GET", "/").headers[policy]
    lab = start("--allow-frames", "https://course.example.org", "--allow-frames", "http://localhost:9000")
    framers = "frame-ancestors 'self' https://course.example.org http://localhost:9000"
    assert framers in ask(lab, "GET", "/").headers[policy]


def test_metrics_are_for_those_who_are_named(start):
    def status(lab, **headers):
        return ask(lab, "GET", "/metrics", {name.replace("_", "-"): value for name, value in headers.items()}).status

    assert status(start(), X_Forwarded_For="192.0.2.7") == 200
    here = start("--metrics-loopback")
    assert status(here) == 200
    assert status(here, X_Forwarded_For="192.0.2.7") == 403
    assert status(here, X_Forwarded_For="127.0.0.1") == 403, "what was passed on comes from elsewhere"
    token = start("--metrics-token", "secret")
    assert status(token) == 401
    assert status(token, Authorization="Bearer secrex") == 401
    assert status(token, Authorization="Bearer secret") == 200
    both = start("--metrics-token", "secret", "--metrics-loopback")
    assert status(both) == 200
    assert status(both, Via="1.1 proxy") == 401
    assert status(both, Via="1.1 proxy", Authorization="Bearer secret") == 200


@pytest.mark.parametrize(
    "options",
    [("--allow-origin", "lab.example.org"), ("--allow-origin", "https://lab.example.org/"), ("--trusted-proxy", "proxy"),
     ("--allow-host", "lab:80"), ("--allow-frames", "*; script-src *"), ("--base-path", "lab"), ("--hsts",)],
)  # fmt: skip
def test_an_option_that_makes_no_sense_is_refused_with_its_name(options):
    done = subprocess.run([ROOT / ".build/release/ganlab", "serve", *options], capture_output=True, text=True)
    assert done.returncode == 64 and (options[-1] in done.stderr or options[0] in done.stderr)


def test_an_address_inside_a_container_is_not_called_the_way_in(start):
    lab = start("--host", "0.0.0.0", container="docker")
    assert lab.lines == [f"GAN Lab is ready on port {lab.port} of this container. The way in is the port that was "
                         "published for it (docker run -p), on the machine that runs the container."]  # fmt: skip
