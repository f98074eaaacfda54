/** The charts by keyboard: a cursor that walks along the run, and a zoom around it. */

import { keyName } from "../keys.js";

/** An arrow moves the cursor by this part of what is shown; with Shift, five times as far. */
const STRIDE = 0.02;

/**
 * @param {HTMLElement} target Made a stop of the Tab key.
 * @param {object} charts
 * @param {() => [number, number]} charts.span The steps that are shown.
 * @param {() => number} charts.last The last step of the run.
 * @param {() => number | null} charts.cursor
 * @param {(step: number | null) => void} charts.move
 * @param {(steps: [number, number] | null) => void} charts.zoom null shows everything.
 */
export function keyCursor(target, { span, last, cursor, move, zoom }) {
  const within = (/** @type {number} */ step) => Math.min(span()[1], Math.max(span()[0], step));
  const around = (/** @type {number} */ factor) => {
    const [from, to] = span();
    const at = cursor() ?? to;
    const width = (to - from) * factor;
    if (width >= last()) return zoom(null);
    const start = Math.min(Math.max(0, at - width / 2), last() - width);
    if (width >= 2) zoom([Math.round(start), Math.round(start + width)]);
  };
  target.tabIndex = 0;
  // A click does not take the arrow keys away from stepping.
  target.addEventListener("mousedown", (event) => event.preventDefault());
  target.addEventListener("blur", () => move(null));
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [from, to] = span();
    const far = Math.max(1, (to - from) * STRIDE * (event.shiftKey ? 5 : 1));
    const at = cursor() ?? to;
    const action = {
      ArrowLeft: () => move(within(at - far)),
      ArrowRight: () => move(within(at + far)),
      Home: () => move(from),
      End: () => move(to),
      "+": () => around(0.5),
      "=": () => around(0.5),
      "-": () => around(2),
      Escape: () => {
        move(null);
        zoom(null);
      },
    }[keyName(event)];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation(); // An arrow would step the experiment.
    action();
  });
}
