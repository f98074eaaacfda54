"""WebSocket, as Python's websockets speaks it, plain, compressed and through TLS."""

import asyncio
import random
import ssl

import pytest
import websockets
from conftest import PATIENCE, ROOT, Running
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

MESSAGES = ["", "hello", "κόσμε ✓ 🌍" * 1000, b"", bytes(range(256)) * 1000, "x" * 125, "x" * 126, b"y" * 65_536]


def run(work):
    asyncio.run(asyncio.wait_for(work, PATIENCE))


async def converse(url, **options):
    async with websockets.connect(url, max_size=None, **options) as client:
        for message in MESSAGES * 2:
            await client.send(message)
            assert await client.recv() == message
        # In fragments, and a ping in between.
        await client.send(["a", "b", "c" * 1000])
        await (await client.ping())
        assert await client.recv() == "ab" + "c" * 1000
    assert client.close_code == 1000


def test_plain(echo):
    run(converse(f"ws://127.0.0.1:{echo.port}/echo", compression=None))


@pytest.mark.parametrize("client_bits", [None, 9, 12, 15])
@pytest.mark.parametrize("server_bits", [None, 9, 12, 15])
@pytest.mark.parametrize("forgets", [False, True])
def test_compressed(echo, client_bits, server_bits, forgets):
    offer = ClientPerMessageDeflateFactory(
        client_max_window_bits=client_bits or True, server_max_window_bits=server_bits,
        client_no_context_takeover=forgets, server_no_context_takeover=forgets,
    )  # fmt: skip
    run(converse(f"ws://127.0.0.1:{echo.port}/echo", compression=None, extensions=[offer]))


def test_through_tls(secure, certificate):
    context = ssl.create_default_context(cafile=certificate / "cert.pem")
    run(converse(f"wss://localhost:{secure.port}/echo", ssl=context))


def test_many_at_once(echo):
    async def one(number):
        numbers = random.Random(number)
        async with websockets.connect(f"ws://127.0.0.1:{echo.port}/echo", max_size=None) as client:
            sent = [numbers.randbytes(numbers.randrange(100_000)) for _ in range(20)]
            sender = asyncio.create_task(asyncio.wait([asyncio.create_task(client.send(data)) for data in sent]))
            received = [await client.recv() for _ in sent]
            await sender
            assert sorted(received) == sorted(sent)

    async def all_of_them():
        await asyncio.gather(*(one(number) for number in range(20)))

    run(all_of_them())


def test_a_stream_reaches_everybody(server):
    async def watch():
        async with websockets.connect(f"ws://127.0.0.1:{server.port}/stream") as client:
            return [await client.recv() for _ in range(10)]

    async def watchers():
        return await asyncio.gather(*(watch() for _ in range(20)))

    for frames in asyncio.run(asyncio.wait_for(watchers(), PATIENCE)):
        assert all(len(frame) == 12_288 for frame in frames)


def test_the_server_says_goodbye_when_it_stops(folder):
    running = Running(ROOT / ".build/release/ws-echo", "--port", 0)

    async def wait():
        async with websockets.connect(f"ws://127.0.0.1:{running.port}/echo") as client:
            running.process.terminate()
            with pytest.raises(websockets.ConnectionClosed):
                await client.recv()
            return client.close_code

    assert asyncio.run(asyncio.wait_for(wait(), PATIENCE)) == 1001
    assert running.process.wait(timeout=PATIENCE) == 0
