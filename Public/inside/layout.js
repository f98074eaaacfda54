/** Where each unit of a network stands: layers from left to right, units of a layer in as few columns as fit. */

/** @typedef {{ layer: number, unit: number, x: number, y: number }} Cell `layer` −1 holds the inputs; x, y are its corner. */

/**
 * @typedef {object} UnitLayout
 * @property {number} size Side of a unit's map.
 * @property {Cell[][]} layers The inputs first.
 */

const LARGEST = 40;
const SMALLEST = 7;
/** How much smaller maps may be, so that no column is left half empty. */
const LEAST = 0.65;
/** Room for the lines between two layers, as a part of the width, at least. */
const NARROWEST_GUTTER = 0.07;

/**
 * @param {readonly number[]} counts Units shown: inputs, hidden layers, outputs.
 * @param {number} width
 * @param {number} height
 * @returns {UnitLayout}
 */
export function layoutUnits(counts, width, height) {
  const gutters = counts.length - 1;
  const gutter = NARROWEST_GUTTER * width;
  const rowsAt = (/** @type {number} */ side) => Math.max(1, Math.floor(height / pitch(side)));
  const columnsAt = (/** @type {number} */ side) => counts.map((count) => Math.ceil(count / rowsAt(side)));
  const widthAt = (/** @type {number} */ side) =>
    columnsAt(side).reduce((sum, columns) => sum + columns * pitch(side), 0) + gutters * gutter;
  const isFull = (/** @type {number} */ side) => counts.every((count, i) => count % columnsAt(side)[i] === 0);

  let largest = LARGEST;
  while (largest > SMALLEST && widthAt(largest) > width) largest--;
  let size = largest;
  while (!isFull(size) && size > Math.max(SMALLEST, LEAST * largest)) size--;
  if (!isFull(size)) size = largest;

  const columns = columnsAt(size);
  const total = columns.reduce((sum, count) => sum + count * pitch(size), 0);
  const spread = gutters > 0 ? Math.max(0, (width - total) / gutters) : 0;
  let left = 0;
  const layers = counts.map((count, index) => {
    const rows = Math.ceil(count / columns[index]);
    const top = (height - rows * pitch(size)) / 2;
    const cells = Array.from({ length: count }, (_, unit) => ({
      layer: index - 1,
      unit,
      x: left + Math.floor(unit / rows) * pitch(size) + gap(size) / 2,
      y: top + (unit % rows) * pitch(size) + gap(size) / 2,
    }));
    left += columns[index] * pitch(size) + spread;
    return cells;
  });
  return { size, layers };
}

/** @param {number} size */
const gap = (size) => Math.max(2, Math.round(size / 7));

/** @param {number} size */
const pitch = (size) => size + gap(size);
