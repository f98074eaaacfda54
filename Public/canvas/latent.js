/** The noise square: the part of the latent space that the pictures show, and that the generator's sheet is the image of. */

/** @typedef {{ distribution: string, interval: [number, number] }} Noise `interval` is what each coordinate of the square spans. */

/**
 * @param {Record<string, any>} settings
 * @param {import("../recipe/schema.js").Schema | null} schema It says what the engine's grid spans.
 * @returns {Noise}
 */
export function noiseOf(settings, schema) {
  const distribution = settings["noise.distribution"];
  return { distribution, interval: schema?.noiseGrid[distribution] ?? [0, 1] };
}

/** Standard deviation of a coordinate; uniform noise has the same density everywhere. @type {Record<string, number>} */
const deviations = { truncated: 0.25, gaussian: 1 };

/**
 * Latent coordinates in view units.
 * @param {Float32Array} latent
 * @param {Noise} noise
 */
export function fitNoise(latent, { interval: [low, high] }) {
  return latent.map((z) => (2 * (z - low)) / (high - low) - 1);
}

/**
 * How much of the noise falls into each column (or row) of the grid, up to a common factor.
 * @param {Noise} noise
 * @param {number} count
 */
export function columnMasses({ distribution, interval: [low, high] }, count) {
  const deviation = deviations[distribution];
  return Float32Array.from({ length: count }, (_, i) => {
    if (!deviation) return 1;
    const z = (low + ((i + 0.5) / count) * (high - low) - (low + high) / 2) / deviation;
    return Math.exp(-0.5 * z * z);
  });
}

/**
 * The cell of the noise grid at a place in view units, or −1.
 * @param {{ columns: number, rows: number }} mesh
 * @param {number} x
 * @param {number} y
 */
export function noiseCell({ columns, rows }, x, y) {
  const column = Math.floor(((x + 1) / 2) * columns);
  const row = Math.floor(((y + 1) / 2) * rows);
  return column < 0 || column >= columns || row < 0 || row >= rows ? -1 : row * columns + column;
}
