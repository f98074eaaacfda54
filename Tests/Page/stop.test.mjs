import assert from "node:assert/strict";
import test from "node:test";
import { nextRound } from "../../Public/views/stop.js";
import { groupEdits } from "../../Public/views/timeline.js";

test("the step that is offered to stop at is a round one beyond the run", () => {
  assert.equal(nextRound(0), 1000);
  assert.equal(nextRound(1000), 2000);
  assert.equal(nextRound(12_345), 20_000);
});

test("strokes close together are one tick, and none with an edit of a setting", () => {
  const stroke = (step) => ({ step, draw: { width: 0.02, points: [[0.5, 0.5]] } });
  const timeline = [stroke(10), stroke(12), { step: 13, set: "batch", to: 64 }, stroke(14), stroke(500)];
  assert.deepEqual(
    groupEdits(timeline, 20).map(({ step }) => step),
    [10, 13, 14, 500],
  );
});
