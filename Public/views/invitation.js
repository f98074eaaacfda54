/** The first visit: the lab shows what a trained generator can do, and one thing to press. */

import { byId } from "../dom.js";

/** How far it is trained before it is first shown: there the default settings have learned the ring. */
const SHOWN_STEP = 5000;

/** Steps a second of the first run: slow enough to see the ring take shape. */
const FIRST_SPEED = 200;

/** What a first visitor sees: the ring, under the lab's default settings. */
export const firstVisit = { recipe: { version: 1, settings: { target: "ring" }, timeline: [] }, step: SHOWN_STEP };

/**
 * What a first visitor is asked to press. Until anything was started, whatever is started goes at a pace to be watched.
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createInvitation({ store, experiment }) {
  const button = byId("invitation");
  const pace = () => experiment.speed(FIRST_SPEED);
  button.onclick = async () => {
    if (!(await experiment.reset())) return;
    await pace();
    experiment.play();
  };
  return {
    /** It stands until the visitor starts anything, this or something else. */
    show() {
      button.hidden = false;
      const end = store.watch(["playing", "seeking", "step", "canUndo"], (/** @type {any} */ { connection, playing, seeking, step, canUndo }) => {
        if (connection !== "open" || seeking !== null || (!playing && !canUndo && step <= SHOWN_STEP && step > 0)) return;
        button.hidden = true;
        end();
      });
    },
    /** Something is about to be started. */
    async starting() { if (!button.hidden) await pace(); },
  };
}
