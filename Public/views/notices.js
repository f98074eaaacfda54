/** Short messages that come and go: an edit confirmed, a command refused. */

import { element, icon } from "../dom.js";

const CALM = 3500;
const ERROR = 9000;

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} picture
 * @param {() => import("../i18n.js").Translate} t
 */
export function createNotices(root, picture, t) {
  /** @type {Map<string, { node: HTMLElement, timer: number }>} */
  const shown = new Map();

  const remove = (/** @type {string} */ key) => {
    const notice = shown.get(key);
    if (!notice) return;
    clearTimeout(notice.timer);
    notice.node.remove();
    shown.delete(key);
  };

  /** Over the picture, where it covers neither words nor controls; at the foot of the screen if the picture is out of sight. */
  const place = () => {
    const { top, left, width } = picture.getBoundingClientRect();
    const isSeen = top >= 0 && top + width / 2 < innerHeight;
    root.style.top = isSeen ? `${top}px` : "";
    root.style.left = isSeen ? `${left + width / 2}px` : "";
    root.style.maxWidth = isSeen ? `${width}px` : "";
    root.classList.toggle("over-picture", isSeen);
  };

  return {
    /**
     * @param {string} text
     * @param {object} [options]
     * @param {string} [options.key] A newer notice of the same key replaces the older.
     * @param {"info" | "error"} [options.kind]
     */
    show(text, { key = text, kind = "info" } = {}) {
      remove(key);
      const close = element("button", { type: "button", "aria-label": t()("notice.close"), onclick: () => remove(key) }, icon("close"));
      const node = element("div", { class: `notice ${kind}`, dataset: { kind }, role: kind === "error" ? "alert" : undefined }, element("span", {}, text), close);
      root.append(node);
      place();
      shown.set(key, { node, timer: window.setTimeout(() => remove(key), kind === "error" ? ERROR : CALM) });
    },
  };
}
