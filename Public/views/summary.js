/** The sentence over the picture: the headline is spoken politely when it changes, the figures are only seen. */

import { element, setText, svg } from "../dom.js";
import { figures, verdictName } from "./verdict.js";

/** @typedef {Pick<import("./reading.js").Reading, "frame" | "verdict" | "status">} Told What is known of the run that a summary speaks of. */

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {(reading: import("./reading.js").Reading) => Told} [context.of] Which of the runs it speaks of; the session's own, if not said.
 */
export function createSummary({ root, store, of = (reading) => reading }) {
  const glyph = svg("path");
  const words = element("span");
  const headline = element(
    "b",
    {},
    svg("svg", { class: "state", viewBox: "0 0 24 24", "aria-hidden": "true" }, glyph),
    words,
  );
  const details = element("span");
  // Seen by all, heard only when it changes: the details run, the headline rarely does.
  root.replaceChildren(headline, " ", details);
  details.setAttribute("aria-live", "off");

  store.watch(["reading", "modes", "schema", "t"], (/** @type {any} */ { reading, t, schema, modes, number }) => {
    if (!schema) return;
    const { step, playing } = reading;
    const { frame, verdict, status } = of(reading);
    const metrics = metricsByName(schema, frame);
    const name = verdictName({ step, status, playing, verdict });
    const values = figures(verdict, metrics, modes);
    const lost = name === "diverged" ? undefined : verdict?.lost;
    setText(words, lost ? t("verdict.lost", { since: number(lost.since) }) : t(`verdict.${name}`));
    root.dataset.verdict = name;
    const mood = lost ? "trouble" : name === "learned" ? "good" : t.has(`verdict.${name}.try`) ? "trouble" : "open";
    headline.dataset.state = mood;
    glyph.setAttribute("d", glyphs[mood]);
    const none = `verdict.${name}.none`;
    const seen = values.covered === 0 && t.has(none) ? none : `verdict.${name}.seen`;
    const told = t.has(seen) ? t(seen, { ...values, step: number(step) }) : describe(t, metrics, modes);
    setText(details, lost ? `${t(`verdict.${name}`)} ${told}` : told);
  });
}

/** Whether the run is where it should be, as a shape: a tick, an exclamation mark, or an open circle. */
const glyphs = {
  good: "M12 3a9 9 0 1 0 .01 0zM7.5 12.5l3 3 6-7",
  trouble: "M12 3.5 2.5 20.5h19zM12 10v4.5M12 17.3v.2",
  open: "M12 3a9 9 0 1 0 .01 0z",
};

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
  if (modes && covered && Number.isFinite(covered.value))
    parts.push(t("summary.modes", { n: covered.value, of: modes }));
  if (precision && Number.isFinite(precision.value))
    parts.push(t("summary.precision", { percent: Math.round(100 * precision.value) }));
  if (slicedWasserstein && Number.isFinite(slicedWasserstein.value)) {
    const value = slicedWasserstein.value.toFixed(3);
    parts.push(
      Number.isFinite(slicedWasserstein.floor)
        ? t("summary.distanceFloor", { value, floor: slicedWasserstein.floor.toFixed(3) })
        : t("summary.distance", { value }),
    );
  }
  return parts.join(" · ");
}

/**
 * @param {import("../recipe/schema.js").Schema} schema
 * @param {Partial<import("../protocol/frame.js").Frame>} frame
 * @returns {Record<string, { value: number, floor: number }>}
 */
export function metricsByName(schema, frame) {
  const names = new Map(schema.metrics?.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    (frame.metrics ?? []).map(({ id, value, floor }) => [names.get(id) ?? id, { value, floor }]),
  );
}
