"""How long a page waits: for a link to open, for an earlier step to be seen, for a session to wake after kill -9.

    python3 Benchmarks/Lab/pages.py [--program .build/release/ganlab]

One page, the default experiment, everything watched that the page watches. A link is opened once where nobody knows its
run, so that all of it is replayed, and once where it was made. An earlier step counts when its frame has come.
"""

import argparse
import asyncio
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import time

import websockets

ROOT = pathlib.Path(__file__).resolve().parents[2]
SESSION = "bench-session-000001"
LAST = 100_000
WATCH = {"layers": ["real", "fake", "gradients", "heatmap", "manifold", "scores", "losses", "metrics", "latent", "history"],
         "fakes": 400, "reals": 450, "grid": 50, "manifold": 20, "rate": 60}  # fmt: skip


class Page:
    async def open(self, port, **opening):
        self.socket = await websockets.connect(f"ws://127.0.0.1:{port}/ws", subprotocols=["ganlab.1"], max_size=None)
        self.number = 0
        state = (await self.ask("open", **opening))["state"]
        await self.ask("watch", **WATCH)
        return state

    async def say(self, name, **fields):
        self.number += 1
        await self.socket.send(json.dumps({"id": self.number, "do": name, **fields}))

    async def ask(self, name, **fields):
        await self.say(name, **fields)
        while True:
            message = await self.socket.recv()
            if isinstance(message, str) and (answer := json.loads(message)).get("re") == self.number:
                assert answer["ok"], answer
                return answer

    async def frame(self, step):
        while True:
            message = await self.socket.recv()
            if isinstance(message, bytes) and int.from_bytes(message[8:16], "little") == step:
                return


def start(program, folder):
    process = subprocess.Popen(
        [program, "serve", "--port", "0", "--public", ROOT / "Public", "--data-dir", folder],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in process.stdout:
        if found := re.search(r":(\d+)\s*$", line):
            return process, int(found.group(1))
    raise RuntimeError("the server did not start")


async def milliseconds(work):
    start = time.perf_counter()
    await work
    return 1000 * (time.perf_counter() - start)


async def scrub(page, name):
    async def seek(step):
        await page.say("seek", step=step)
        await page.frame(step)

    times = sorted([await milliseconds(seek(random.randrange(LAST))) for _ in range(100)])
    print(f"any step of {LAST:,}, {name}: median {times[50]:.0f} ms, 95 % {times[95]:.0f} ms, worst {times[-1]:.0f} ms")


async def links(port):
    for step in (1_000, 10_000, 100_000):
        page = Page()
        await page.open(port, recipe={"settings": {"seed": step}})
        replayed = await milliseconds(page.ask("load", recipe={"settings": {"seed": step + 1}}, step=step))
        link = (await page.ask("link"))["link"]
        again = Page()

        async def follow():
            state = await again.open(port, link=link)
            if state["step"] != step:
                await again.frame(step)

        known = await milliseconds(follow())
        print(f"link at step {step:,}: {replayed:.0f} ms replayed, {known:.0f} ms where it was made")
        await page.socket.close()
        await again.socket.close()


async def measure(program, folder):
    process, port = start(program, folder)
    await links(port)
    page = Page()
    await page.open(port, session=SESSION)
    await page.ask("seek", step=LAST)
    await scrub(page, "live")
    await page.ask("seek", step=LAST)
    await asyncio.sleep(4)  # A session is written down every three seconds.
    process.kill()
    process.wait()
    process, port = start(program, folder)
    page = Page()
    woken = await milliseconds(page.open(port, session=SESSION))
    print(f"after kill -9 the session at step {LAST:,} is back in {woken:.0f} ms")
    await scrub(page, "after kill -9")
    process.terminate()
    process.wait()
    print(f"the database has {os.path.getsize(f'{folder}/ganlab.sqlite') / 2**20:.1f} MB for 5 sessions")


parser = argparse.ArgumentParser()
parser.add_argument("--program", default=ROOT / ".build/release/ganlab")
random.seed(1)
with tempfile.TemporaryDirectory() as folder:
    asyncio.run(measure(parser.parse_args().program, folder))
