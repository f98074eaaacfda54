/** Keyboard shortcuts, and the list of them. */

import { byId, element, icon } from "../dom.js";
import { keyName } from "../keys.js";

/**
 * @param {object} context
 * @param {any} context.store
 * @param {() => boolean} context.withLetters Whether single characters are shortcuts (WCAG 2.1.4).
 * @param {() => void} context.tour Starts the guided tour.
 * @param {Record<string, { keys: string[], run?: () => void }>} context.shortcuts By the name of their text. Those without
 *   `run` belong to a part of the page, which listens for itself while it has the focus.
 */
export function createHelp({ store, withLetters, tour, shortcuts }) {
  const title = element("h2", { id: "help-title" });
  const list = element("dl", { class: "shortcuts" });
  const close = element(
    "button",
    { type: "button", id: "help-close", class: "icon-button", onclick: () => dialog.close() },
    icon("close"),
  );
  const guide = element("button", {
    type: "button",
    id: "tour-open",
    class: "button",
    onclick: () => {
      dialog.close();
      tour();
    },
  });
  const dialog = element(
    "dialog",
    { class: "help", id: "help-dialog", "aria-labelledby": "help-title" },
    element("header", {}, title, close),
    list,
    guide,
  );
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  const open = () => dialog.showModal();
  /** @type {typeof shortcuts} */
  const all = { ...shortcuts, help: { keys: ["?"], run: open } };
  byId("help").onclick = open;

  store.watch(["t"], (/** @type {any} */ { t }) => {
    title.textContent = t("help.title");
    close.setAttribute("aria-label", t("notice.close"));
    guide.textContent = t("tour.open");
    list.replaceChildren(
      ...Object.entries(all).flatMap(([name, { keys }]) => [
        element("dt", {}, ...keys.map((key) => element("kbd", {}, t.has(`key.${key}`) ? t(`key.${key}`) : key))),
        element("dd", {}, t(`help.${name}`)),
      ]),
    );
  });

  document.addEventListener("keydown", (event) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyping(event.target) ||
      document.querySelector("dialog:modal")
    )
      return;
    const key = keyName(event);
    if (/^[!-~]$/.test(key) && !withLetters()) return;
    const action = Object.values(all).find(({ keys, run }) => run && keys.includes(key));
    if (!action?.run || isOwnKey(event)) return;
    event.preventDefault();
    action.run();
  });
}

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement && target.matches("input:not([type=range]):not([type=checkbox]), textarea, select");

/** Space presses a focused button, and arrows move a focused slider. @param {KeyboardEvent} event */
const isOwnKey = ({ key, target }) =>
  target instanceof HTMLElement &&
  ((key === " " && target.matches("button, input, a, summary")) ||
    (key.startsWith("Arrow") && target.matches("input")));
