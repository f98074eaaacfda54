/** What colour, length and opacity mean, under the picture: only for the layers that are on. */

import { arrowGain, decimals } from "../canvas/exposure.js";
import { factors, gradientsUnder, medianNorm } from "../canvas/pulls.js";
import { byId, element, setText } from "../dom.js";
import { formatNumber } from "../recipe/schema.js";
import { groundSpan } from "./layered.js";

/** Milliseconds between two changes of the numbers. */
const PACE = 300;

/** @param {{ store: any }} context */
export function createLegend({ store }) {
  const names = /** @type {(keyof typeof factors)[]} */ (Object.keys(factors));
  const strengths = new Map(names.map((name) => [name, element("b", { id: `pull-${name}` })]));
  const [lowest, highest, gain] = ["legend-lowest", "legend-highest", "legend-gain"].map((id) => element("b", { id }));

  /** The scales, which follow the frames. @param {any} state */
  const measure = ({ frame, layers, view, t }) => {
    const span = groundSpan(frame, layers);
    setText(lowest, (0.5 - span).toFixed(decimals(span)));
    setText(highest, (0.5 + span).toFixed(decimals(span)));
    const factor = frame.gradients && view ? Math.round(Number(arrowGain(frame.gradients.vectors, view.half, frame.heatmap).toPrecision(2))) : 1;
    setText(gain, factor > 1 ? t("legend.times", { factor }) : "");
    if (!layers.pulls || !frame.pulls) return;
    for (const [name, cell] of strengths) setText(cell, formatNumber(Number(medianNorm(gradientsUnder(frame.pulls, name)).toPrecision(2))));
  };

  // The picture makes room for a second row.
  const legend = byId("legend");
  new ResizeObserver(() => { legend.dataset.rows = legend.offsetHeight > 1.5 * parseFloat(getComputedStyle(legend).minHeight) ? "2" : "1"; }).observe(legend);

  let timer = 0;
  store.watch(["frame", "layers"], () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      measure(store.state);
    }, PACE);
  });

  store.watch(["layers", "t"], (/** @type {any} */ { layers, t }) => {
    const scale = (/** @type {string} */ name, /** @type {(Node | string)[]} */ low, /** @type {(Node | string)[]} */ high) =>
      element("span", { class: "scale" }, ...low, element("i", { class: `ramp ${name}` }), ...high);
    legend.replaceChildren(
      ...(layers.difference ? [scale("heat", [t("legend.below")], [t("legend.above")])] : layers.heatmap || layers.optimum ? [scale("heat", [t("legend.fake"), lowest], [highest, t("legend.real")])] : []),
      ...(layers.manifold && !layers.pulls ? [scale("ink", [t("legend.few")], [t("legend.many")])] : []),
      ...(layers.pulls ? names.map((name) => element("span", { class: "scale" }, element("i", { class: `ramp arrow ${name}` }), t(`legend.pull.${name}`), strengths.get(name))) : []),
      ...(layers.gradients && !layers.pulls ? [element("span", { class: "scale" }, element("i", { class: "ramp arrow" }), t("legend.gradient"), gain)] : []),
    );
    if (store.state.frame.heatmap) measure(store.state); // The numbers have words beside them.
  });
}
