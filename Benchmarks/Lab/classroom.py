"""Thirty students, each with a lab of their own that plays as fast as it goes, on one machine.

    python3 Benchmarks/Lab/classroom.py [--port 8080] [--students 30] [--seconds 10]

Every student watches 30 frames a second and turns a learning rate twice a second. Printed: how fairly the steps are
shared, the gaps between frames, how long an edit takes to be confirmed, and to be seen in a frame.
"""

import argparse
import asyncio
import json
import statistics
import struct
import time

import websockets


class Student:
    def __init__(self):
        self.gaps, self.confirmed, self.seen = [], [], []
        self.first = self.last = 0

    async def run(self, url: str, seconds: float):
        async with websockets.connect(url, subprotocols=["ganlab.1"], max_size=None, compression=None) as socket:
            await socket.send(json.dumps({"id": 1, "do": "open"}))
            await socket.send(json.dumps({"id": 2, "do": "speed", "stepsPerSecond": None}))
            await socket.send(json.dumps({"id": 3, "do": "watch", "layers": ["real", "fake", "heatmap", "gradients", "manifold", "losses", "metrics", "history"], "rate": 30}))
            await socket.send(json.dumps({"id": 4, "do": "play"}))
            await asyncio.sleep(1)
            end, edit_at, edit = time.perf_counter() + seconds, time.perf_counter() + 0.5, 10
            asked = awaited = None
            frame_at = None
            while (now := time.perf_counter()) < end:
                if now >= edit_at and asked is None and awaited is None:
                    edit += 1
                    asked, edit_at = now, now + 0.5
                    await socket.send(json.dumps({"id": edit, "do": "set", "path": "generator.optimizer.learningRate", "to": 0.001 + edit * 1e-5}))
                try:
                    message = await asyncio.wait_for(socket.recv(), 1)
                except TimeoutError:
                    continue
                now = time.perf_counter()
                if isinstance(message, bytes):
                    step, = struct.unpack_from("<Q", message, 8)
                    self.first = self.first or step
                    self.last = step
                    if frame_at: self.gaps.append(now - frame_at)
                    frame_at = now
                    if awaited and step >= awaited[1]:
                        self.seen.append(now - awaited[0])
                        awaited = None
                else:
                    reply = json.loads(message)
                    if reply.get("re") == edit and asked:
                        assert reply["ok"], reply
                        self.confirmed.append(now - asked)
                        awaited, asked = (asked, reply["step"] + 1), None


def quantiles(values):
    values = sorted(1000 * v for v in values)
    if not values: return "none"
    at = lambda q: values[min(len(values) - 1, int(q * len(values)))]
    return f"median {at(.5):.0f} ms, 95 % {at(.95):.0f} ms, worst {values[-1]:.0f} ms"


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    students = [Student() for _ in range(options.students)]
    await asyncio.gather(*(s.run(f"ws://127.0.0.1:{options.port}/ws", options.seconds) for s in students))
    rates = [(s.last - s.first) / options.seconds for s in students]
    print(f"steps a second: all {sum(rates):,.0f}, a student {min(rates):,.0f} to {max(rates):,.0f}, median {statistics.median(rates):,.0f}")
    print(f"frames a second for a student: {statistics.median(len(s.gaps) for s in students) / options.seconds:.1f}")
    print("gap between frames:", quantiles([g for s in students for g in s.gaps]))
    print("an edit confirmed:", quantiles([g for s in students for g in s.confirmed]))
    print("an edit in a frame:", quantiles([g for s in students for g in s.seen]))


asyncio.run(main())
