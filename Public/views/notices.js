/** Short messages that come and go: an edit confirmed, a command refused. */

import { element, icon } from "../dom.js";

const CALM = 3500;
const ERROR = 9000;

/** The key of a refused command. */
export const REFUSAL = "refusal";

/**
 * @param {HTMLElement} root
 * @param {() => import("../i18n.js").Translate} t
 */
export function createNotices(root, t) {
  /** @type {Map<string, { node: HTMLElement, timer: number }>} */
  const shown = new Map();

  const remove = (/** @type {string} */ key) => {
    const notice = shown.get(key);
    if (!notice) return;
    clearTimeout(notice.timer);
    notice.node.remove();
    shown.delete(key);
  };

  return {
    /**
     * @param {string} text
     * @param {object} [options]
     * @param {string} [options.key] A newer notice of the same key replaces the older.
     * @param {"info" | "error"} [options.kind] A refusal goes as soon as something has succeeded.
     */
    show(text, { key = text, kind = "info" } = {}) {
      remove(key);
      if (kind === "info") remove(REFUSAL);
      const close = element(
        "button",
        { type: "button", "aria-label": t()("notice.close"), onclick: () => remove(key) },
        icon("close"),
      );
      const node = element(
        "div",
        { class: `notice ${kind}`, dataset: { kind }, role: kind === "error" ? "alert" : undefined },
        element("span", {}, text),
        close,
      );
      root.append(node);
      shown.set(key, { node, timer: window.setTimeout(() => remove(key), kind === "error" ? ERROR : CALM) });
    },
  };
}
