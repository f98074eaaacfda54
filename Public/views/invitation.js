/** The first visit: the lab shows what a trained generator can do, and one thing to press. */

import { byId } from "../dom.js";

/** How far it is trained before it is first shown. */
const SHOWN_STEP = 3000;

/** Steps a second of the first run: slow enough to see each cluster being found. */
const FIRST_SPEED = 200;

/**
 * What a first visitor sees: eight clusters on a ring, and a game that finds all eight within some hundred steps. At the
 * step shown, three of five samples lie on a cluster; the lab's default optimizer leaves one in ten there.
 */
export const firstVisit = {
  recipe: {
    version: 1,
    settings: {
      target: "ring8", seed: 2, "generator.hidden": [64, 64], "discriminator.hidden": [64, 64],
      "generator.optimizer.learningRate": 0.001, "generator.optimizer.beta1": 0.5, "generator.optimizer.beta2": 0.999,
      "discriminator.optimizer.learningRate": 0.001, "discriminator.optimizer.beta1": 0.5, "discriminator.optimizer.beta2": 0.999,
      "penalty.r1": 0.1,
    },
    timeline: [],
  },
  step: SHOWN_STEP,
};

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../experiment.js").Experiment} context.experiment
 */
export function createInvitation({ store, experiment }) {
  const button = byId("invitation");
  button.hidden = false;
  button.onclick = async () => {
    if (!(await experiment.reset())) return;
    await experiment.speed(FIRST_SPEED);
    experiment.play();
  };
  // It stands until the visitor starts anything, this or something else.
  const end = store.watch(["playing", "seeking", "step"], (/** @type {any} */ { connection, playing, seeking, step }) => {
    if (connection !== "open" || seeking !== null || (!playing && step <= SHOWN_STEP && step > 0)) return;
    button.hidden = true;
    end();
  });
}
