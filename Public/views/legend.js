/** What colour, length and opacity mean, under the picture: only for the layers that are on. */

import { arrowGain, decimals, isFlat } from "../canvas/exposure.js";
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
  const undecided = element("span", { id: "legend-undecided" });

  /** The scales, which follow the frames. @param {any} state */
  const measure = ({ frame, layers, view, t }) => {
    const span = groundSpan(frame, layers);
    const signed = (/** @type {number} */ value) =>
      layers.difference
        ? `${value < 0 ? "−" : "+"}${Math.abs(2 * value).toFixed(decimals(span))}`
        : (0.5 + value).toFixed(decimals(span));
    setText(lowest, signed(-span));
    setText(highest, signed(span));
    setText(undecided, isFlat(span) ? t("legend.undecided") : "");
    const factor =
      frame.gradients && view
        ? Math.round(Number(arrowGain(frame.gradients.vectors, view.half, frame.heatmap).toPrecision(2)))
        : 1;
    setText(gain, factor > 1 ? t("legend.times", { factor }) : "");
    if (!layers.pulls || !frame.pulls) return;
    for (const [name, cell] of strengths)
      setText(cell, formatNumber(Number(medianNorm(gradientsUnder(frame.pulls, name)).toPrecision(2))));
  };

  const legend = byId("legend");
  let timer = 0;
  store.watch(["frame", "layers"], () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      measure(store.state);
    }, PACE);
  });

  store.watch(["layers", "t"], (/** @type {any} */ { layers, t }) => {
    const scale = (
      /** @type {string} */ name,
      /** @type {(Node | string)[]} */ low,
      /** @type {(Node | string)[]} */ high,
    ) => element("span", { class: "scale" }, ...low, element("i", { class: `ramp ${name}` }), ...high);
    legend.replaceChildren(
      ...(layers.pulls
        ? names.map((name) =>
            element(
              "span",
              { class: "scale" },
              element("i", { class: `ramp arrow ${name}` }),
              t(`legend.pull.${name}`),
              strengths.get(name),
            ),
          )
        : []),
      ...(layers.difference ? [scale("difference", [t("legend.below"), lowest], [highest, t("legend.above")])] : []),
      ...(layers.heatmap ? [scale("heat", [t("legend.says"), lowest], [highest, undecided])] : []),
      ...(layers.optimum ? [scale("heat", [t("legend.fake"), lowest], [highest, t("legend.real")])] : []),
      ...(layers.manifold && !layers.pulls ? [scale("ink", [t("legend.few")], [t("legend.many")])] : []),
      ...(layers.gradients && !layers.pulls
        ? [element("span", { class: "scale" }, element("i", { class: "ramp arrow" }), t("legend.gradient"), gain)]
        : []),
    );
    if (store.state.frame.heatmap) measure(store.state); // The numbers have words beside them.
  });
}
