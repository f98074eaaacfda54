/** The column of charts: both losses and every metric, over the run's whole history. */

import { LineChart } from "../charts/line-chart.js";
import { evenly, nearest } from "../charts/series.js";
import { keyCursor } from "../charts/key-cursor.js";
import { zoomByDrag } from "../charts/zoom.js";
import { byId, element, setText } from "../dom.js";
import { paced } from "../loop.js";
import { formatLoss } from "./model.js";
import { metricsByName } from "./summary.js";

/** Charts, top to bottom: what is drawn from the history, and in which colour. @type {{ name: string, key: keyof import("../protocol/frame.js").HistoryPoint, colour: keyof import("../canvas/palette.js").Palette }[]} */
const charts = [
  { name: "dLoss", key: "dLoss", colour: "discriminator" },
  { name: "gLoss", key: "gLoss", colour: "fake" },
  { name: "slicedWasserstein", key: "slicedWasserstein", colour: "ink" },
  { name: "modes", key: "modes", colour: "real" },
  { name: "kl", key: "kl", colour: "ink2" },
  { name: "js", key: "js", colour: "ink2" },
];

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 */
export function createMetrics({ root, store, loop }) {
  /** @type {number | null} */
  let cursor = null;
  /** The steps that the charts show; null for the whole run. @type {[number, number] | null} */
  let zoomed = null;
  /** @type {[number, number] | null} */
  let selection = null;

  const rows = charts.map(({ name, key, colour }) => {
    const label = element("span", { class: "chart-label" });
    const value = element("output", { id: `metric-${name}` });
    const canvas = element("canvas", { "aria-hidden": "true" });
    const figure = element("figure", { class: "chart", id: `chart-${name}` }, element("figcaption", {}, label, value), canvas);
    const chart = new LineChart(canvas, () => loop.invalidate(paint));
    canvas.addEventListener("pointermove", (event) => { cursor = stepAt(event.offsetX / chart.surface.width); loop.invalidate(paint); });
    canvas.addEventListener("pointerleave", () => { cursor = null; loop.invalidate(paint); });
    zoomByDrag(canvas, { stepAt: (part) => stepAt(part), selecting: (steps) => { selection = steps; loop.invalidate(paint); }, zoom: (steps) => zoom(steps) });
    return { name, key, colour, label, value, figure, chart };
  });
  root.replaceChildren(...rows.map((row) => row.figure));

  const span = () => zoomed ?? /** @type {[number, number]} */ ([0, Math.max(1, store.state.step)]);
  const stepAt = (/** @type {number} */ part) => Math.round(span()[0] + part * (span()[1] - span()[0]));
  const zoom = (/** @type {[number, number] | null} */ steps) => {
    zoomed = steps;
    byId("zoom-out").hidden = !steps;
    loop.invalidate(paint);
  };
  byId("zoom-out").onclick = () => zoom(null);
  keyCursor(root, {
    span, last: () => Math.max(1, store.state.step), cursor: () => cursor, zoom,
    move: (step) => {
      cursor = step;
      paint();
      if (step !== null) setText(byId("spoken"), told());
    },
  });

  /** Every value at the cursor, in words. */
  const told = () => {
    const { t, number, history } = store.state;
    if (cursor === null || history.points.length === 0) return "";
    const { step } = history.points[nearest(history.points, cursor)];
    const values = rows.filter(({ figure }) => !figure.hidden).map(({ label, value }) => `${label.textContent} ${value.textContent}`);
    return `${t("timeline.at", { step: number(step) })}: ${values.join(", ")}`;
  };

  const paint = () => {
    const { schema, history, comparing, twinHistory, frame, reading, palette, recipe, modes, t, number } = store.state;
    if (!schema) return;
    const metrics = metricsByName(schema, reading.frame);
    const edits = (recipe?.timeline ?? []).map((/** @type {any} */ edit) => edit.step);
    const at = cursor !== null && history.points.length > 0 ? history.points[nearest(history.points, cursor)] : null;
    const points = evenly(history.points, span());
    const twin = comparing ? evenly(twinHistory.points, span()) : undefined;
    for (const { name, key, colour, value, figure, chart } of rows) {
      const isLoss = key === "dLoss" || key === "gLoss"; // Before the first update there is none.
      figure.hidden = name === "modes" && !modes;
      const current = at ? at[key] : name === "dLoss" ? frame.losses?.d : name === "gLoss" ? frame.losses?.g : metrics[name]?.value;
      setText(value, format(name, current, modes));
      value.dataset.value = current === undefined ? "" : String(current);
      chart.draw({
        points, twin, value: (point) => (isLoss && point.step === 0 ? NaN : point[key]), steps: span(), colour: /** @type {string} */ (palette[colour]),
        floor: metrics[name]?.floor ?? NaN, ceiling: name === "modes" && modes ? modes * 1.08 : null, edits, cursor: at?.step ?? null, selection, axes: at && t("timeline.at", { step: number(at.step) }),
      }, palette);
    }
  };
  const draw = paced(paint);

  store.watch(["words", "t"], (/** @type {any} */ { words, schema, t }) => {
    root.setAttribute("aria-label", t("metrics.charts"));
    if (!words || !schema) return;
    for (const { name, label, figure } of rows) {
      const info = schema.metrics?.find((/** @type {any} */ metric) => metric.name === name);
      label.textContent = info ? words.metric(info) : t(`metric.${name}`);
      figure.title = info ? words.metricHelp(info) : t(`metricHelp.${name}`);
    }
  });
  store.watch(["frame", "reading", "palette", "historyRevision", "recipe", "step"], () => loop.invalidate(draw));
}

/**
 * @param {string} name
 * @param {number | undefined} value
 * @param {number | null} modes
 */
function format(name, value, modes) {
  if (value === undefined || !Number.isFinite(value)) return "–";
  if (name === "modes") return `${Math.round(value)} / ${modes}`;
  return formatLoss(value);
}
