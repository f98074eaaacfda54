/** The sentence under the picture. Spoken politely and rarely; shown as often as it can be read. */

import { element } from "../dom.js";
import { verdict } from "./verdict.js";

const PACE = 500;

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {(frame: Partial<import("../protocol/frame.js").Frame>) => Partial<import("../protocol/frame.js").Frame>} [context.of] Which run of a frame it speaks of.
 */
export function createSummary({ root, store, of = (frame) => frame }) {
  const headline = element("b");
  const details = element("span");
  // Seen by all, heard only when it changes: the details run, the headline rarely does.
  root.replaceChildren(headline, " ", details);
  details.setAttribute("aria-live", "off");
  let timer = 0;

  const write = () => {
    timer = 0;
    const { t, schema, frame, step, status, modes, message } = store.state;
    if (!t || !schema) return;
    const metrics = metricsByName(schema, of(frame));
    const found = verdict({ step, status: of(frame) === frame ? status : "paused", modes, metrics });
    const text = t(`verdict.${found}`);
    if (headline.textContent !== text) headline.textContent = text;
    root.dataset.verdict = found;
    const explanation = t.has(`verdict.${found}.details`) ? t(`verdict.${found}.details`) : "";
    details.textContent = [found === "diverged" ? message : describe(t, metrics, modes), explanation].filter(Boolean).join(" ");
  };
  store.watch(["frame", "status", "t", "modes", "step"], () => { timer ||= window.setTimeout(write, PACE); });
  store.watch(["status", "t"], write);
}

/**
 * @param {import("../i18n.js").Translate} t
 * @param {Record<string, { value: number, floor: number }>} metrics
 * @param {number | null} modes
 */
function describe(t, metrics, modes) {
  const parts = [];
  const { modes: covered, slicedWasserstein } = metrics;
  // Where the clusters are known, on target means near one; elsewhere, near a real sample.
  const precision = Number.isFinite(metrics.highQuality?.value) ? metrics.highQuality : metrics.precision;
  if (modes && covered && Number.isFinite(covered.value)) parts.push(t("summary.modes", { n: covered.value, of: modes }));
  if (precision && Number.isFinite(precision.value)) parts.push(t("summary.precision", { percent: Math.round(100 * precision.value) }));
  if (slicedWasserstein && Number.isFinite(slicedWasserstein.value)) {
    const value = slicedWasserstein.value.toFixed(3);
    parts.push(Number.isFinite(slicedWasserstein.floor) ? t("summary.distanceFloor", { value, floor: slicedWasserstein.floor.toFixed(3) }) : t("summary.distance", { value }));
  }
  return parts.join(" ");
}

/**
 * @param {import("../recipe/schema.js").Schema} schema
 * @param {Partial<import("../protocol/frame.js").Frame>} frame
 * @returns {Record<string, { value: number, floor: number }>}
 */
export function metricsByName(schema, frame) {
  const names = new Map(schema.metrics?.map(({ id, name }) => [id, name]));
  return Object.fromEntries((frame.metrics ?? []).map(({ id, value, floor }) => [names.get(id) ?? id, { value, floor }]));
}
