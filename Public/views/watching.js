/** Says that the session is somebody else's, and offers a copy to steer. */

import { element } from "../dom.js";

/**
 * @param {object} context
 * @param {HTMLElement} context.beside The banner of the connection, which is never shown at the same time.
 * @param {any} context.store
 * @param {() => Promise<void>} context.copy Opens the experiment as it is now as a session of one's own.
 */
export function createWatching({ beside, store, copy }) {
  const words = element("span");
  const button = element("button", { type: "button", class: "button", id: "watching-copy", onclick: copy });
  const root = element("p", { class: "connection watching", id: "watching", role: "status" }, words, button);
  beside.after(root);
  store.watch(["role", "connection"], (/** @type {any} */ { role, connection }) => {
    root.hidden = role !== "watcher" || connection !== "open";
  });
  store.watch(["t"], (/** @type {any} */ { t }) => {
    words.textContent = t("watching");
    button.textContent = t("watching.copy");
  });
}
