/** The first visit: the lab shows what a trained generator can do, and one thing to press. */

import { byId } from "../dom.js";

/** How far it is trained before it is first shown: there the default settings have learned the ring. */
const SHOWN_STEP = 5000;

/** What a first visitor sees: the ring, under the lab's default settings. */
export const firstVisit = { recipe: { version: 2, settings: { target: "ring" }, timeline: [] }, step: SHOWN_STEP };

/**
 * What a first visitor is asked to press.
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createInvitation({ store, experiment }) {
  const button = byId("invitation");
  button.onclick = async () => {
    if (await experiment.reset()) experiment.play();
  };
  return {
    /** It stands until the visitor starts anything, this or something else. */
    show() {
      button.hidden = false;
      const end = store.watch(
        ["playing", "seeking", "step", "canUndo"],
        (/** @type {any} */ { connection, playing, seeking, step, canUndo }) => {
          if (connection !== "open" || seeking !== null || (!playing && !canUndo && step <= SHOWN_STEP && step > 0))
            return;
          button.hidden = true;
          end();
        },
      );
    },
  };
}
