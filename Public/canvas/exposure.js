/**
 * How strongly the picture shows what is there, as a camera's exposure: in a balanced game D stays within a few
 * hundredths of one half and pulls are faint, and a fixed scale would show an empty plane. The legend says the scale.
 */

import { medianNorm } from "./pulls.js";

/** @typedef {import("../protocol/frame.js").Grid} Grid */

/**
 * Several views look at one frame, some at every refresh of the screen: what is measured of it is kept as long as it is.
 * @template {object} Data
 * @param {(data: Data) => number} measure
 * @returns {(data: Data) => number}
 */
function once(measure) {
  /** @type {WeakMap<Data, number>} */
  const known = new WeakMap();
  return (data) => {
    const value = known.get(data) ?? measure(data);
    known.set(data, value);
    return value;
  };
}

/** Root mean square of a grid's distance from one half. */
const leaning = once((/** @type {Grid} */ { values }) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / values.length),
);

const usualNorm = once(medianNorm);

/** Below this distance from one half colours follow D only by half (as a square root): a flat D is paler, and calmer. */
const FLAT_SPAN = 0.05;
/** The fullest colour never stands for less than this. */
const LEAST_SPAN = 0.005;

/**
 * The distance from one half that the fullest colour stands for: twice the root mean square over the plane, so that a
 * few steep corners do not fade the rest.
 * @param {(Grid | null | undefined)[]} grids Shown to the same scale.
 */
export function heatSpan(...grids) {
  const usual = 2 * Math.max(0, ...grids.map((grid) => (grid ? leaning(grid) : 0)));
  return Math.min(0.5, Math.max(LEAST_SPAN, usual < FLAT_SPAN ? Math.sqrt(FLAT_SPAN * usual) : usual));
}

/** Whether D says nearly the same everywhere, so that its colours are stretched to be seen. @param {number} span */
export const isFlat = (span) => span < FLAT_SPAN;

/** How many decimals say D under this scale. @param {number} span */
export const decimals = (span) => (span < 0.0095 ? 4 : span < 0.095 ? 3 : 2);

/** Half of the fakes should have an arrow longer than this, in half-views. */
const WANTED_ARROW = 0.07;
/**
 * Pulls are never enlarged more than this: a gradient that has vanished looks vanished. Where D is flat around one half
 * it has not vanished but come to rest, and Adam still follows it: there pulls are enlarged further, up to 2000 times.
 */
const MOST_GAIN = 20;
/** Length of an arrow, in half-views, for a gradient that would change the loss by 1 over a half-view. */
const ARROW = 0.6;

/**
 * How many times longer than life the arrows are drawn.
 * @param {Float32Array} gradients In data units.
 * @param {number} half The view's half-extent.
 * @param {Grid | null | undefined} heatmap D's opinion, from which they come.
 */
export function arrowGain(gradients, half, heatmap) {
  const usual = ARROW * half * usualNorm(gradients);
  const most = heatmap ? MOST_GAIN * Math.max(1, FLAT_SPAN / heatSpan(heatmap)) ** 2 : MOST_GAIN;
  return usual > 0 ? Math.min(most, Math.max(1, WANTED_ARROW / usual)) : 1;
}

/**
 * Half-views an arrow is long for a gradient of 1 in data units.
 * @param {number} half
 * @param {number} gain
 */
export const arrowScale = (half, gain) => ARROW * half * gain;
