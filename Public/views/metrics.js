/** The column of charts over the run's whole history: first how good the fakes are, then the losses, which do not say that. */

import { LineChart } from "../charts/line-chart.js";
import { evenly, nearest } from "../charts/series.js";
import { keyCursor } from "../charts/key-cursor.js";
import { zoomByDrag } from "../charts/zoom.js";
import { byId, element, setText } from "../dom.js";
import { paced } from "../loop.js";
import { formatLoss } from "./model.js";
import { metricsByName } from "./summary.js";

/**
 * Charts, top to bottom: what is drawn from the history, in which colour, and whether on a logarithmic axis: a distance
 * falls by orders of magnitude, and the last of them is the interesting one.
 * @type {{ name: string, key: keyof import("../protocol/frame.js").HistoryPoint, colour: keyof import("../canvas/palette.js").Palette, isLogarithmic?: boolean, learner?: "discriminator" | "generator" }[]}
 */
const charts = [
  { name: "slicedWasserstein", key: "slicedWasserstein", colour: "ink", isLogarithmic: true },
  { name: "modes", key: "modes", colour: "real" },
  { name: "kl", key: "kl", colour: "ink2", isLogarithmic: true },
  { name: "js", key: "js", colour: "ink2", isLogarithmic: true },
  { name: "dLoss", key: "dLoss", colour: "discriminator", learner: "discriminator" },
  { name: "gLoss", key: "gLoss", colour: "fake", learner: "generator" },
];

/** Metrics that the history has not: a bar each, below the first chart. */
const shares = ["precision", "recall"];

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

  const rows = charts.map(({ name, key, colour, isLogarithmic = false, learner }) => {
    const label = element("span", { class: "chart-label" });
    const value = element("output", { id: `metric-${name}` });
    const canvas = element("canvas", { "aria-hidden": "true" });
    const figure = element(
      "figure",
      { class: "chart", id: `chart-${name}` },
      element("figcaption", {}, label, value),
      canvas,
    );
    const chart = new LineChart(canvas, () => loop.invalidate(paint));
    canvas.addEventListener("pointermove", (event) => {
      cursor = stepAt(event.offsetX / chart.surface.width);
      loop.invalidate(paint);
    });
    canvas.addEventListener("pointerleave", () => {
      cursor = null;
      loop.invalidate(paint);
    });
    zoomByDrag(canvas, {
      stepAt: (part) => stepAt(part),
      selecting: (steps) => {
        selection = steps;
        loop.invalidate(paint);
      },
      zoom: (steps) => zoom(steps),
    });
    return { name, key, colour, isLogarithmic, learner, label, value, figure, chart };
  });
  const bars = shares.map((name) => {
    const label = element("span", { class: "chart-label" });
    const value = element("output", { id: `metric-${name}` });
    const bar = element("i");
    return {
      name,
      label,
      value,
      bar,
      figure: element(
        "div",
        { class: "share-bar" },
        label,
        element("span", { class: "track", "aria-hidden": "true" }, bar),
        value,
      ),
    };
  });
  const [first, ...others] = rows.map((row) => row.figure);
  root.replaceChildren(
    element("div", { class: "lead" }, first, element("div", { class: "share-bars" }, ...bars.map((row) => row.figure))),
    ...others,
  );

  const span = () => zoomed ?? /** @type {[number, number]} */ ([0, Math.max(1, store.state.step)]);
  const stepAt = (/** @type {number} */ part) => Math.round(span()[0] + part * (span()[1] - span()[0]));
  const zoom = (/** @type {[number, number] | null} */ steps) => {
    zoomed = steps;
    byId("zoom-out").hidden = !steps;
    loop.invalidate(paint);
  };
  byId("zoom-out").onclick = () => zoom(null);
  keyCursor(root, {
    span,
    last: () => Math.max(1, store.state.step),
    cursor: () => cursor,
    zoom,
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
    const values = rows
      .filter(({ figure }) => !figure.hidden)
      .map(({ label, value }) => `${label.textContent} ${value.textContent}`);
    return `${t("timeline.at", { step: number(step) })}: ${values.join(t("list.separator"))}`;
  };

  const paint = () => {
    const { schema, history, comparing, twinHistory, frame, reading, palette, recipe, settings, modes, t, number } =
      store.state;
    if (!schema) return;
    const metrics = metricsByName(schema, reading.frame);
    const edits = (recipe?.timeline ?? []).map((/** @type {any} */ edit) => edit.step);
    const at = cursor !== null && history.points.length > 0 ? history.points[nearest(history.points, cursor)] : null;
    const points = evenly(history.points, span());
    const twin = comparing ? evenly(twinHistory.points, span()) : undefined;
    for (const { name, value, bar } of bars) {
      const part = metrics[name]?.value;
      setText(value, Number.isFinite(part) ? `${Math.round(100 * part)}%` : "–");
      value.dataset.value = String(part ?? "");
      bar.style.transform = `scaleX(${Number.isFinite(part) ? part : 0})`;
    }
    for (const { name, key, colour, isLogarithmic, learner, value, figure, chart } of rows) {
      const isIdle = learner && settings[`${learner}.updates`] === 0; // What does not learn has no loss.
      figure.hidden = name === "modes" && !modes;
      const current = at
        ? at[key]
        : isIdle
          ? NaN
          : name === "dLoss"
            ? frame.losses?.d
            : name === "gLoss"
              ? frame.losses?.g
              : metrics[name]?.value;
      setText(value, format(name, current, modes));
      value.dataset.value = current === undefined ? "" : String(current);
      chart.draw(
        {
          points,
          twin,
          value: (point) => (learner && point.step === 0 ? NaN : point[key]),
          steps: span(),
          colour: /** @type {string} */ (palette[colour]),
          isLogarithmic,
          floor: metrics[name]?.floor ?? NaN,
          ceiling: name === "modes" && modes ? modes * 1.08 : null,
          edits,
          cursor: at?.step ?? null,
          selection,
          axes: at && t("timeline.at", { step: number(at.step) }),
        },
        palette,
      );
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
    for (const { name, label, figure } of bars) {
      const info = schema.metrics?.find((/** @type {any} */ metric) => metric.name === name);
      figure.hidden = !info;
      if (!info) continue;
      label.textContent = words.metric(info);
      figure.title = words.metricHelp(info);
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
