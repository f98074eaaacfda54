/** Where a grid of values crosses a level, by marching squares with linear interpolation. */

/**
 * Segments of the contour, four numbers each (x0, y0, x1, y1), in view units. The grid's values stand at cell centres.
 * @param {import("../protocol/frame.js").Grid} grid
 * @param {number} level
 * @returns {number[]}
 */
export function contour(grid, level) {
  const { n } = grid;
  const values = smooth(grid);
  const at = (/** @type {number} */ index) => (2 * (index + 0.5)) / n - 1;
  /** @type {number[]} */
  const segments = [];
  for (let row = 0; row < n - 1; row++) {
    for (let column = 0; column < n - 1; column++) {
      const i = row * n + column;
      const corners = [values[i], values[i + 1], values[i + n + 1], values[i + n]];
      // Crossings of the cell's edges: bottom, right, top, left.
      const crossings = [];
      for (let edge = 0; edge < 4; edge++) {
        const a = corners[edge];
        const b = corners[(edge + 1) % 4];
        if (a < level === b < level) continue;
        const part = (level - a) / (b - a);
        const along = [
          [column + part, row],
          [column + 1, row + part],
          [column + 1 - part, row + 1],
          [column, row + 1 - part],
        ][edge];
        crossings.push(at(along[0]), at(along[1]));
      }
      if (crossings.length === 4) segments.push(...crossings);
      // A saddle: the middle decides which corners belong together.
      else if (crossings.length === 8) segments.push(...saddle(crossings, corners, level));
    }
  }
  return segments;
}

/**
 * The grid blurred by [1 2 1] both ways: its values came as bytes, whose steps a contour would follow.
 * @param {import("../protocol/frame.js").Grid} grid
 */
function smooth({ n, values }) {
  const at = (/** @type {number} */ row, /** @type {number} */ column) =>
    values[Math.min(n - 1, Math.max(0, row)) * n + Math.min(n - 1, Math.max(0, column))];
  return Float32Array.from(values, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    let sum = 0;
    for (let r = -1; r <= 1; r++)
      for (let c = -1; c <= 1; c++) sum += (2 - Math.abs(r)) * (2 - Math.abs(c)) * at(row + r, column + c);
    return sum / 16;
  });
}

/**
 * @param {number[]} crossings
 * @param {number[]} corners
 * @param {number} level
 */
function saddle(crossings, corners, level) {
  const [bottom, right, top, left] = [0, 2, 4, 6].map((i) => crossings.slice(i, i + 2));
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4;
  return middle < level === corners[0] < level
    ? [...bottom, ...right, ...top, ...left]
    : [...bottom, ...left, ...right, ...top];
}
