/** A pointer for the keyboard: what the mouse can point at, arrow keys can. */

import { keyName } from "../keys.js";

/** How far an arrow moves it, in view units; with Shift, five times as far. */
const STRIDE = 0.04;

/**
 * @param {HTMLElement} target Made a stop of the Tab key.
 * @param {object} handlers
 * @param {(at: [number, number]) => void} handlers.move Where the pointer is now, in view units.
 * @param {() => void} handlers.leave
 * @param {(by: 1 | -1) => void} [handlers.next] To the next sample, or the one before.
 * @param {() => number} [handlers.stride] View units.
 */
export function keyPointer(target, { move, leave, next, stride = () => STRIDE }) {
  /** @type {[number, number]} */
  let at = [0, 0];
  target.tabIndex = 0;
  // A click does not take the arrow keys away from stepping.
  target.addEventListener("mousedown", (event) => event.preventDefault());
  target.addEventListener("blur", leave);
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const by = { ".": /** @type {const} */ (1), ",": /** @type {const} */ (-1) }[keyName(event)];
    if (event.key === "Escape") leave();
    else if (by && next) next(by);
    else if (direction) {
      const far = stride() * (event.shiftKey ? 5 : 1);
      at = /** @type {[number, number]} */ (
        at.map((value, axis) => Math.min(1, Math.max(-1, value + far * direction[axis])))
      );
      move(at);
    } else return;
    event.preventDefault();
    event.stopPropagation(); // An arrow would step the experiment.
  });
}
