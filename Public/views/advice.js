/** Behind "What to try": why a run goes wrong, what helps, and the changes themselves, one press each. */

import { byId, element, setText } from "../dom.js";
import { remedies } from "./remedies.js";
import { verdictName } from "./verdict.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {(values: Record<string, any>, beside: boolean) => Promise<any>} context.change Makes these settings; `beside` a
 *   run that goes on without them.
 * @param {() => void} context.undo
 * @param {(step: number) => void} context.seek
 */
export function createAdvice({ store, change, undo, seek }) {
  const menu = byId("advice");
  const open = byId("advice-open");
  const back = byId("back-to-best");
  let shown = "";

  const write = () => {
    const { step, status, playing, verdict, settings, words, t, canUndo } = store.state;
    // A run that goes on changes its verdict; who reads about one is not interrupted.
    if (!words || menu.matches(":popover-open")) return;
    const name = verdictName({ step, status, playing, verdict });
    const isTroubled = t.has(`verdict.${name}.try`);
    open.hidden = !isTroubled;
    const changes = isTroubled ? remedies(name, settings) : [];
    const wanted = JSON.stringify([name, changes, canUndo, document.documentElement.lang]);
    if (wanted === shown) return;
    shown = wanted;
    if (!isTroubled) return;
    const press = (
      /** @type {string} */ text,
      /** @type {string} */ hint,
      /** @type {() => void} */ run,
      /** @type {string} */ id,
    ) =>
      element(
        "button",
        {
          type: "button",
          class: "button",
          id,
          title: hint,
          onclick: () => {
            menu.hidePopover();
            run();
          },
        },
        text,
      );
    menu.replaceChildren(
      element("h2", { id: "advice-title" }, t(`verdict.${name}`)),
      element("p", {}, t(`verdict.${name}.why`)),
      element("p", {}, t(`verdict.${name}.try`)),
      element(
        "div",
        { class: "advice-actions" },
        ...(name === "diverged" && canUndo ? [press(t("timeline.undo"), "", undo, "advice-undo")] : []),
        ...changes.flatMap((values, i) => {
          const name = words.changes(values);
          const hint = words.restarts(values) ? t("field.restarts") : "";
          const beside = press(
            t("advice.beside"),
            t("advice.beside.help"),
            () => change(values, true),
            `remedy-${i + 1}-beside`,
          );
          beside.setAttribute("aria-label", t("advice.beside.label", { name }));
          return [press(name, hint, () => change(values, false), `remedy-${i + 1}`), beside];
        }),
      ),
    );
  };
  const offerBest = () => {
    const { verdict, t, number } = store.state;
    const best = verdict?.lost?.best;
    back.hidden = best === undefined;
    if (best === undefined) return;
    setText(back, t("verdict.lost.back", { best: number(best) }));
    back.onclick = () => seek(best);
  };

  store.watch(["verdict", "t", "number"], offerBest);
  menu.addEventListener("toggle", write);
  store.watch(["verdict", "status", "step", "settings", "words", "canUndo", "playing"], write);
}
