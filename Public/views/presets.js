/** Ready-made experiments: trained starts, healthy runs, and the ways to fail. */

import { element } from "../dom.js";

/**
 * A preset as the recipe it stands for.
 * @param {import("../recipe/schema.js").Preset} preset
 * @returns {{ recipe: any, step: number }}
 */
export function presetRecipe({ recipe, settings = {}, step = 0 }) {
  return { recipe: recipe ?? { version: 1, settings, timeline: [] }, step };
}

/**
 * The list of them, for a menu.
 * @param {any} state
 * @param {(preset: import("../recipe/schema.js").Preset) => void} choose
 */
export function presetList({ schema, t }, choose) {
  const either = (/** @type {string} */ key, /** @type {string} */ fallback) => (t.has(key) ? t(key) : fallback);
  return element("div", { class: "preset-list" }, element("h2", {}, t("presets.title")),
    ...schema.presets.map((/** @type {import("../recipe/schema.js").Preset} */ preset) =>
      element("button", { type: "button", class: "menu-item", id: `preset-${preset.name}`, onclick: () => choose(preset) },
        element("b", {}, either(`preset.${preset.name}`, preset.label)),
        element("span", { class: "hint" }, either(`presetHelp.${preset.name}`, preset.help)))));
}
