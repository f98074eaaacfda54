/** What lies under the pointer. All positions in view units. */

/**
 * Index of the nearest point within reach, or −1.
 * @param {Float32Array} points x, y, x, y …
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
export function nearestPoint(points, x, y, reach) {
  let best = -1;
  let distance = reach * reach;
  for (let i = 0; i < points.length; i += 2) {
    const d = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
    if (d < distance) [best, distance] = [i / 2, d];
  }
  return best;
}

/**
 * The cell of a warped grid that covers a place, or −1. Where the sheet is folded, the last one: it lies on top.
 * @param {{ columns: number, rows: number }} mesh
 * @param {Float32Array} points
 * @param {number} x
 * @param {number} y
 */
export function cellAt({ columns, rows }, points, x, y) {
  const stride = columns + 1;
  for (let cell = columns * rows - 1; cell >= 0; cell--) {
    const a = Math.floor(cell / columns) * stride + (cell % columns);
    if (inQuad(points, [a, a + 1, a + stride + 1, a + stride], x, y)) return cell;
  }
  return -1;
}

/**
 * Even–odd rule, so that a twisted cell is no special case.
 * @param {Float32Array} p
 * @param {number[]} corners
 * @param {number} x
 * @param {number} y
 */
function inQuad(p, corners, x, y) {
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = [p[2 * corners[i]], p[2 * corners[i] + 1]];
    const [bx, by] = [p[2 * corners[j]], p[2 * corners[j] + 1]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * The value of a grid at a place, between its cells' centres interpolated; null outside.
 * @param {import("../protocol/frame.js").Grid} grid
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function valueAt({ n, values }, x, y) {
  if (Math.abs(x) > 1 || Math.abs(y) > 1) return null;
  const bound = (/** @type {number} */ v) => Math.min(n - 1, Math.max(0, v));
  const column = bound(((x + 1) / 2) * n - 0.5);
  const row = bound(((y + 1) / 2) * n - 0.5);
  const [c, r] = [Math.min(n - 2, Math.floor(column)), Math.min(n - 2, Math.floor(row))];
  const [u, v] = [column - c, row - r];
  const i = r * n + c;
  return (1 - v) * ((1 - u) * values[i] + u * values[i + 1]) + v * ((1 - u) * values[i + n] + u * values[i + n + 1]);
}
