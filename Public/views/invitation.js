/** The first visit: the lab shows what a trained generator can do, and one thing to press. */

import { byId } from "../dom.js";

/** How far the default recipe is trained before it is first shown. */
export const SHOWN_STEP = 3000;

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createInvitation({ store, experiment }) {
  const button = byId("invitation");
  button.hidden = false;
  button.onclick = async () => {
    if (await experiment.reset()) experiment.play();
  };
  // It stands until the visitor starts anything, this or something else.
  const end = store.watch(["playing", "seeking", "step"], (/** @type {any} */ { connection, playing, seeking, step }) => {
    if (connection !== "open" || seeking !== null || (!playing && step <= SHOWN_STEP && step > 0)) return;
    button.hidden = true;
    end();
  });
}
