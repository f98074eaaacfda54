import assert from "node:assert/strict";
import test from "node:test";
import { resized } from "../../Public/views/field-control.js";
import { counts, fixed, formatNumber, nudge, parseValue, sameValue } from "../../Public/recipe/schema.js";

const rate = { kind: "number", min: 1e-6, max: 10, logarithmic: true, zero: true };
const share = { kind: "number", min: 0, max: 0.999 };
const count = { kind: "integer", min: 1, max: 20 };

test("numbers are written as a person writes them", () => {
  assert.equal(formatNumber(0.002), "0.002");
  assert.equal(formatNumber(0.1 + 0.2), "0.3");
  assert.equal(formatNumber(1e-8), "1e-8");
  assert.equal(formatNumber(128), "128");
  assert.equal(formatNumber(NaN), "–");
});

test("nothing is not negative", () => {
  assert.deepEqual(
    [-0.0001, 0, -0.0006, 1.5].map((value) => fixed(value, 3)),
    ["0.000", "0.000", "-0.001", "1.500"],
  );
});

test("a logarithmic setting climbs a ladder of round values, and comes down the same way", () => {
  const up = [0.001];
  for (let i = 0; i < 6; i++) up.push(nudge(rate, up.at(-1), 1));
  assert.deepEqual(up, [0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01]);
  const down = [0.01];
  for (let i = 0; i < 6; i++) down.push(nudge(rate, down.at(-1), -1));
  assert.deepEqual(down, [...up].reverse());
});

test("a value between two rungs goes to a rung, not astray", () => {
  assert.equal(nudge(rate, 0.0021, 1), 0.003);
  assert.equal(nudge(rate, 0.0095, 1), 0.015);
});

test("nudging stays in range, and reaches 0 only where 0 means off", () => {
  assert.equal(nudge(rate, 10, 5), 10);
  assert.equal(nudge(rate, 1e-6, -1), 0);
  assert.equal(nudge(rate, 0, 1), 1e-6);
  assert.equal(nudge({ ...rate, zero: false }, 1e-6, -3), 1e-6);
  assert.equal(nudge(count, 1, -1), 1);
  assert.equal(nudge(count, 19, 10), 20);
  assert.equal(nudge(share, 0, -1), 0);
});

test("what was typed is a value of the field's kind, or nothing", () => {
  assert.equal(parseValue(rate, " 1e-3 "), 0.001);
  assert.equal(parseValue(rate, "0,5"), 0.5);
  assert.equal(parseValue(rate, "fast"), null);
  assert.equal(parseValue(rate, ""), null);
  assert.equal(parseValue(count, "2.5"), null);
  assert.deepEqual(parseValue({ kind: "widths" }, "64, 32"), [64, 32]);
  assert.deepEqual(parseValue({ kind: "widths" }, "64×32"), [64, 32]);
  assert.equal(parseValue({ kind: "widths" }, "64, wide"), null);
});

test("targets are compared by what they say", () => {
  assert.ok(sameValue({ drawing: [] }, { drawing: [] }));
  assert.ok(!sameValue("ring", "line"));
});

test("a setting counts where the setting it needs is as it needs it", () => {
  const beta = { needs: { path: "optimizer.kind", values: ["adam"] } };
  assert.equal(counts(beta, { "optimizer.kind": "adam" }), true);
  assert.equal(counts(beta, { "optimizer.kind": "sgd" }), false);
  const target = { needs: { path: "penalty.gradient", values: [] } };
  assert.equal(counts(target, { "penalty.gradient": 0.1 }), true);
  assert.equal(counts(target, { "penalty.gradient": 0 }), false);
  assert.equal(counts({}, {}), true);
});

test("layers come and go, neurons stay: what was there before there was none comes back", () => {
  assert.deepEqual(resized([64, 16], 3, [32, 32]), [64, 16, 16]);
  assert.deepEqual(resized([64, 16], 1, [32, 32]), [64]);
  assert.deepEqual(resized([64, 16], 0, [32, 32]), []);
  assert.deepEqual(resized([], 2, [64, 16]), [64, 16]);
});
