"""How `ganlab serve` ends: told so, while its log is not read, and by force."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import time

import pytest
import websockets
from conftest import PATIENCE, ROOT, Running

SERVE = [ROOT / ".build/release/ganlab", "serve", "--port", 0]


def test_viewers_are_told_before_their_sockets_close():
    lab = Running(*SERVE)

    async def watch():
        url = f"ws://127.0.0.1:{lab.port}/ws"
        pages = [await websockets.connect(url, subprotocols=["ganlab.1"]) for _ in range(3)]
        # One that has only connected, one in a session, one whose session trains as fast as it can.
        for page, commands in zip(pages, ([], ["open"], ["open", "play"])):
            for number, command in enumerate(commands):
                await page.send(json.dumps({"id": number, "do": command}))
                while True:
                    message = await asyncio.wait_for(page.recv(), PATIENCE)
                    if isinstance(message, str) and json.loads(message).get("re") == number:
                        break
        lab.process.terminate()
        for page in pages:
            last = None
            try:
                while True:
                    message = await asyncio.wait_for(page.recv(), PATIENCE)
                    last = json.loads(message) if isinstance(message, str) else last
            except websockets.ConnectionClosed as closed:
                assert closed.rcvd.code == 1001
            assert last == {"event": "closing", "reason": "The server is being stopped."}

    asyncio.run(watch())
    assert lab.process.wait(timeout=PATIENCE) == 0


@pytest.fixture
def unread():
    """A server whose standard error is a pipe that is full, and that nobody reads."""
    ends = os.pipe()
    lab = Running(*SERVE, stderr=ends[1])
    os.set_blocking(ends[1], False)
    try:
        while True:
            os.write(ends[1], b"x" * 1024)
    except BlockingIOError:
        pass
    os.set_blocking(ends[1], True)
    subprocess.run(["curl", "-s", f"http://127.0.0.1:{lab.port}/[1-50]"], stdout=subprocess.DEVNULL, check=True)
    # Until the log's writer stands before the full pipe.
    time.sleep(0.2)
    yield lab
    if lab.process.poll() is None:
        lab.process.kill()
    for end in ends:
        os.close(end)


def test_a_log_that_nobody_reads_does_not_keep_it_from_ending(unread):
    assert unread.stop() == 0


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(second):
    lab = Running(*SERVE)
    address = ("127.0.0.1", lab.port)
    with socket.create_connection(address, PATIENCE) as slow:
        # Its content never comes, and is waited for.
        slow.sendall(b"POST /api/recipes HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
        assert slow.recv(12) == b"HTTP/1.1 100"
        lab.process.terminate()
        with pytest.raises(ConnectionError):
            while True:
                socket.create_connection(address, PATIENCE).close()
        assert lab.process.poll() is None
        lab.process.send_signal(second)
        assert lab.process.wait(timeout=PATIENCE) == 128 + second
