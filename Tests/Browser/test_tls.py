"""The page through TLS, with the certificate that the lab makes for a classroom."""

import pytest

from conftest import Lab
from lab_page import play, step, wait_for_open, wait_for_step


@pytest.fixture
def lab(tmp_path):
    lab = Lab(tmp_path / "data", "--tls-self-signed")
    yield lab
    assert lab.stop() == 0


def test_the_page_and_its_socket_work_through_tls(open_page):
    page = open_page(ignore_https_errors=True)
    assert page.evaluate("isSecureContext && location.protocol") == "https:"
    # A page that came through TLS may open no socket without it.
    wait_for_open(page)
    play(page)
    wait_for_step(page, step(page) + 10)
