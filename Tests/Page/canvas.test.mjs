import assert from "node:assert/strict";
import test from "node:test";
import { contour } from "../../Public/canvas/contour.js";
import { arrowGain, decimals, heatSpan } from "../../Public/canvas/exposure.js";
import { Glide } from "../../Public/canvas/glide.js";
import { difference } from "../../Public/canvas/heatmap.js";
import { columnMasses, fitNoise, noiseCell } from "../../Public/canvas/latent.js";
import { densityLevels, flatGrid } from "../../Public/canvas/manifold.js";
import { diverging, emphasise, heatTable, parseColour } from "../../Public/canvas/palette.js";
import { beside, gradientsUnder, medianNorm } from "../../Public/canvas/pulls.js";
import { cellAt, nearestPoint, valueAt } from "../../Public/canvas/pick.js";

const uniform = { distribution: "uniform", interval: [0, 1] };
const gaussian = { distribution: "gaussian", interval: [-2.5, 2.5] };

/** A grid of f over the view. */
function grid(n, f) {
  const at = (i) => (2 * (i + 0.5)) / n - 1;
  return { n, values: Float32Array.from({ length: n * n }, (_, i) => f(at(i % n), at(Math.floor(i / n)))) };
}

test("the heat map is neutral at one half, purple below and green above", () => {
  const [purple, grey, green] = [
    [120, 60, 160],
    [247, 247, 245],
    [11, 122, 85],
  ];
  assert.deepEqual(diverging(purple, grey, green, 0), purple);
  assert.deepEqual(diverging(purple, grey, green, 0.5), grey);
  assert.deepEqual(diverging(purple, grey, green, 1), green);
  const bytes = Array.from(new Uint8Array(heatTable(purple, grey, green).buffer));
  assert.deepEqual(bytes.slice(0, 4), [...purple, 255]);
  assert.deepEqual(bytes.slice(-4), [...green, 255]);
});

test("small leanings show, ends and middle stay, and order is kept", () => {
  assert.deepEqual([0, 0.5, 1].map(emphasise), [0, 0.5, 1]);
  assert.ok(emphasise(0.55) > 0.6);
  const values = Array.from({ length: 101 }, (_, i) => emphasise(i / 100));
  assert.ok(values.every((v, i) => i === 0 || v > values[i - 1]));
});

test("colours are read in both spellings that browsers compute", () => {
  assert.deepEqual(parseColour("rgb(11, 122, 85)"), [11, 122, 85]);
  assert.deepEqual(parseColour("color(srgb 1 0.5 0)"), [255, 127.5, 0]);
});

test("the contour of a disc is its circle", () => {
  const segments = contour(
    grid(60, (x, y) => Math.max(0, 1 - Math.hypot(x, y))),
    0.5,
  );
  assert.ok(segments.length > 100);
  for (let i = 0; i < segments.length; i += 2)
    assert.ok(Math.abs(Math.hypot(segments[i], segments[i + 1]) - 0.5) < 0.02);
});

test("where nothing crosses the level there is no contour", () => {
  assert.deepEqual(
    contour(
      grid(20, () => 0.8),
      0.5,
    ),
    [],
  );
});

test("a saddle is cut twice, never joined across", () => {
  assert.equal(contour({ n: 2, values: Float32Array.of(1, 0, 0, 1) }, 0.5).length, 8);
});

test("the nearest point is found only within reach", () => {
  const points = Float32Array.of(0, 0, 0.5, 0.5);
  assert.equal(nearestPoint(points, 0.45, 0.5, 0.1), 1);
  assert.equal(nearestPoint(points, 0.25, 0.25, 0.1), -1);
});

test("a flat sheet's cell is found by its place, and none outside", () => {
  const mesh = { columns: 2, rows: 2 };
  const points = flatGrid(mesh);
  assert.deepEqual(
    [
      [-0.5, -0.5],
      [0.5, -0.5],
      [-0.5, 0.5],
      [0.5, 0.5],
    ].map(([x, y]) => cellAt(mesh, points, x, y)),
    [0, 1, 2, 3],
  );
  assert.equal(cellAt(mesh, points, 0.95, 0), -1);
});

test("a grid's value is interpolated between cell centres", () => {
  const ramp = grid(50, (x) => 127.5 * (x + 1));
  assert.ok(Math.abs(valueAt(ramp, 0, 0) - 127.5) < 2);
  assert.equal(valueAt(ramp, 1.2, 0), null);
});

test("the densest cells of the sheet are the darkest", () => {
  const mesh = { columns: 2, rows: 1 };
  // The left cell is ten times as wide as the right one.
  const points = Float32Array.of(-1, 0, 0.8, 0, 1, 0, -1, 1, 0.8, 1, 1, 1);
  const [stretched, dense] = densityLevels(mesh, points, uniform);
  assert.ok(dense > stretched);
});

test("positions glide to where they should be, and stay there", () => {
  const glide = new Glide(() => false);
  glide.aim(Float32Array.of(0, 0), 0);
  glide.advance(1);
  glide.aim(Float32Array.of(1, 2), 1000);
  assert.equal(glide.advance(1016), true);
  assert.ok(glide.shown[0] > 0.2 && glide.shown[0] < 0.6);
  glide.advance(1080);
  assert.ok(glide.shown[0] > 0.9 && glide.shown[0] < 1);
  assert.equal(glide.advance(1300), false);
  assert.deepEqual([...glide.shown], [1, 2]);
});

test("a busy machine, whose every refresh comes just after a frame, still shows the present", () => {
  const glide = new Glide(() => false);
  glide.aim(Float32Array.of(0), 0);
  for (let frame = 1; frame <= 20; frame++) {
    glide.aim(Float32Array.of(frame), 300 * frame);
    glide.advance(300 * frame + 1);
  }
  assert.ok(glide.shown[0] > 18, `shows ${glide.shown[0]}`);
});

test("a moment before the last one moves nothing, least of all backwards", () => {
  const glide = new Glide(() => false);
  glide.aim(Float32Array.of(0), 0);
  glide.advance(1);
  glide.aim(Float32Array.of(1), 1000);
  glide.advance(900);
  assert.deepEqual([...glide.shown], [0]);
});

test("nothing glides for those who asked for less motion", () => {
  const glide = new Glide(() => true);
  glide.aim(Float32Array.of(0, 0), 0);
  glide.aim(Float32Array.of(1, 2), 1000);
  glide.advance(1001);
  assert.deepEqual([...glide.shown], [1, 2]);
});

test("where the noise is dense the sheet is darker, though its cells are alike", () => {
  const mesh = { columns: 8, rows: 8 };
  const levels = densityLevels(mesh, flatGrid(mesh), gaussian);
  assert.ok(levels[3 * 8 + 3] > levels[0]);
});

test("the noise square shows what the engine's grid spans", () => {
  const ends = (noise, ...z) => Array.from(fitNoise(Float32Array.from(z), noise));
  assert.deepEqual(ends(uniform, 0, 0.5, 1), [-1, 0, 1]);
  assert.deepEqual(ends(gaussian, -2.5, 0, 2.5), [-1, 0, 1]);
  assert.deepEqual(Array.from(columnMasses(uniform, 3)), [1, 1, 1]);
});

test("a place in the noise square names its cell", () => {
  const mesh = { columns: 4, rows: 4 };
  assert.equal(noiseCell(mesh, -0.99, -0.99), 0);
  assert.equal(noiseCell(mesh, 0.99, 0.99), 15);
  assert.equal(noiseCell(mesh, 1.2, 0), -1);
});

test("when D is sure of its fakes, minimax pulls nothing, non-saturating all, Wasserstein always", () => {
  const sure = { vectors: Float32Array.of(3, 4), logits: Float32Array.of(-10) };
  const [minimax, nonSaturating, wasserstein] = ["minimax", "nonSaturating", "wasserstein"].map((name) =>
    medianNorm(gradientsUnder(sure, name)),
  );
  assert.ok(minimax < 0.001);
  assert.ok(Math.abs(nonSaturating - 5) < 0.001);
  assert.equal(wasserstein, 5);
});

test("a loss's gradient points away from where the logit rises", () => {
  const [x, y] = gradientsUnder({ vectors: Float32Array.of(1, 0), logits: Float32Array.of(0) }, "minimax");
  assert.ok(x < 0 && Math.abs(y) === 0);
});

test("arrows of one sample stand side by side", () => {
  const moved = beside(Float32Array.of(0, 0, 9, 9, 1, 1), Float32Array.of(1, 0, 0, 0, 0, 2), 2, 0.1);
  assert.deepEqual(
    Array.from(moved, (v) => Number(v.toFixed(3))),
    [-0, 0.1, 0.9, 1].map((v) => v + 0),
  );
});

test("the difference of two maps is neutral where they agree", () => {
  const map = { n: 2, values: Float32Array.of(0, 0.4, 0.8, 1) };
  assert.deepEqual(Array.from(difference(map, map).values), [0.5, 0.5, 0.5, 0.5]);
  const apart = difference({ n: 1, values: Float32Array.of(1) }, { n: 1, values: Float32Array.of(0) });
  assert.equal(apart.values[0], 1);
  assert.equal(difference(map, { n: 1, values: Float32Array.of(0) }), null);
});

test("the colours' scale follows the map, is shared by all maps given, and stays pale where D is flat", () => {
  const flat = { n: 2, values: Float32Array.of(0.49, 0.51, 0.5, 0.5) };
  const steep = { n: 1, values: Float32Array.of(0.6) };
  const flatter = { n: 2, values: flat.values.map((value) => 0.5 + (value - 0.5) / 10) };
  assert.ok(heatSpan(flat) < 0.05 && heatSpan(flat) > 0.01, "it fills less of the scale than a D with opinions");
  assert.ok(heatSpan(flatter) < heatSpan(flat) && heatSpan(flatter) > 0.001);
  assert.ok(Math.abs(heatSpan(flat, steep) - 0.2) < 1e-6);
  assert.equal(heatSpan({ n: 1, values: Float32Array.of(1) }), 0.5);
  assert.equal(heatSpan(undefined, null), 0.005);
  assert.deepEqual(
    [0.5, 0.05, 0.005].map(decimals),
    [2, 3, 4],
    "enough to tell both ends of the scale from the middle",
  );
});

test("faint pulls are enlarged, strong ones never, vanished ones stay out of sight", () => {
  const pull = (norm) => Float32Array.of(norm, 0, 0, norm, -norm, 0);
  const gain = arrowGain(pull(0.02), 1);
  assert.ok(gain > 5 && gain < 6);
  assert.ok(Math.abs(arrowGain(pull(0.04), 0.5) - gain) < 1e-6, "the data's scale does not matter");
  assert.equal(arrowGain(pull(10), 1), 1);
  assert.equal(arrowGain(pull(1e-9), 1), 20);
  assert.equal(arrowGain(pull(1e-9), 1, { n: 1, values: Float32Array.of(0.01) }), 20, "D is sure: it has vanished");
  assert.equal(
    Math.round(arrowGain(pull(1e-9), 1, { n: 1, values: Float32Array.of(0.5) })),
    2000,
    "D is flat: it has come to rest",
  );
  assert.equal(arrowGain(pull(0), 1), 1);
});
