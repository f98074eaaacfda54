/** Ready-made experiments: trained starts, healthy runs, and the ways to fail. */

import { element } from "../dom.js";

/** Steps a second of a ready-made experiment: as fast as it goes, it would be over before anyone has looked. */
const SPEED = 500;
/** Those that have a pace of their own: the smallest game goes round once in some 60 steps. @type {Record<string, number>} */
const SPEEDS = { dirac: 50 };

/**
 * A preset as the recipe it stands for.
 * @param {import("../recipe/schema.js").Preset} preset
 * @returns {{ recipe: any, step: number, speed: number, plays: boolean }} What is trained already is there to be looked at
 *   first, and does not play by itself.
 */
export function presetRecipe({ name, recipe, settings = {}, step = 0 }) {
  return {
    recipe: recipe ?? { version: 1, settings, timeline: [] },
    step,
    speed: SPEEDS[name] ?? SPEED,
    plays: step === 0,
  };
}

/**
 * The list of them, for a menu.
 * @param {any} state
 * @param {(preset: import("../recipe/schema.js").Preset) => void} choose
 */
export function presetList({ schema, words, t }, choose) {
  const either = (/** @type {string} */ key, /** @type {string} */ fallback) => (t.has(key) ? t(key) : fallback);
  return element(
    "div",
    { class: "preset-list" },
    element("h2", {}, t("presets.title")),
    ...schema.presets.map((/** @type {import("../recipe/schema.js").Preset} */ preset) =>
      element(
        "button",
        { type: "button", class: "menu-item", id: `preset-${preset.name}`, onclick: () => choose(preset) },
        element("b", {}, words.preset(preset.name)),
        element("span", { class: "hint" }, either(`presetHelp.${preset.name}`, preset.help)),
      ),
    ),
  );
}
