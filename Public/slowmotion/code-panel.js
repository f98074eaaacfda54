/** The pseudo code of the step, beside the model: the line that runs is lit, and what each line came to stands beside it. */

import { element } from "../dom.js";
import { pseudocode } from "./pseudocode.js";

/** @typedef {import("./phases.js").Stop} Stop */
/** @typedef {import("./pseudocode.js").Line} Line */

/**
 * @param {HTMLElement} root
 * @param {any} store
 */
export function createCodePanel(root, store) {
  const list = element("ol", { class: "code" });
  root.replaceChildren(list);
  /** @type {{ line: Line, row: HTMLElement, value: HTMLElement }[]} */
  let rows = [];

  const build = () => {
    const { t, settings } = store.state;
    root.setAttribute("aria-label", t("code.label"));
    rows = pseudocode(settings).map((line) => {
      const value = element("span", { class: "code-value" });
      const text = line.words ? t(line.words.key, line.words.values) : line.code ?? "";
      const row = element("li", { class: line.turn ? "code-heading" : "code-line" }, element(line.words ? "span" : "code", {}, text), value);
      return { line, row, value };
    });
    list.replaceChildren(...rows.map(({ row }) => row));
  };

  return {
    build,
    /**
     * Lights the lines of a halt, and lists only the turn of the network it belongs to.
     * @param {Stop} stop
     */
    show({ phase, update }) {
      list.className = `code ${phase.player}`;
      for (const { line, row, value } of rows) {
        const [player, part] = (line.phase ?? line.turn ?? "").split(".");
        const runs = line.phase === phase.id;
        row.hidden = player !== phase.player;
        row.classList.toggle("now", runs);
        row.setAttribute("aria-current", runs ? "step" : "false");
        value.textContent = line.value && !row.hidden && Number(part) <= phase.number ? line.value(update) : "";
      }
      // Not scrollIntoView, which would move the page as well.
      const current = rows.find(({ line }) => line.phase === phase.id)?.row;
      if (current) list.scrollTop = current.offsetTop - list.clientHeight / 2;
    },
  };
}
