import assert from "node:assert/strict";
import test from "node:test";
import { ink, inView, simplify, Strokes } from "../../Public/drawing/strokes.js";

const draw = (drawing, ...points) => {
  drawing.begin(0.02, points[0]);
  points.slice(1).forEach((point) => drawing.extend(point));
  drawing.end();
};

test("a straight line keeps its two ends, a corner keeps its corner", () => {
  const line = Array.from({ length: 50 }, (_, i) => [i / 49, 0.5]);
  assert.deepEqual(simplify(line, 0.002), [
    [0, 0.5],
    [1, 0.5],
  ]);
  assert.deepEqual(
    simplify(
      [
        [0, 0],
        [0.25, 0],
        [0.5, 0],
        [0.5, 0.25],
        [0.5, 0.5],
      ],
      0.002,
    ),
    [
      [0, 0],
      [0.5, 0],
      [0.5, 0.5],
    ],
  );
});

test("undo takes back a stroke, and a clear", () => {
  const drawing = new Strokes();
  draw(drawing, [0.1, 0.1], [0.2, 0.2]);
  draw(drawing, [0.5, 0.5], [0.6, 0.5]);
  drawing.clear();
  assert.ok(drawing.empty);
  drawing.undo();
  assert.equal(drawing.strokes.length, 2);
  drawing.undo();
  assert.equal(drawing.strokes.length, 1);
  drawing.undo();
  assert.ok(drawing.empty && !drawing.undoable);
  drawing.undo();
  assert.ok(drawing.empty);
});

test("a drawing stays in the unit square and becomes a target", () => {
  const drawing = new Strokes();
  draw(drawing, [-0.5, 0.5], [1.7, 0.5]);
  assert.deepEqual(drawing.target(), {
    drawing: [
      {
        width: 0.02,
        points: [
          [0, 0.5],
          [1, 0.5],
        ],
      },
    ],
  });
});

test("ink spreads around the line by its width, the same every time", () => {
  const stroke = {
    width: 0.02,
    points: [
      [0.2, 0.5],
      [0.8, 0.5],
    ],
  };
  const dots = ink(stroke, 2000);
  assert.deepEqual(dots, ink(stroke, 2000));
  const spread = Math.sqrt(dots.reduce((sum, [, y]) => sum + (y - 0.5) ** 2, 0) / dots.length);
  assert.ok(Math.abs(spread - 0.02) < 0.002, `spread ${spread}`);
});

test("a single dot has ink too", () => {
  assert.ok(ink({ width: 0.02, points: [[0.5, 0.5]] }, 50).every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)));
});

test("a stroke over a picture lies where the picture shows it, and its ink is as wide there as it was drawn", () => {
  const stroke = {
    width: 0.02,
    points: [
      [0, 0],
      [0.5, 0.5],
      [1, 0.75],
    ],
  };
  assert.deepEqual(inView(stroke, { cx: 0.5, cy: 0.5, half: 0.5 }), stroke);
  assert.deepEqual(inView(stroke, { cx: 1, cy: -1, half: 2 }), {
    width: 0.08,
    points: [
      [-1, -3],
      [1, -1],
      [3, 0],
    ],
  });
  assert.equal(inView(stroke, { cx: 0, cy: 0, half: 50 }).width, 0.2, "no ink is wider than a target's may be");
});
