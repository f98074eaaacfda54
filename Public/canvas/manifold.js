/** The generator's image of a grid of noise: the sheet it folds the noise square into. */

import { columnMasses } from "./latent.js";
import { toX, toY } from "./marks.js";

/** Opacity levels; cells of one level are filled as one path. */
const LEVELS = 8;

/**
 * Cells, darker where many noise points land (small area), as ink thins when it spreads; and the grid's own lines.
 * @param {CanvasRenderingContext2D} context
 * @param {{ columns: number, rows: number }} mesh
 * @param {Float32Array} points
 * @param {import("./latent.js").Noise} noise
 * @param {string} colour
 * @param {number} side
 */
export function manifold(context, mesh, points, noise, colour, side) {
  const { columns, rows } = mesh;
  const stride = columns + 1;
  context.lineJoin = "round";
  if (rows > 0) {
    const levels = densityLevels(mesh, points, noise);
    context.fillStyle = colour;
    for (let level = 0; level < LEVELS; level++) {
      context.beginPath();
      for (let cell = 0; cell < levels.length; cell++) {
        if (levels[cell] !== level) continue;
        const corner = Math.floor(cell / columns) * stride + (cell % columns);
        quad(context, points, corner, corner + 1, corner + stride + 1, corner + stride, side);
      }
      context.globalAlpha = 0.06 + (0.5 * level) / (LEVELS - 1);
      context.fill();
    }
  }
  context.globalAlpha = 0.55;
  context.strokeStyle = colour;
  context.lineWidth = Math.max(0.5, side / 700);
  context.beginPath();
  for (let row = 0; row <= rows; row++) polyline(context, points, row * stride, 1, stride, side);
  if (rows > 0)
    for (let column = 0; column <= columns; column++) polyline(context, points, column, stride, rows + 1, side);
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * The noise's own grid, before the generator warps it, filling the picture.
 * @param {{ columns: number, rows: number }} mesh
 */
export function flatGrid({ columns, rows }) {
  const points = new Float32Array(2 * (columns + 1) * (rows + 1));
  for (let i = 0; i < points.length / 2; i++) {
    points[2 * i] = (1.8 * (i % (columns + 1))) / columns - 0.9;
    points[2 * i + 1] = rows === 0 ? 0 : (1.8 * Math.floor(i / (columns + 1))) / rows - 0.9;
  }
  return points;
}

/**
 * Which of the opacity levels each cell has: by the rank of its density (noise that falls into it, over its area), from
 * the thinnest (0) to the densest.
 * @param {{ columns: number, rows: number }} mesh
 * @param {Float32Array} points
 * @param {import("./latent.js").Noise} noise
 * @returns {Uint8Array}
 */
export function densityLevels({ columns, rows }, points, noise) {
  const stride = columns + 1;
  const [across, up] = [columnMasses(noise, columns), columnMasses(noise, rows)];
  const density = new Float32Array(columns * rows);
  for (let cell = 0; cell < density.length; cell++) {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const a = row * stride + column;
    density[cell] = (across[column] * up[row]) / (quadArea(points, a, a + 1, a + stride + 1, a + stride) + 1e-9);
  }
  const order = Array.from(density.keys()).sort((i, j) => density[i] - density[j]);
  const levels = new Uint8Array(density.length);
  order.forEach((cell, rank) => {
    levels[cell] = Math.floor((rank * LEVELS) / density.length);
  });
  return levels;
}

/**
 * @param {Float32Array} p
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
export function quadArea(p, a, b, c, d) {
  return (
    0.5 *
    Math.abs(
      (p[2 * c] - p[2 * a]) * (p[2 * d + 1] - p[2 * b + 1]) - (p[2 * d] - p[2 * b]) * (p[2 * c + 1] - p[2 * a + 1]),
    )
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} p
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @param {number} side
 */
export function quad(context, p, a, b, c, d, side) {
  context.moveTo(toX(p[2 * a], side), toY(p[2 * a + 1], side));
  context.lineTo(toX(p[2 * b], side), toY(p[2 * b + 1], side));
  context.lineTo(toX(p[2 * c], side), toY(p[2 * c + 1], side));
  context.lineTo(toX(p[2 * d], side), toY(p[2 * d + 1], side));
  context.closePath();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} p
 * @param {number} first
 * @param {number} step
 * @param {number} count
 * @param {number} side
 */
function polyline(context, p, first, step, count, side) {
  for (let i = 0; i < count; i++) {
    const at = 2 * (first + i * step);
    const x = toX(p[at], side);
    const y = toY(p[at + 1], side);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}
