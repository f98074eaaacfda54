"""A lab that is hard to reach: through proxies, slow links and browsers that block things. The page says what is the matter."""

import contextlib
import shutil
import socket
import threading

import pytest
from conftest import ROOT, Lab
from lab_page import wait_for_open
from playwright.sync_api import expect


@contextlib.contextmanager
def proxy(lab, edit):
    """A proxy that passes bytes on, those of the client edited; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, sink, edit):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(edit(data))
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", lab.port))
                threading.Thread(target=pump, args=(client, server, edit), daemon=True).start()
                threading.Thread(target=pump, args=(server, client, bytes), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.fixture
def visit(chromium):
    """Opens an address in a fresh browser profile, in which script errors fail the test."""
    contexts, faults = [], []

    def visit(url, language="en-GB", prepare=None):
        context = chromium.new_context(locale=language)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if prepare:
            prepare(page)
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults, faults


def test_behind_a_proxy_that_changes_the_host_the_page_names_the_option(visit, lab):
    def host_changed(data):
        return data.replace(b"Host: 127.0.0.1:%d" % port, b"Host: 127.0.0.1:%d" % lab.port)

    with proxy(lab, host_changed) as port:
        banner = visit(f"http://127.0.0.1:{port}").locator("#connection")
        expect(banner).to_have_attribute("data-trouble", "refused")
        expect(banner).to_contain_text(f"--allow-origin http://127.0.0.1:{port}")


@pytest.mark.parametrize("language, words", [("en-GB", "no WebSocket opens"), ("zh-CN", "WebSocket 打不开")])
def test_behind_a_proxy_that_passes_no_websocket_on_the_page_says_so(visit, lab, language, words):
    def upgrade_dropped(data):
        return data.replace(b"Upgrade: websocket\r\n", b"").replace(b"Connection: Upgrade\r\n", b"")

    with proxy(lab, upgrade_dropped) as port:
        banner = visit(f"http://127.0.0.1:{port}", language).locator("#connection")
        expect(banner).to_have_attribute("data-trouble", "blocked")
        expect(banner).to_contain_text(words)


@pytest.mark.parametrize("status, kind", [(503, "busy"), (500, "failing"), (502, "away")])
def test_what_answers_in_place_of_a_websocket_is_told_apart(visit, lab, status, kind):
    def prepare(page):
        page.add_init_script("""
            window.WebSocket = class {
                static OPEN = 1;
                constructor() { setTimeout(() => this.onclose(), 0); }
                close() {}
            };""")
        page.route("**/ws", lambda route: route.fulfill(status=status, content_type="text/plain", body="as it is"))

    banner = visit(lab.url, prepare=prepare).locator("#connection")
    expect(banner).to_have_attribute("data-trouble", kind)
    expect(banner).not_to_be_empty()


def test_what_was_said_of_a_lost_connection_goes_when_it_opens(visit, lab):
    page = visit(lab.url)
    wait_for_open(page)
    lab.kill()
    expect(page.locator("#connection")).to_have_attribute("data-trouble", "away")
    lab.start()
    wait_for_open(page)
    expect(page.locator("#connection")).to_be_hidden()


def test_a_password_in_the_address_does_not_stop_the_page(visit, lab):
    page = visit(f"http://ada:secret@127.0.0.1:{lab.port}/")
    wait_for_open(page)
    expect(page.locator("#article h2").first).to_be_visible()


def test_without_the_file_of_a_language_the_page_speaks_another(visit, tmp_path):
    public = tmp_path / "Public"
    shutil.copytree(ROOT / "Public", public)
    (public / "languages/zh.json").unlink()
    lab = Lab(tmp_path / "data", public=public)
    try:
        page = visit(lab.url, "zh-CN")
        wait_for_open(page)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#how-it-works")).to_have_text("How it works")
        page.locator("#preferences-open").click()
        page.locator("#language").select_option("zh")
        expect(page.locator("#how-it-works")).to_have_text("How it works")
    finally:
        lab.kill()


def test_on_a_slow_link_a_current_browser_is_not_told_that_it_is_too_old(visit, lab):
    held = []
    page = visit(lab.url + "/favicon.svg")
    page.route("**/main.js", lambda route: held.append(route))
    page.goto(lab.url, wait_until="commit")
    page.wait_for_selector("#connection", state="attached")
    page.wait_for_timeout(4000)  # It was told so after three seconds.
    expect(page.locator("#unsupported")).to_be_hidden()
    expect(page.locator("#unloaded")).to_be_hidden()
    held[0].continue_()
    wait_for_open(page)


def test_a_script_that_does_not_arrive_is_named_as_the_fault(visit, lab):
    def prepare(page):
        page.route("**/experiment.js", lambda route: route.abort())

    page = visit(lab.url, prepare=prepare)
    expect(page.locator("#unloaded")).to_be_visible()
    expect(page.locator("#unsupported")).to_be_hidden()


def test_a_browser_that_cannot_read_the_scripts_is_told_so(chromium, lab):
    page = chromium.new_context().new_page()
    page.route("**/experiment.js", lambda route: route.fulfill(content_type="text/javascript", body="syntax of 2050"))
    page.goto(lab.url)
    expect(page.locator("#unsupported")).to_be_visible()
    page.context.close()
