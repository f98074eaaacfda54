/** What the picture shows, decided from the numbers: the page says it in words, and a screen reader hears it. */

/**
 * @typedef {object} Evidence
 * @property {number} step
 * @property {"ready" | "playing" | "paused" | "diverged"} status
 * @property {number | null} modes How many the target has.
 * @property {Record<string, { value: number, floor: number }>} metrics By name.
 */

/** @typedef {"diverged" | "untrained" | "waiting" | "collapsed" | "missing" | "matched" | "close" | "learning"} Verdict */

/**
 * Sliced Wasserstein leads (it falls only when the whole picture agrees); modes tell collapse from mere blur.
 * @param {Evidence} evidence
 * @returns {Verdict}
 */
export function verdict({ step, status, modes, metrics }) {
  if (status === "diverged") return "diverged";
  if (step === 0) return "untrained";
  const distance = metrics.slicedWasserstein;
  if (!distance || !Number.isFinite(distance.value)) return "waiting";
  const covered = metrics.modes?.value;
  const ratio = distance.value / (distance.floor > 0 ? distance.floor : 0.02);
  if (modes !== null && modes > 2 && covered <= modes / 4 && step >= 1000 && (metrics.highQuality ?? metrics.precision)?.value > 0.5) return "collapsed";
  // A bridge between clusters moves little mass and so costs little distance, but it is seen.
  const onTarget = metrics.highQuality?.value;
  if (ratio < 2) return onTarget < 0.6 ? "close" : "matched";
  if (modes !== null && covered < modes && ratio < 12 && covered >= modes / 2) return "missing";
  return ratio < 5 ? "close" : "learning";
}
