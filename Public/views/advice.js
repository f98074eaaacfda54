/** Behind "What to try": why a run goes wrong, what helps, and the changes themselves, one press each. */

import { byId, element } from "../dom.js";
import { remedies } from "./remedies.js";
import { verdictName } from "./verdict.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(values: Record<string, any>) => Promise<any>} context.change Makes these settings.
 * @param {() => void} context.undo
 */
export function createAdvice({ store, change, undo }) {
  const menu = byId("advice");
  const open = byId("advice-open");
  let shown = "";

  const write = () => {
    const { step, status, verdict, settings, words, t, canUndo } = store.state;
    // A run that goes on changes its verdict; who reads about one is not interrupted.
    if (!words || menu.matches(":popover-open")) return;
    const name = verdictName({ step, status, verdict });
    const isTroubled = t.has(`verdict.${name}.try`);
    open.hidden = !isTroubled;
    const changes = isTroubled ? remedies(name, settings) : [];
    const wanted = JSON.stringify([name, changes, canUndo, document.documentElement.lang]);
    if (wanted === shown) return;
    shown = wanted;
    if (!isTroubled) return;
    const press = (/** @type {string} */ text, /** @type {string} */ hint, /** @type {() => void} */ run, /** @type {string} */ id) =>
      element("button", { type: "button", class: "button", id, title: hint, onclick: () => { menu.hidePopover(); run(); } }, text);
    menu.replaceChildren(
      element("h2", { id: "advice-title" }, t(`verdict.${name}`)),
      element("p", {}, t(`verdict.${name}.why`)),
      element("p", {}, t(`verdict.${name}.try`)),
      element("div", { class: "advice-actions" },
        ...(name === "diverged" && canUndo ? [press(t("timeline.undo"), "", undo, "advice-undo")] : []),
        ...changes.map((values, i) => press(words.changes(values), words.restarts(values) ? t("field.restarts") : "", () => change(values), `remedy-${i + 1}`))),
    );
  };
  menu.addEventListener("toggle", write);
  store.watch(["verdict", "status", "step", "settings", "words", "canUndo"], write);
}
