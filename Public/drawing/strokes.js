/** What is being drawn: strokes in the unit square, with undo. Pure; the pad shows it. */

/** @typedef {{ width: number, points: [number, number][] }} Stroke y up; `width` is the standard deviation of the ink. */

/** Points nearer than this to the last one add nothing that can be seen. */
const CLOSEST = 0.004;
/** How far a simplified line may lie from the drawn one. */
const TOLERANCE = 0.002;

export class Strokes {
  constructor() {
    /** @type {Stroke[]} */
    this.strokes = [];
    /** @type {Stroke[][]} */
    this.past = [];
  }

  /**
   * @param {number} width
   * @param {[number, number]} point
   */
  begin(width, point) {
    this.past.push(this.strokes.slice());
    this.strokes = [...this.strokes, { width, points: [clampPoint(point)] }];
  }

  /** @param {[number, number]} point */
  extend(point) {
    const points = this.strokes.at(-1)?.points;
    const last = points?.at(-1);
    if (!points || !last) return;
    const next = clampPoint(point);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) >= CLOSEST) points.push(next);
  }

  /** Ends the stroke: what a straight line says as well is dropped. */
  end() {
    const stroke = this.strokes.at(-1);
    if (stroke) stroke.points = simplify(stroke.points, TOLERANCE).map(([x, y]) => [round(x), round(y)]);
  }

  undo() {
    this.strokes = this.past.pop() ?? this.strokes;
  }

  clear() {
    if (this.strokes.length === 0) return;
    this.past.push(this.strokes);
    this.strokes = [];
  }

  get empty() {
    return this.strokes.length === 0;
  }
  get undoable() {
    return this.past.length > 0;
  }

  /** The drawing as a target of a recipe. */
  target() {
    return { drawing: this.strokes.map(({ width, points }) => ({ width, points })) };
  }
}

/**
 * Ramer, Douglas and Peucker: the fewest points whose polyline stays within `tolerance` of the given one.
 * @param {[number, number][]} points
 * @param {number} tolerance
 * @returns {[number, number][]}
 */
export function simplify(points, tolerance) {
  if (points.length < 3) return points;
  const first = points[0];
  const last = points[points.length - 1];
  let furthest = 0;
  let distance = -1;
  for (let i = 1; i < points.length - 1; i++) {
    const d = segmentDistance(points[i], first, last);
    if (d > distance) [furthest, distance] = [i, d];
  }
  if (distance <= tolerance) return [first, last];
  return [
    ...simplify(points.slice(0, furthest + 1), tolerance).slice(0, -1),
    ...simplify(points.slice(furthest), tolerance),
  ];
}

/**
 * @param {[number, number]} p
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function segmentDistance([px, py], [ax, ay], [bx, by]) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length));
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
}

/** @param {[number, number]} point @returns {[number, number]} */
const clampPoint = ([x, y]) => [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];

/** Four decimals: a tenth of a pixel. @param {number} value */
const round = (value) => Math.round(value * 1e4) / 1e4;

/**
 * Ink as samples would show it: dots around the line, the same every time it is drawn.
 * @param {Stroke} stroke
 * @param {number} count
 * @returns {[number, number][]}
 */
export function ink({ width, points }, count) {
  const lengths = [0];
  for (let i = 1; i < points.length; i++)
    lengths.push(lengths[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
  const total = lengths[lengths.length - 1];
  let segment = 1;
  return Array.from({ length: count }, (_, i) => {
    const at = ((i + 0.5) / count) * total;
    while (segment < lengths.length - 1 && lengths[segment] < at) segment++;
    const [a, b] = [points[segment - 1], points[segment] ?? points[segment - 1]];
    const part = total === 0 ? 0 : (at - lengths[segment - 1]) / (lengths[segment] - lengths[segment - 1] || 1);
    // Box–Muller over two low-discrepancy sequences: looks random, needs no randomness.
    const radius = width * Math.sqrt(-2 * Math.log(1 - ((i * 0.7548776662) % 1) * 0.999));
    const angle = 2 * Math.PI * ((i * 0.569840291) % 1);
    return [
      a[0] + (b[0] - a[0]) * part + radius * Math.cos(angle),
      a[1] + (b[1] - a[1]) * part + radius * Math.sin(angle),
    ];
  });
}

/** The widths that ink can have. */
const WIDTHS = { min: 0.001, max: 0.2 };

/**
 * A stroke that was drawn over a picture, in the coordinates of what the picture shows.
 * @param {Stroke} stroke In the unit square.
 * @param {import("../protocol/frame.js").View} view
 * @returns {Stroke}
 */
export function inView({ width, points }, { cx, cy, half }) {
  return {
    width: Math.min(WIDTHS.max, Math.max(WIDTHS.min, 2 * half * width)),
    points: points.map(([x, y]) => [cx + (2 * x - 1) * half, cy + (2 * y - 1) * half]),
  };
}

/** Length of a stroke, in sides of the square. @param {Stroke} stroke */
export function strokeLength({ points }) {
  return points.reduce(
    (sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - points[i - 1][0], y - points[i - 1][1])),
    0,
  );
}
