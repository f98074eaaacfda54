import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { FrameGate } from "../../Public/slowmotion/gate.js";
import { phases, stopsOf } from "../../Public/slowmotion/phases.js";
import { Player } from "../../Public/slowmotion/player.js";
import { pseudocode } from "../../Public/slowmotion/pseudocode.js";
import { edges, losses, nodes } from "../../Public/views/model-layout.js";

const texts = ["en", "zh"].map((language) =>
  JSON.parse(readFileSync(new URL(`../../Public/languages/${language}.json`, import.meta.url), "utf8")),
);
const update = (player) => ({
  player,
  loss: 0.5,
  penalty: 0.25,
  realOutput: 1,
  realScore: 0.75,
  fakeOutput: -1,
  fakeScore: 0.25,
  gradientNorm: 2,
  updateNorm: 0.125,
});
const explain = (...players) => ({ step: 7, updates: players.map(update) });

const settings = {
  batch: 128,
  "noise.dimension": 2,
  "noise.distribution": "gaussian",
  "loss.kind": "nonSaturating",
  "loss.realWeight": 1,
  "loss.smoothReal": 0,
  "loss.smoothFake": 0,
  "loss.leastSquaresScale": 0.5,
  "loss.leastSquaresOnProbability": false,
  "penalty.r1": 0,
  "penalty.r2": 0,
  "penalty.gradient": 0,
  "penalty.gradientTarget": 1,
  "penalty.weightClip": 0,
  "penalty.instanceNoise": 0,
  "penalty.instanceNoiseSteps": 0,
  "generator.updates": 1,
  "generator.average": 0,
  "discriminator.updates": 1,
  "discriminator.unrolling": 0,
  "discriminator.spectralNormalization": false,
  ...Object.fromEntries(
    ["generator", "discriminator"].flatMap((player) =>
      Object.entries({
        kind: "adam",
        learningRate: 0.002,
        momentum: 0.9,
        nesterov: false,
        rho: 0.99,
        beta1: 0.5,
        beta2: 0.999,
        schedule: "constant",
      }).map(([name, value]) => [`${player}.optimizer.${name}`, value]),
    ),
  ),
};
const code = (changes = {}) =>
  pseudocode({ ...settings, ...changes })
    .map((line) => line.code ?? line.words.key)
    .join("\n");

test("every phase lights parts that the model overview has", () => {
  for (const phase of phases) {
    for (const node of phase.nodes)
      assert.ok(node in nodes(false) || node.replace("loss-", "") in losses, `${phase.id}: ${node}`);
    for (const edge of phase.edges) assert.ok(edge in edges(false), `${phase.id}: ${edge}`);
  }
});

test("every phase and every line of words has its text in every language", () => {
  const wordy = pseudocode({
    ...settings,
    "discriminator.updates": 2,
    "generator.updates": 2,
    "discriminator.unrolling": 5,
  }).concat(pseudocode(settings));
  const keys = [
    ...phases.map(({ id }) => `slow.${id}`),
    "slow.discriminator.again",
    "slow.generator.again",
    "slow.discriminator.3.penalty",
    ...wordy.flatMap((line) => (line.words ? [line.words.key] : [])),
  ];
  for (const text of texts) for (const key of keys) assert.ok(text[key], key);
});

test("one update each: ten halts, and the picture follows each network's update at its end", () => {
  const stops = stopsOf(explain("discriminator", "generator"));
  assert.deepEqual(
    stops.map((stop) => stop.phase.id),
    phases.map((phase) => phase.id),
  );
  assert.deepEqual(
    stops.map((stop) => stop.picture),
    [...Array.from({ length: 4 }, () => "before"), ...Array.from({ length: 5 }, () => "between"), "after"],
  );
});

test("further updates of a network are one halt, with the last one's numbers", () => {
  const explanation = explain("discriminator", "discriminator", "discriminator", "generator");
  explanation.updates[2].loss = 9;
  const stops = stopsOf(explanation);
  assert.equal(stops.length, 11);
  assert.deepEqual([stops[4].picture, stops[4].isRepetition], ["before", false]);
  assert.deepEqual(
    [stops[5].picture, stops[5].isRepetition, stops[5].repeats, stops[5].update.loss],
    ["between", true, 2, 9],
  );
});

test("a step of one network alone shows that network alone", () => {
  assert.ok(stopsOf(explain("generator")).every((stop) => stop.phase.player === "generator"));
});

/** A clock that a test winds. */
function handClock() {
  let pending = null;
  return {
    set: (run) => {
      pending = run;
      return 1;
    },
    clear: () => {
      pending = null;
    },
    tick: () => {
      const run = pending;
      pending = null;
      run?.();
    },
    get isSet() {
      return pending !== null;
    },
  };
}

test("the player goes on by itself, stops when asked to, and never past the ends", () => {
  const clock = handClock();
  const seen = [];
  let ended = 0;
  const player = new Player({ show: (stop) => seen.push(stop), ended: () => ended++, played() {} }, clock);
  player.load(["a", "b", "c"]);
  assert.equal(clock.isSet, false);
  player.play(true);
  clock.tick();
  clock.tick();
  assert.deepEqual(seen, ["a", "b", "c"]);
  clock.tick();
  assert.equal(ended, 1);
  player.play(false);
  assert.equal(clock.isSet, false);
  player.go(0);
  player.previous();
  assert.equal(player.index, 0);
  player.next();
  assert.deepEqual(seen.slice(3), ["a", "a", "b"]);
});

test("frames are kept while a step is explained, and the picture can go back", () => {
  const gate = new FrameGate();
  const frame = (step, name) => ({ step, name });
  assert.equal(gate.keep(frame(4)), false);
  gate.close({ name: "shown" }, 5);
  assert.equal(gate.frame("after"), null);
  assert.equal(gate.frame("between").name, "shown");
  assert.ok(gate.keep(frame(5, "halfway")) && gate.keep(frame(6, "done")));
  assert.deepEqual(
    ["before", "between", "after"].map((moment) => gate.frame(moment).name),
    ["shown", "halfway", "done"],
  );
  assert.ok(gate.keep(frame(5, "halfway, in truth")));
  assert.deepEqual(
    ["before", "between"].map((moment) => gate.frame(moment).name),
    ["halfway", "halfway, in truth"],
    "the earlier one was late",
  );
  gate.open();
  assert.equal(gate.keep(frame(7)), false);
});

test("the pseudo code says what the settings do, and nothing they do not", () => {
  assert.match(code(), /L ← −mean log σ\(a\) − mean log\(1 − σ\(b\)\)/);
  assert.doesNotMatch(code(), /‖∇D|clip|θ̄|σₘₐₓ|unrolled/);
  assert.match(code({ "loss.realWeight": 0.95 }), /−0\.95 mean log σ\(a\)/);
  assert.match(
    code({ "loss.smoothReal": 0.1 }),
    /−mean \[0\.9 log σ\(a\) \+ 0\.1 log\(1 − σ\(a\)\)\] − mean log\(1 − σ\(b\)\)/,
  );
  assert.match(code({ "loss.kind": "minimax" }), /L ← mean log\(1 − σ\(b\)\)$/m);
  assert.match(code({ "loss.kind": "leastSquares" }), /½ mean \(a − 1\)² \+ ½ mean b²/);
  assert.match(
    code({ "loss.kind": "leastSquares", "loss.leastSquaresOnProbability": true, "loss.leastSquaresScale": 1 }),
    /L ← mean \(σ\(a\) − 1\)² \+ mean σ\(b\)²/,
  );
  assert.match(
    code({ "loss.kind": "wasserstein", "penalty.weightClip": 0.01 }),
    /mean b − mean a[^]*clip\(θ, ±0\.01\)/,
  );
  assert.match(code({ "penalty.gradient": 10 }), /10 · mean \(‖∇D\(εx \+ \(1−ε\)f\)‖ − 1\)²/);
  assert.match(code({ "generator.average": 0.995 }), /θ̄ ← 0\.995 θ̄ \+ 0\.005 θ/);
  assert.match(code({ "noise.distribution": "uniform", "noise.dimension": 16 }), /128 × U\[0, 1\)¹⁶/);
  assert.match(
    code({ "generator.optimizer.kind": "sgd", "generator.optimizer.schedule": "cosine" }),
    /θ ← θ − η\(t\) g$/m,
  );
  assert.doesNotMatch(code({ "generator.updates": 0 }), /code\.generator/);
});

test("a line shows what it came to, as a probability only where the loss means one", () => {
  const values = (changes) =>
    pseudocode({ ...settings, ...changes }).flatMap((line) =>
      line.value && line.phase.startsWith("discriminator") ? [line.value(update("discriminator"))] : [],
    );
  assert.deepEqual(values({ "penalty.r1": 1 }), ["σ 0.750", "σ 0.250", "0.5", "+0.25", "‖g‖ 2", "‖Δθ‖ 0.125"]);
  assert.deepEqual(values({ "loss.kind": "hinge" }).slice(0, 2), ["1", "-1"]);
});
