/** What is the visitor's and not the experiment's: theme, large mode, shortcuts, language. Kept in the browser. */

import { byId, element } from "../dom.js";
import { languages } from "../i18n.js";
import { local } from "../storage.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {() => void} context.recoloured The tokens have other values now.
 * @param {(language: import("../i18n.js").Language) => void} context.speak
 * @returns {{ withLetters: () => boolean }} Whether single characters are shortcuts.
 */
export function createPreferences({ store, recoloured, speak }) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const theme = /** @type {HTMLSelectElement} */ (byId("theme"));
  theme.onchange = () => {
    root.dataset.theme = theme.value;
    local.setItem("theme", theme.value);
    recoloured();
  };
  root.dataset.theme = local.getItem("theme") ?? "auto";
  store.watch(["t"], (/** @type {any} */ { t }) => {
    theme.replaceChildren(
      ...["auto", "light", "dark"].map((value) => element("option", { value }, t(`theme.${value}`))),
    );
    theme.value = root.dataset.theme ?? "auto";
  });
  dark.addEventListener("change", recoloured);

  const projector = /** @type {HTMLInputElement} */ (byId("projector"));
  const enlarge = (/** @type {boolean} */ on) => {
    root.dataset.projector = String(on);
    projector.checked = on;
    local.setItem("projector", String(on));
  };
  projector.onchange = () => enlarge(projector.checked);
  enlarge(local.getItem("projector") === "true" || new URLSearchParams(location.search).has("projector"));

  const letters = /** @type {HTMLInputElement} */ (byId("letter-keys"));
  letters.checked = local.getItem("letter-keys") !== "false";
  letters.onchange = () => local.setItem("letter-keys", String(letters.checked));

  const language = /** @type {HTMLSelectElement} */ (byId("language"));
  language.replaceChildren(
    ...Object.entries(languages).map(([value, name]) => element("option", { value, lang: value }, name)),
  );
  language.onchange = () => speak(/** @type {import("../i18n.js").Language} */ (language.value));
  store.watch(["language"], (/** @type {any} */ state) => {
    language.value = state.language;
  });
  return { withLetters: () => letters.checked };
}
