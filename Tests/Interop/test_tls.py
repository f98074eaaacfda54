"""TLS, as curl, openssl and Python speak it."""

import hashlib
import os
import pty
import re
import select
import signal
import socket
import ssl
import subprocess
import time

import pytest
from conftest import PATIENCE, ROOT, Running, make_certificate


def s_client(port, *arguments, send=""):
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *arguments],
        input=send, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    return done.stdout + done.stderr


def context(certificate):
    return ssl.create_default_context(cafile=certificate / "cert.pem")


def connect(server, certificate):
    plain = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
    return context(certificate).wrap_socket(plain, server_hostname="localhost")


def test_curl_trusts_the_certificate(secure, certificate, folder):
    done = subprocess.run(
        ["curl", "-sS", "-i", "--cacert", certificate / "cert.pem", f"https://localhost:{secure.port}/large.bin"],
        capture_output=True,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    assert body == (folder / "large.bin").read_bytes()
    assert b"Strict-Transport-Security: max-age=3600" in head


@pytest.mark.parametrize("version", ["1_2", "1_3"])
def test_modern_versions_are_spoken(secure, version):
    text = s_client(secure.port, f"-tls{version}", "-alpn", "h2,http/1.1")
    assert f"TLSv{version.replace('_', '.')}" in text
    assert "ALPN protocol: http/1.1" in text


@pytest.mark.parametrize("version", ["1", "1_1"])
def test_old_versions_are_not(secure, version):
    text = s_client(secure.port, f"-tls{version}", "-cipher", "ALL:@SECLEVEL=0")
    assert "Cipher is (NONE)" in text


@pytest.mark.parametrize("cipher", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA"])
def test_weak_ciphers_are_not(secure, cipher):
    assert "Cipher is (NONE)" in s_client(secure.port, "-tls1_2", "-cipher", cipher)


def test_a_client_that_wants_only_http2_is_told_no(secure):
    assert "no application protocol" in s_client(secure.port, "-alpn", "h2")


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_sessions_are_resumed(secure, tmp_path, version):
    session = str(tmp_path / "session.pem")
    request = "GET /text.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    common = (version, "-ign_eof")
    assert "New, " in s_client(secure.port, *common, "-sess_out", session, send=request)
    assert "Reused, " in s_client(secure.port, *common, "-sess_in", session, send=request)


def test_requests_may_come_in_any_pieces(secure, certificate):
    with connect(secure, certificate) as client:
        for byte in b"GET /text.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n":
            client.sendall(bytes([byte]))
        data = b""
        while piece := client.recv(4096):
            data += piece
    assert data.endswith(b"0123456789")


def test_many_requests_at_once(secure, certificate):
    with connect(secure, certificate) as client:
        client.sendall(b"GET /text.txt HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2000)
        data = b""
        while data.count(b"0123456789") < 2000:
            data += client.recv(65536)
    assert data.count(b"HTTP/1.1 200 OK") == 2000


def test_plain_http_on_the_same_port_is_sent_on(secure):
    done = subprocess.run(
        ["curl", "-sS", "-i", f"http://127.0.0.1:{secure.port}/text.txt?a=b"], capture_output=True, text=True
    )
    assert "HTTP/1.1 308" in done.stdout
    assert f"Location: https://127.0.0.1:{secure.port}/text.txt?a=b" in done.stdout
    # Anybody on the way could have put it there, so it does not count (RFC 6797, 7.2).
    assert "Strict-Transport-Security" not in done.stdout


def test_handshakes_cut_short_harm_nobody(secure, certificate):
    for count in range(60):
        with socket.create_connection(("127.0.0.1", secure.port), PATIENCE) as client:
            client.sendall(bytes([0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3])[: 1 + count % 11] + bytes(count))
    with connect(secure, certificate) as client:
        assert client.version() == "TLSv1.3"


def test_a_new_certificate_is_taken_on_sighup(secure, certificate):
    def subject():
        return re.search(r"subject=.*", s_client(secure.port)).group()

    before = subject()
    make_certificate(certificate, "second")
    secure.process.send_signal(signal.SIGHUP)
    deadline = time.time() + PATIENCE
    while subject() == before and time.time() < deadline:
        time.sleep(0.05)
    assert subject() == "subject=CN = second"
    (certificate / "key.pem").write_text("broken")
    secure.process.send_signal(signal.SIGHUP)
    time.sleep(0.2)
    assert subject() == "subject=CN = second"
    make_certificate(certificate, "third")
    secure.process.send_signal(signal.SIGHUP)


def test_an_encrypted_key_is_refused_and_nobody_is_asked_for_its_passphrase(folder, certificate, tmp_path):
    key = tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret", "-out", key], check=True
    )
    command = [str(ROOT / ".build/release/server-bench"), "0", str(folder), str(certificate / "cert.pem"), str(key)]
    # With a terminal of its own, where OpenSSL would ask.
    process, terminal = pty.fork()
    if process == 0:
        os.execv(command[0], command)
    said = b""
    try:
        while select.select([terminal], [], [], PATIENCE)[0] and b"asked" not in said:
            said += os.read(terminal, 4096).replace(b"pass phrase:", b"asked")
    except OSError:
        pass  # The end of a terminal.
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
    assert b"without a passphrase" in said and b"asked" not in said


def lab(*options):
    return Running(ROOT / ".build/release/ganlab", "serve", "--quiet", "--port", 0, *options)


def fetch(server, path, *options):
    url = f"https://127.0.0.1:{server.port}{path}"
    return subprocess.run(["curl", "-sS", "-i", *options, url], capture_output=True)


def test_the_lab_has_browsers_insist_on_https_only_if_asked_to(certificate):
    files = ["--tls-cert", certificate / "cert.pem", "--tls-key", certificate / "key.pem"]
    for options, promise in [
        (files, b""), (["--tls-self-signed"], b""), ([*files, "--hsts"], b"max-age=2592000"),
    ]:  # fmt: skip
        running = lab(*options)
        answer = fetch(running, "/healthz", "-k").stdout
        assert answer.startswith(b"HTTP/1.1 200 OK")
        found = re.search(rb"Strict-Transport-Security: (.*)\r", answer)
        assert (found.group(1) if found else b"") == promise
        assert running.stop() == 0


def test_a_certificates_own_names_are_names_of_the_lab(certificate, tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem", "-subj", "/CN=lab",
         "-addext", "subjectAltName=DNS:lab.example.org,DNS:*.example.net"],
        check=True, capture_output=True,
    )  # fmt: skip
    running = lab("--tls-cert", tmp_path / "cert.pem", "--tls-key", tmp_path / "key.pem")
    for name, status in (("lab.example.org", b"200"), ("class.example.net", b"200"), ("evil.example", b"421")):
        assert fetch(running, "/healthz", "-k", "-H", f"Host: {name}").stdout.startswith(b"HTTP/1.1 " + status)
    assert running.stop() == 0


def certificate_of(server):
    """The leaf as it is sent, in PEM."""
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def printed_fingerprint(server):
    server.lines.append(server.process.stdout.readline().strip())
    return server.lines[-1].split()[-1]


def test_a_self_signed_certificate_has_the_fingerprint_it_prints_and_keeps_it(tmp_path):
    prints = []
    for _ in range(2):
        running = lab("--tls-self-signed", "--data-dir", tmp_path / "data")
        prints.append(printed_fingerprint(running))
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate_of(running))).hexdigest().upper()
        assert prints[-1].replace(":", "") == digest
        authority = fetch(running, "/certificate.crt", "-k").stdout
        assert running.stop() == 0
    assert prints[0] == prints[1]
    assert b"Content-Type: application/x-x509-ca-cert" in authority and b"PRIVATE KEY" not in authority
    for file in (tmp_path / "data/tls").iterdir():
        assert file.stat().st_mode & 0o77 == 0, file
    other = lab("--tls-self-signed")
    assert printed_fingerprint(other) not in prints
    assert other.stop() == 0


def test_whoever_trusts_the_labs_authority_trusts_the_lab_and_no_other_site(tmp_path):
    running = lab("--tls-self-signed", "--host", "0.0.0.0", "--data-dir", tmp_path / "data")
    head, _, authority = fetch(running, "/certificate.crt", "-k").stdout.partition(b"\r\n\r\n")
    (tmp_path / "authority.crt").write_bytes(authority)
    assert fetch(running, "/healthz", "--cacert", tmp_path / "authority.crt").stdout.endswith(b"ok\n")
    names = subprocess.run(
        ["openssl", "x509", "-noout", "-ext", "subjectAltName"], input=certificate_of(running), capture_output=True,
        text=True,
    ).stdout  # fmt: skip
    # Whatever somebody in the classroom may type leads to a certificate that names it.
    addresses = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    for name in ["DNS:localhost", "IP Address:127.0.0.1", *(f"IP Address:{a}" for a in addresses if "." in a)]:
        assert name in names, names
    if re.fullmatch("[A-Za-z0-9-]+", host := socket.gethostname()) and host != "localhost":
        assert f"DNS:{host.lower()}.local" in names
    assert running.stop() == 0
    # With the authority's key, which lies in the data folder, nobody passes for a site on the web.
    kept = tmp_path / "data/tls/authority.pem"
    for name, verdict in (("localhost", "OK"), ("www.example.org", "permitted subtree violation")):
        (tmp_path / "names").write_text(f"subjectAltName=DNS:{name}")
        subprocess.run(
            ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
             "-keyout", tmp_path / "forged.key", "-out", tmp_path / "forged.csr"],
            check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run(
            ["openssl", "x509", "-req", "-in", tmp_path / "forged.csr", "-CA", kept, "-CAkey", kept, "-days", "2",
             "-extfile", tmp_path / "names", "-out", tmp_path / "forged.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", tmp_path / "authority.crt", tmp_path / "forged.pem"],
            capture_output=True, text=True,
        )  # fmt: skip
        assert verdict in done.stdout + done.stderr


def test_a_new_name_is_added_by_the_same_authority(tmp_path):
    """Another address, as a laptop gets one, makes another certificate, which devices trust as they did the first."""
    running = lab("--tls-self-signed", "--data-dir", tmp_path / "data")
    first, authority = printed_fingerprint(running), fetch(running, "/certificate.crt", "-k").stdout
    assert running.stop() == 0
    running = lab("--tls-self-signed", "--data-dir", tmp_path / "data", "--host", "127.0.0.2")
    assert printed_fingerprint(running) != first
    answer = subprocess.run(
        ["curl", "-sS", "-k", "-i", f"https://127.0.0.2:{running.port}/certificate.crt"], capture_output=True
    )
    assert answer.stdout.partition(b"\r\n\r\n")[2] == authority.partition(b"\r\n\r\n")[2]
    assert running.stop() == 0
