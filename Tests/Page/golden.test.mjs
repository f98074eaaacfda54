import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { decodeFrame } from "../../Public/protocol/frame.js";

/** Written by the server's own writer (`Tests/LabTests/Wire/FrameWriterTests.swift` pins its bytes and says what is in it). */
const bytes = readFileSync(new URL("../Golden/frame-v1.bin", import.meta.url));
const frame = decodeFrame(Uint8Array.from(bytes).buffer);

const near = (actual, expected, tolerance) =>
  assert.ok(
    actual.length === expected.length && expected.every((v, i) => Math.abs(actual[i] - v) <= tolerance),
    `${Array.from(actual)} is not ${expected}`,
  );

test("the page reads the header that the server writes", () => {
  assert.equal(frame.step, 2 ** 32 + 2);
  assert.equal(frame.revision, 7);
  assert.equal(frame.rate, 12_345.5);
  assert.deepEqual(frame.view, { cx: 0.5, cy: -0.25, half: 2 });
});

test("the page reads the positions that the server writes, to a quantum", () => {
  const quantum = 4 / 32767;
  near(frame.real, [0, 0, 4, 4, -4, -4], quantum);
  near(frame.manifold.points, [-0.25, 0.125, 0.25, 0.125, 0.75, 0.125], quantum);
  assert.deepEqual([frame.manifold.columns, frame.manifold.rows], [2, 0]);
  near(frame.latent, [1, -1, 4, 0], quantum);
  near(frame.twin.fake, [0.5, 0], quantum);
});

test("the page reads the vectors that the server writes", () => {
  near(frame.gradients.vectors, [0.5, -0.25, 0, 0], 0.5 / 32767);
  near(frame.pulls.vectors, [0.5, -0.25, 0, 1], 1 / 32767);
  near(frame.pulls.logits, [10, -20], 20 / 32767);
});

test("the page reads the numbers that the server writes", () => {
  assert.deepEqual(frame.losses, { d: 1.5, g: -0.5, gradientNorm: 0.125, accuracyReal: 1, accuracyFake: 0 });
  assert.deepEqual(
    frame.metrics.map(({ id, value, floor }) => [id, value, floor]),
    [
      [3, 0.5, NaN],
      [4, 2, 0.25],
    ],
  );
  assert.deepEqual(frame.history, [
    { step: 1000, dLoss: 1, gLoss: 2, kl: 0.5, js: 0.25, slicedWasserstein: 0.125, modes: 8 },
  ]);
  near(frame.heatmap.values, [0, 0.25, 0.5, 0.75, 1, 0.1, 1, 0, 0], 0.002);
  near(frame.optimum.values, [0.51, 0.5, 0.49, 0.505], 0.00005);
  assert.deepEqual([Array.from(frame.scores.fake), Array.from(frame.scores.real)], [[128], [64, 255]]);
});

test("the page reads the strip of seeds that the server writes", () => {
  const [run] = frame.strip;
  assert.deepEqual(
    [run.seed, run.step, run.state, run.modes, run.distance, run.floor, run.verdict],
    [5, 1000, "done", 7, 0.5, 0.25, "partial"],
  );
  near(run.fakes, [0, 0, 0.5, 0.5], 4 / 32767);
});
