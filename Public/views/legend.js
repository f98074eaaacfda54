/** What colour and opacity mean, under the picture: only for the layers that are on. */

import { factors, gradientsUnder, medianNorm } from "../canvas/pulls.js";
import { byId, element, setText } from "../dom.js";
import { formatNumber } from "../recipe/schema.js";

const PACE = 300;

/** @param {{ store: any }} context */
export function createLegend({ store }) {
  const names = /** @type {(keyof typeof factors)[]} */ (Object.keys(factors));
  const strengths = new Map(names.map((name) => [name, element("b", { id: `pull-${name}` })]));
  let timer = 0;
  store.watch(["frame", "layers"], (/** @type {any} */ { frame, layers }) => {
    if (!layers.pulls || !frame.pulls || timer) return;
    timer = window.setTimeout(() => { timer = 0; }, PACE);
    for (const [name, cell] of strengths) setText(cell, formatNumber(Number(medianNorm(gradientsUnder(frame.pulls, name)).toPrecision(2))));
  });
  store.watch(["layers", "t"], (/** @type {any} */ { layers, t }) => {
    const scale = (/** @type {string} */ name, /** @type {string} */ low, /** @type {string} */ high) =>
      element("span", { class: "scale" }, t(low), element("i", { class: `ramp ${name}` }), t(high));
    byId("legend").replaceChildren(
      ...(layers.difference ? [scale("heat", "legend.below", "legend.above")] : layers.heatmap || layers.optimum ? [scale("heat", "legend.fake", "legend.real")] : []),
      ...(layers.manifold && !layers.pulls ? [scale("ink", "legend.few", "legend.many")] : []),
      ...(layers.pulls ? names.map((name) => element("span", { class: "scale" }, element("i", { class: `ramp arrow ${name}` }), t(`legend.pull.${name}`), strengths.get(name))) : []),
      ...(layers.gradients && !layers.pulls ? [element("span", { class: "scale" }, element("i", { class: "ramp arrow" }), t("legend.gradient"))] : []),
    );
  });
}
