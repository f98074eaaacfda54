import assert from "node:assert/strict";
import test from "node:test";
import { chartExtent } from "../../Public/charts/line-chart.js";
import { linear, niceCeiling, robustExtent, speeds, speedStop } from "../../Public/charts/scale.js";
import { evenly, gapsBefore, nearest, Series } from "../../Public/charts/series.js";

const points = (from, to, every) =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => ({ step: from + i * every }));

test("a linear scale maps its domain onto its range, either way up", () => {
  const scale = linear([0, 10], [100, 0]);
  assert.deepEqual([0, 5, 10].map(scale), [100, 50, 0]);
  assert.equal(linear([3, 3], [0, 100])(3), 0);
});

test("a spike does not flatten the rest of a curve", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i / 1000);
  values[500] = 1e9;
  values[501] = NaN;
  const [low, high] = robustExtent(values);
  assert.ok(low < 0.02 && high < 1);
  assert.equal(robustExtent([NaN, Infinity]), null);
});

test("a chart shows its floor even when the curve is far above it", () => {
  const model = {
    points: [
      { step: 0, v: 1 },
      { step: 1, v: 2 },
    ],
    value: (p) => p.v,
    steps: [0, 1],
    floor: 0.1,
    ceiling: null,
  };
  const [low, high] = chartExtent(model);
  assert.ok(low < 0.1 && high > 2);
});

test("a logarithmic axis spans what is positive, its floor and at least a factor of two", () => {
  const span = (values, floor) =>
    chartExtent({
      points: values.map((v, step) => ({ step, v })),
      value: (p) => p.v,
      steps: [0, 9],
      floor,
      ceiling: null,
      isLogarithmic: true,
    });
  const [low, high] = span([0, 1, 0.01, NaN], 0.005);
  assert.ok(low > 0.002 && low < 0.005 && high > 1 && high < 2);
  const [flatLow, flatHigh] = span([0.3, 0.3], NaN);
  assert.ok(flatHigh / flatLow >= 2);
  assert.ok(span([], NaN).every((end) => end > 0));
});

test("a curve breaks off where nothing is known, and nowhere else", () => {
  const restarted = [{ step: 0 }, ...points(50_000, 51_000, 10)];
  assert.deepEqual(
    [...gapsBefore(restarted)].map(({ step }) => step),
    [50_000],
  );
  assert.equal(gapsBefore(points(0, 1000, 10)).size, 0);
  assert.equal(gapsBefore([...points(0, 100, 1), ...points(5000, 50_000, 5000)]).size, 0, "faster training is no gap");
  assert.equal(
    gapsBefore([...points(0, 200, 20), { step: 320 }, ...points(340, 500, 20)]).size,
    0,
    "nor is a busy moment",
  );
  assert.equal(gapsBefore([]).size, 0);
});

test("round numbers are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([1, 3, 6, 999, 1000, 1001].map(niceCeiling), [1, 5, 10, 1000, 1000, 2000]);
});

test("every stop of the speed slider is its own nearest stop", () => {
  speeds.forEach((speed, i) => assert.equal(speedStop(speed), i));
  assert.equal(speeds[speedStop(140)], 100);
});

test("a long run always fits, keeps its ends, and stays in order", () => {
  const series = new Series();
  for (let step = 0; step <= 1_000_000; step += 50) series.append([{ step }]);
  assert.ok(series.points.length <= 1024);
  assert.equal(series.points[0].step, 0);
  assert.ok(series.points.at(-1).step > 990_000);
  assert.ok(series.points.every((p, i) => i === 0 || p.step > series.points[i - 1].step));
});

test("points that were told before are not added twice", () => {
  const series = new Series();
  series.append(points(0, 500, 50));
  series.append(points(300, 700, 50));
  assert.deepEqual(
    series.points.map((p) => p.step),
    points(0, 700, 50).map((p) => p.step),
  );
});

test("going back forgets what came after", () => {
  const series = new Series();
  series.append(points(0, 1000, 50));
  series.truncate(420);
  assert.equal(series.points.at(-1).step, 400);
  series.replace(points(0, 100, 50));
  assert.equal(series.points.length, 3);
});

test("the nearest point to a step is found", () => {
  const run = points(0, 1000, 50);
  assert.equal(nearest(run, 0), 0);
  assert.equal(nearest(run, 120), 2);
  assert.equal(nearest(run, 130), 3);
  assert.equal(nearest(run, 9999), 20);
});

test("what was measured finely at first and coarsely later is drawn evenly, to its last point", () => {
  const run = [...points(0, 2400, 20), ...points(2530, 5000, 130), { step: 5001 }];
  const drawn = evenly(run, [0, 5001]);
  const gaps = drawn.slice(1, -1).map(({ step }, i) => step - drawn[i].step);
  assert.ok(Math.max(...gaps) < 1.5 * Math.min(...gaps), `${gaps}`);
  assert.equal(drawn.at(-1).step, 5001);
  const fast = [...points(0, 2500, 10), { step: 6000 }, { step: 10000 }];
  assert.ok(evenly(fast, [0, 10000]).length > 10, "what was seen of a short slow beginning is not lost");
  assert.equal(evenly(run, [0, 2000]).length, 101, "a closer look shows all that is there");
});

test("a stretch that nobody watched does not thin out the rest", () => {
  const run = [...points(0, 9000, 100), ...points(9900, 10000, 100)];
  assert.deepEqual(evenly(run, [0, 10000]), run);
  assert.deepEqual(evenly([], [0, 1]), []);
  assert.deepEqual(evenly([{ step: 3 }], [0, 10]), [{ step: 3 }]);
});
