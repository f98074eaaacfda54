"""`ganlab serve` and its data folder: what is kept, and what is said when that cannot be."""

import asyncio
import io
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import numpy
import pytest
import websockets
from conftest import PATIENCE
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECIPE = {"settings": {"seed": 7, "batch": 16, "generator.hidden": [8], "discriminator.hidden": [8]}}
SESSION = "data-folder-test-session"


class Lab:
    """A server with a data folder, started through a shell so that limits can be set on it."""

    def __init__(self, folder, *flags, before="", log=None):
        command = [ROOT / ".build/release/ganlab", "serve", "--port", 0, "--public", ROOT / "Public",
                   "--data-dir", folder, *flags]  # fmt: skip
        line = f"{before} exec {shlex.join(str(part) for part in command)}"
        self.log = open(log or f"{folder}.log", "w+")
        self.process = subprocess.Popen(["bash", "-c", line], stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.port = None
        for line in self.process.stdout:
            if found := re.search(r"http://[^:]+:(\d+)", line):
                self.port = int(found.group(1))
                break

    @property
    def said(self):
        self.log.seek(0)
        return self.log.read()

    def wait_until_said(self, word):
        """The log is written by a thread of its own, soon after."""
        for _ in range(10 * PATIENCE):
            if word in self.said:
                return
            time.sleep(0.1)
        raise AssertionError(f"“{word}” was never said: {self.said}")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.read()

    def converse(self, *commands):
        """Sends commands one after another; gives their answers."""

        async def converse():
            async with websockets.connect(f"ws://127.0.0.1:{self.port}/ws", subprotocols=["ganlab.1"]) as page:
                answers = []
                for number, command in enumerate(commands, 1):
                    await page.send(json.dumps({"id": number, **command}))
                    while True:
                        message = await asyncio.wait_for(page.recv(), PATIENCE)
                        if isinstance(message, str) and (answer := json.loads(message)).get("re") == number:
                            answers.append(answer)
                            break
                return answers

        return asyncio.run(converse())

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def start():
    started = []

    def start(*arguments, **options):
        started.append(Lab(*arguments, **options))
        return started[-1]

    yield start
    for lab in started:
        if lab.process.poll() is None:
            lab.kill()


#: Shows that whoever comes back is the one who was there before.
OWNER = "A" * 43
OPEN = {"do": "open", "session": SESSION, "owner": OWNER, "recipe": RECIPE}


def edit(value):
    return {"do": "set", "path": "generator.optimizer.learningRate", "to": value, "gesture": str(value)}


def test_a_film_of_the_run_is_an_endless_animation(start, tmp_path):
    lab = start(tmp_path / "data")
    lab.converse(OPEN, {"do": "step", "count": 500})
    film = Image.open(io.BytesIO(lab.get(f"/api/sessions/{SESSION}/film.gif")))
    assert film.format == "GIF" and film.size == (400, 400)
    assert film.n_frames == 60 and film.info["loop"] == 0
    pictures, durations = [], []
    for frame in range(film.n_frames):
        film.seek(frame)
        pictures.append(numpy.asarray(film.convert("RGB"), dtype=int))
        durations.append(film.info["duration"])
    assert len({picture.tobytes() for picture in pictures}) > 50, "it moves"
    assert abs(pictures[0] - pictures[-1]).mean() > 1, "and does not come back to where it began"
    assert durations == [70] * 59 + [2000]


def test_a_full_disk_is_said_and_costs_nothing(start, tmp_path):
    # Files may not grow beyond 600 kB, which the system reports as it does a disk without room.
    lab = start(tmp_path / "data", before="trap '' XFSZ; ulimit -f 600;")
    lab.converse(OPEN, {"do": "step", "count": 5}, edit(0.5))
    warnings = []
    for number in range(4000):
        (_, answer) = lab.converse({"do": "open", "session": SESSION, "owner": OWNER}, edit((number + 1) / 65536))
        assert answer["ok"], answer
        if "warning" in answer:
            warnings.append(answer["warning"])
            break
    assert warnings and ("full" in warnings[0] or "written" in warnings[0]), warnings
    (state,) = lab.converse({"do": "open", "session": SESSION, "owner": OWNER})
    assert state["state"]["recipe"]["timeline"][-1]["to"] == (number + 1) / 65536
    assert lab.get("/healthz") == b"ok\n"
    lab.kill()
    # With room again, everything that was acknowledged without a warning is there.
    lab = start(tmp_path / "data")
    (answer,) = lab.converse({"do": "open", "session": SESSION, "owner": OWNER})
    values = [entry["to"] for entry in answer["state"]["recipe"]["timeline"]]
    assert values[-1] in ((number + 1) / 65536, number / 65536)


def test_a_folder_that_cannot_be_written_is_named(start, tmp_path):
    # Nobody may write there, not even root.
    lab = Lab("/proc/ganlab", log=tmp_path / "log")
    assert lab.process.wait(timeout=PATIENCE) != 0
    lab.wait_until_said("data folder '/proc/ganlab'")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run it as somebody else")
def test_a_folder_of_somebody_else_is_answered_with_the_remedy(tmp_path):
    """As a volume that an earlier image, or root, has made."""
    with tempfile.TemporaryDirectory() as volume:
        os.chown(volume, 4242, 4242)
        # What follows begins with exec, which is the shell's.
        somebody = "exec setpriv --reuid 4343 --regid 4343 --clear-groups -- bash -c 'shift; exec \"$@\"' _"
        lab = Lab(volume, before=somebody, log=tmp_path / "log")
        assert lab.process.wait(timeout=PATIENCE) != 0
        lab.wait_until_said("belongs to user 4242, and this program runs as user 4343")
        lab.wait_until_said(f"chown -R 4343 '{volume}'")
        lab.wait_until_said("--user 4242")


def test_charts_outlive_the_server(start, tmp_path):
    lab = start(tmp_path / "data")
    watch = {"do": "watch", "layers": ["losses", "metrics", "history"]}
    lab.converse(OPEN, watch, *[{"do": "step", "count": 40}] * 5)
    path = f"/api/sessions/{SESSION}/metrics.csv"
    table = lab.get(path)
    assert table.count(b"\n") > 3
    assert lab.stop() == 0
    lab = start(tmp_path / "data")
    lab.converse(OPEN)
    assert lab.get(path) == table


def test_a_damaged_database_is_set_aside_and_said(start, tmp_path):
    folder = tmp_path / "data"
    lab = start(folder)
    lab.converse(OPEN, {"do": "step", "count": 5})
    assert lab.stop() == 0
    database = folder / "ganlab.sqlite"
    damaged = b"this is no database" + database.read_bytes()[19:]
    database.write_bytes(damaged)
    lab = start(folder)
    lab.wait_until_said("damaged")
    assert (folder / "ganlab.sqlite.damaged").read_bytes().startswith(b"this is no database")
    (answer, _) = lab.converse(OPEN, {"do": "step", "count": 3})
    assert answer["state"]["step"] == 0, "a new one was begun"


def test_the_quota_given_is_the_one_shown(start, tmp_path):
    lab = start(tmp_path / "data", "--quota", 7, "--keep-days", 2.5, "--trash-days", 1)
    use = json.loads(lab.get("/api/store"))
    assert use["quota"] == 7 << 20 and use["keptDays"] == 2.5 and use["trashDays"] == 1
    help = subprocess.run([ROOT / ".build/release/ganlab", "serve", "--help"], capture_output=True, text=True).stdout
    for flag in ("--quota", "--keep-days", "--trash-days", "--pause-after", "--put-away-after"):
        assert flag in help


def test_a_backup_of_a_running_lab_opens_as_a_lab(start, tmp_path):
    lab = start(tmp_path / "data")
    lab.converse(OPEN, {"do": "step", "count": 5}, edit(0.25), {"do": "step", "count": 4})
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "ganlab.sqlite"
    subprocess.run([ROOT / ".build/release/ganlab", "backup", "--data-dir", tmp_path / "data", copy], check=True)
    second = start(tmp_path / "copy")
    ask = {"do": "open", "session": SESSION, "owner": OWNER}
    (mine,), (theirs,) = lab.converse(ask), second.converse(ask)
    assert theirs["state"]["recipe"] == mine["state"]["recipe"]
    seek = {"do": "seek", "step": 9}
    lab.converse(ask, seek)
    second.converse(ask, seek)
    path = f"/api/sessions/{SESSION}/checkpoint"
    assert lab.get(path) == second.get(path)


def test_the_log_is_no_key_to_a_session(start, tmp_path):
    lab = start(tmp_path / "data")
    (opened,) = lab.converse(OPEN)
    lab.get(f"/api/sessions/{SESSION}/recipe")
    lab.wait_until_said("/api/sessions/*/recipe")
    assert opened["ok"] and SESSION not in lab.said and OWNER not in lab.said


def test_the_operator_deletes_from_the_gallery_of_a_running_lab(start, tmp_path):
    lab = start(tmp_path / "data")

    def gallery(*words):
        program = [ROOT / ".build/release/ganlab", "gallery", *words, "--data-dir", tmp_path / "data"]
        return subprocess.run(program, capture_output=True, text=True)

    async def save():
        """While the session is watched, so that it is there."""
        async with websockets.connect(f"ws://127.0.0.1:{lab.port}/ws", subprotocols=["ganlab.1"]) as page:
            await page.recv()
            await page.send(json.dumps({"id": 1, **OPEN}))
            await page.recv()
            words = json.dumps({"session": SESSION, "title": "A ring", "nickname": "Ada"}).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{lab.port}/api/gallery", words, {"X-Owner": OWNER, "Content-Type": "application/json"}
            )
            with await asyncio.to_thread(urllib.request.urlopen, request, timeout=60) as answer:
                return json.load(answer)["id"]

    name = asyncio.run(save())
    assert lab.get(f"/api/gallery/{name}/thumbnail").startswith(b"\x89PNG")
    (line,) = gallery("list").stdout.splitlines()
    assert line.startswith(name) and line.endswith("A ring, Ada")
    assert gallery("delete", name).stdout == "Deleted 1.\n"
    assert gallery("list").stdout == ""
    with pytest.raises(urllib.error.HTTPError, match="404"):
        lab.get(f"/api/gallery/{name}/thumbnail")
    again = gallery("delete", name)
    assert again.returncode != 0 and name in again.stderr
