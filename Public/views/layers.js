/** The switches of the layered view, which are also its legend: each shows the mark it stands for. */

import { element, svg } from "../dom.js";

/** Marks of the legend, in a 12 × 12 box. */
const marks = {
  real: () => [svg("circle", { cx: 6, cy: 6, r: 3.4, class: "mark-real" })],
  fake: () => [svg("path", { d: "M6 1.6 10.4 6 6 10.4 1.6 6Z", class: "mark-fake" })],
  ghost: () => [svg("path", { d: "M6 1.6 10.4 6 6 10.4 1.6 6Z", class: "mark-ghost" })],
  gradients: () => [svg("path", { d: "M1 9.5 2.5 11 11.5 1Z", class: "mark-gradient" })],
  heatmap: () => [
    svg("rect", { x: 0.5, y: 2, width: 4, height: 8, class: "mark-heat-fake" }),
    svg("rect", { x: 4.5, y: 2, width: 3, height: 8, class: "mark-heat-half" }),
    svg("rect", { x: 7.5, y: 2, width: 4, height: 8, class: "mark-heat-real" }),
  ],
  optimum: () => [svg("circle", { cx: 6, cy: 6, r: 4, class: "mark-optimum" })],
  difference: () => [
    svg("rect", { x: 0.5, y: 2, width: 5.5, height: 8, class: "mark-heat-low" }),
    svg("rect", { x: 6, y: 2, width: 5.5, height: 8, class: "mark-heat-high" }),
  ],
  manifold: () => [
    svg("path", {
      d: "M1.5 3.5C4 1.5 8 5 10.5 2.5V8.5C8 11 4 7.5 1.5 9.5ZM6 3.4v6M1.5 6.5C4 4.5 8 8 10.5 5.5",
      class: "mark-manifold",
    }),
  ],
  contour: () => [svg("path", { d: "M1.5 9.5C4 9.5 3 2.5 6 2.5S9 8 11 6", class: "mark-contour" })],
  pulls: () => [
    svg("path", { d: "M1 2.5 11 2", class: "mark-minimax" }),
    svg("path", { d: "M1 6 11 6", class: "mark-ns" }),
    svg("path", { d: "M1 10 11 10", class: "mark-wasserstein" }),
  ],
};

/** @typedef {keyof typeof marks} Layer */

/** What is on at first. */
export const initialLayers = {
  real: true,
  fake: true,
  heatmap: true,
  gradients: true,
  manifold: false,
  contour: false,
  pulls: false,
  ghost: true,
  optimum: false,
  difference: false,
};

/** What the background can be: one of them, or none. The first is there when another is switched off. @type {Layer[]} */
const backgrounds = ["heatmap", "optimum", "difference"];

/**
 * The layers after one was switched.
 * @param {Record<Layer, boolean>} layers
 * @param {Layer} name
 * @returns {Record<Layer, boolean>}
 */
export function switched(layers, name) {
  if (!backgrounds.includes(name)) return { ...layers, [name]: !layers[name] };
  const next = !layers[name] ? name : name === backgrounds[0] ? null : backgrounds[0];
  return { ...layers, ...Object.fromEntries(backgrounds.map((each) => [each, each === next])) };
}

/**
 * @param {object} context
 * @param {HTMLElement} context.root
 * @param {any} context.store
 * @param {() => void} context.changed
 */
export function createLayers({ root, store, changed }) {
  const names = /** @type {Layer[]} */ (Object.keys(marks));
  /** @type {Map<Layer, HTMLButtonElement>} */
  const buttons = new Map();
  const button = (/** @type {Layer} */ name) => /** @type {HTMLButtonElement} */ (buttons.get(name));

  const toggle = (/** @type {Layer} */ name) => {
    store.set({ layers: switched(store.state.layers, name) });
    changed();
  };

  const build = (/** @type {import("../i18n.js").Translate} */ t) => {
    buttons.clear();
    for (const name of names) {
      buttons.set(
        name,
        element(
          "button",
          {
            class: "pill",
            type: "button",
            id: `layer-${name}`,
            title: t(`layer.${name}.help`),
            onclick: () => toggle(name),
          },
          svg("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, ...marks[name]()),
          t(`layer.${name}`),
        ),
      );
    }
    const choice = element(
      "div",
      { class: "backgrounds", role: "group", "aria-label": t("layered.background") },
      ...backgrounds.map(button),
    );
    root.replaceChildren(
      ...names
        .filter((name) => name === backgrounds[0] || !backgrounds.includes(name))
        .map((name) => (name === backgrounds[0] ? choice : button(name))),
    );
  };
  // A wheel that turns only up and down moves the row as well.
  root.addEventListener(
    "wheel",
    ({ deltaX, deltaY }) => {
      if (deltaX === 0) root.scrollLeft += deltaY;
    },
    { passive: true },
  );

  const press = () =>
    buttons.forEach((button, name) => button.setAttribute("aria-pressed", String(store.state.layers[name])));
  store.watch(["t"], (/** @type {any} */ { t }) => {
    build(t);
    press();
  });
  store.watch(["layers"], press);
  store.watch(["comparing", "t"], (/** @type {any} */ { comparing }) => {
    button("ghost").hidden = !comparing;
  });
}
