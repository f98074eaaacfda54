/** Scales: data to pixels, and round numbers for people. */

/**
 * @param {[number, number]} domain
 * @param {[number, number]} range
 */
export function linear([d0, d1], [r0, r1]) {
  const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0);
  return (/** @type {number} */ value) => r0 + (value - d0) * slope;
}

/**
 * The smallest and largest finite value, robust against a few wild ones: beyond the 1st and 99th percentile a curve may
 * leave the picture rather than flatten the rest of itself.
 * @param {number[]} values
 * @returns {[number, number] | null} null if nothing is finite.
 */
export function robustExtent(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (/** @type {number} */ part) => sorted[Math.round(part * (sorted.length - 1))];
  return [at(0.01), at(0.99)];
}

/**
 * The next number of the form 1, 2 or 5 times a power of ten.
 * @param {number} value Positive.
 */
export function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const factor of [1, 2, 5]) if (factor * power >= value * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

/** Stops of the speed slider: a step a second … a hundred thousand, then as fast as it goes. */
export const speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, null];

/**
 * @param {number | null} speed
 * @returns {number} The nearest stop.
 */
export function speedStop(speed) {
  if (speed === null) return speeds.length - 1;
  let best = 0;
  speeds.forEach((stop, i) => {
    const known = speeds[best] ?? Infinity;
    if (stop !== null && Math.abs(Math.log(stop / speed)) < Math.abs(Math.log(known / speed))) best = i;
  });
  return best;
}
