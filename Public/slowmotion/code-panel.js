/**
 * The pseudo code of the step, beside the model: one network's turn at a time, the line that runs lit, and what each line
 * came to beside it.
 */

import { element } from "../dom.js";
import { pseudocode } from "./pseudocode.js";

/** @typedef {import("./phases.js").Stop} Stop */
/** @typedef {import("./phases.js").Player} Player */
/** @typedef {import("./phases.js").Update} Update */
/** @typedef {import("./pseudocode.js").Line} Line */

/**
 * @param {HTMLElement} root
 * @param {any} store
 * @param {(player: Player) => void} turn The heading of this turn was pressed.
 * @param {(phase: import("./phases.js").PhaseId | null) => void} point The pointer is on a line of this phase.
 */
export function createCodePanel(root, store, turn, point) {
  const list = element("ol", { class: "code" });
  root.replaceChildren(list);
  /** @type {{ line: Line, row: HTMLElement, value: HTMLElement, heading: HTMLElement | null }[]} */
  let rows = [];
  const note = element("li", { class: "hint code-note" });

  const build = () => {
    const { t, settings } = store.state;
    root.setAttribute("aria-label", t("code.label"));
    rows = pseudocode(settings).map((line) => {
      const value = element("span", { class: "code-value" });
      const text = line.words ? t(line.words.key, line.words.values) : (line.code ?? "");
      const { turn: player } = line;
      const heading = player
        ? element("button", { type: "button", class: `code-heading ${player}`, onclick: () => turn(player) }, text)
        : null;
      const row = element(
        "li",
        {
          class: player ? "" : "code-line",
          onpointerenter: () => point(line.phase ?? null),
          onpointerleave: () => point(null),
        },
        heading ?? element(line.words ? "span" : "code", {}, text),
        heading ? null : value,
      );
      return { line, row, value, heading };
    });
    note.textContent = t("code.note");
    list.replaceChildren(...rows.map(({ row }) => row), note);
  };

  /**
   * @param {Player} player Whose turn is listed.
   * @param {Update | null} update Whose numbers stand beside the lines; null for none.
   * @param {number} part The last part of the turn that has come to something.
   * @param {string | null} running The phase that is lit.
   */
  const show = (player, update, part, running) => {
    list.className = `code ${player}`;
    note.hidden = update !== null;
    for (const { line, row, value, heading } of rows) {
      heading?.setAttribute("aria-expanded", String(line.turn === player));
      if (heading) continue;
      const [owner, number] = (line.phase ?? "").split(".");
      const runs = line.phase === running;
      row.hidden = owner !== player;
      row.classList.toggle("now", runs);
      row.setAttribute("aria-current", runs ? "step" : "false");
      value.textContent = update && line.value && !row.hidden && Number(number) <= part ? line.value(update) : "";
    }
    // Not scrollIntoView, which would move the page as well.
    const current = rows.find(({ line }) => line.phase === running)?.row;
    list.scrollTop = current ? current.offsetTop - list.clientHeight / 2 : 0;
  };

  return {
    build,
    /** Lights the lines of a halt. @param {Stop} stop */
    run: ({ phase, update }) => show(phase.player, update, phase.number, phase.id),
    /** A whole turn, with what its lines came to in the last step, if there was one. @param {Player} player @param {Update | null} update */
    list: (player, update) => show(player, update, 5, null),
  };
}
