import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../Public/store.js";
import { createReading } from "../../Public/views/reading.js";

/** A run that goes on, and what is read of it; `at` moves the clock. */
function running(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let clock = 0;
  const store = createStore({
    frame: {},
    verdict: null,
    status: "playing",
    step: 0,
    comparing: null,
    playing: true,
    reading: null,
  });
  createReading({ store, now: () => clock });
  const wait = (milliseconds) => {
    clock += milliseconds;
    t.mock.timers.tick(milliseconds);
  };
  return {
    store,
    wait,
    frame: (step) => store.set({ frame: { step }, step, verdict: { name: `verdict ${step}`, evidence: {} } }),
  };
}

test("while a run goes on, what is read of it stands, and is of one moment", (t) => {
  const { store, wait, frame } = running(t);
  frame(10);
  wait(300);
  frame(20);
  assert.equal(store.state.reading.step, 0);
  wait(1300);
  frame(30);
  assert.deepEqual(
    [store.state.reading.step, store.state.reading.frame.step, store.state.reading.verdict.name],
    [20, 20, "verdict 20"],
  );
  wait(1500);
  assert.equal(store.state.reading.step, 30, "the last word is not forgotten when nothing more comes");
});

test("a run that stands still, goes back or stops is read at once", (t) => {
  const { store, frame } = running(t);
  frame(50);
  store.set({ playing: false, status: "diverged" });
  assert.deepEqual([store.state.reading.step, store.state.reading.status], [50, "diverged"]);
  frame(60);
  assert.equal(store.state.reading.step, 60);
  store.set({ playing: true });
  frame(5);
  assert.equal(store.state.reading.step, 5);
});

test("a run that starts is read as one that plays, at once", (t) => {
  const { store } = running(t);
  store.set({ playing: false });
  store.set({ playing: true });
  assert.equal(store.state.reading.playing, true);
});

test("a comparison is read as soon as it begins", (t) => {
  const { store, frame } = running(t);
  frame(10);
  store.set({ comparing: { verdict: null } });
  assert.equal(store.state.reading.step, 10);
});
