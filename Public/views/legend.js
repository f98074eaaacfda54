/** What colour and opacity mean, under the picture: only for the layers that are on. */

import { byId, element } from "../dom.js";

/** @param {{ store: any }} context */
export function createLegend({ store }) {
  store.watch(["layers", "t"], (/** @type {any} */ { layers, t }) => {
    const scale = (/** @type {string} */ name, /** @type {string} */ low, /** @type {string} */ high) =>
      element("span", { class: "scale" }, t(low), element("i", { class: `ramp ${name}` }), t(high));
    byId("legend").replaceChildren(
      ...(layers.heatmap || layers.optimum ? [scale("heat", "legend.fake", "legend.real")] : []),
      ...(layers.manifold ? [scale("ink", "legend.few", "legend.many")] : []),
      ...(layers.gradients ? [element("span", { class: "scale" }, element("i", { class: "ramp arrow" }), t("legend.gradient"))] : []),
    );
  });
}
