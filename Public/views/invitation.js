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
    accept();
    if (await experiment.reset()) experiment.play();
  };
  const accept = store.watch(["playing", "step", "revision"], (/** @type {any} */ { playing, step, connection }) => {
    if (connection === "open" && (playing || step !== SHOWN_STEP)) accept?.();
    button.hidden = connection === "open" && (playing || step !== SHOWN_STEP);
  });
}
