/** The server's verdict on a run, with what a sentence about it needs: the page decides nothing, it finds the words. */

/**
 * @typedef {object} Verdict As the server says it.
 * @property {string} name
 * @property {Record<string, number>} evidence
 * @property {{ since: number, best: number }} [lost] The run had learned, until the step `since`; `best` was its best step.
 */
/** @typedef {Record<string, { value: number, floor: number }>} Metrics By name. */

/**
 * What is said of a run: the server's verdict, "untrained" until it is played, "warmingUp" before it has one.
 * @param {{ step: number, status: string, playing: boolean, verdict: Verdict | null }} run
 * @returns {string}
 */
export function verdictName({ step, status, playing, verdict }) {
  if (status === "diverged") return "diverged";
  if (step === 0) return playing ? "warmingUp" : "untrained";
  return verdict?.name ?? "warmingUp";
}

/**
 * The figures that the sentence may name. A verdict is told when it changes, the metrics always: they are the fresher.
 * @param {Verdict | null} verdict
 * @param {Metrics} metrics
 * @param {number | null} modes How many the target has.
 * @returns {Record<string, string | number>}
 */
export function figures(verdict, metrics, modes) {
  const { covered, of, share, recall, precision, gradient } = verdict?.evidence ?? {};
  const known = (/** @type {string} */ name, /** @type {number | undefined} */ told) =>
    Number.isFinite(metrics[name]?.value) ? metrics[name].value : (told ?? NaN);
  const { value, floor } = metrics.slicedWasserstein ?? {};
  const ratio = value / floor;
  const percent = (/** @type {number} */ part) => Math.round(100 * part);
  return {
    covered: Math.round(known("modes", covered)),
    of: modes ?? of ?? 0,
    ratio: Number.isFinite(ratio) ? ratio.toFixed(ratio < 10 ? 1 : 0) : "–",
    outside: percent(known("outside", share)),
    recall: percent(known("recall", recall)),
    precision: percent(known("precision", precision)),
    gradient: known("gradientNorm", gradient).toPrecision(1),
  };
}
