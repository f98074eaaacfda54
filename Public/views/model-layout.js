/**
 * Where the parts of the model overview stand, in design pixels of a 584 × 544 drawing, and which settings stand under
 * which network. What flows forward is grey; back to the discriminator, blue; back to the generator, purple.
 */

/** @typedef {"noise" | "generator" | "real" | "fake" | "discriminator" | "scores-real" | "scores-fake" | "gradients"} NodeName */

export const WIDTH = 584;

/**
 * How far down the generator's gradient flows back: below the settings, or, where they stand elsewhere (narrow screens),
 * just below the nodes.
 */
const BOTTOM = { wide: 488, narrow: 400 };

/** @param {boolean} narrow */
const bottom = (narrow) => (narrow ? BOTTOM.narrow : BOTTOM.wide);

/** @param {boolean} narrow */
export const height = (narrow) => (narrow ? 456 : 544);

/**
 * @param {boolean} narrow
 * @returns {Record<NodeName, { x: number, y: number, size: number, label: "above" | "below" }>}
 */
export const nodes = (narrow) => ({
  noise: { x: 16, y: 186, size: 60, label: "below" },
  generator: { x: 100, y: 150, size: 132, label: "below" },
  real: { x: 256, y: 114, size: 60, label: "above" },
  fake: { x: 256, y: 222, size: 60, label: "below" },
  discriminator: { x: 340, y: 150, size: 132, label: "below" },
  "scores-real": { x: 496, y: 114, size: 60, label: "above" },
  "scores-fake": { x: 496, y: 222, size: 60, label: "below" },
  gradients: { x: narrow ? 256 : 496, y: bottom(narrow) - 30, size: 60, label: "below" }, // Beside the pseudo code, where there is some.
});

/**
 * @param {boolean} narrow
 * @returns {Record<string, { kind: "forward" | "toD" | "toG", path: string }>}
 */
export const edges = (narrow) => ({
  "noise-generator": { kind: "forward", path: "M76 216 H100" },
  "generator-fake": { kind: "forward", path: "M232 216 C246 216 242 252 256 252" },
  "real-discriminator": { kind: "forward", path: "M316 144 C330 144 326 196 340 196" },
  "fake-discriminator": { kind: "forward", path: "M316 252 C330 252 326 236 340 236" },
  "discriminator-real": { kind: "forward", path: "M472 196 C486 196 482 144 496 144" },
  "discriminator-fake": { kind: "forward", path: "M472 236 C486 236 482 252 496 252" },
  "real-loss": { kind: "forward", path: "M526 94 V74" },
  "fake-loss-d": { kind: "forward", path: "M556 252 H564 Q572 252 572 244 V56 Q572 48 566 48 H562" },
  "fake-loss-g": { kind: "forward", path: "M526 304 V324" },
  "loss-discriminator": { kind: "toD", path: "M490 48 H414 Q406 48 406 56 V150" },
  "loss-gradients": {
    kind: "toG",
    path: narrow ? `M526 372 V${bottom(narrow) - 8} q0 8 -8 8 H316` : `M526 372 V${bottom(narrow) - 30}`,
  },
  "gradients-generator": {
    kind: "toG",
    path: `M${narrow ? 256 : 496} ${bottom(narrow)} H96 q-8 0 -8 -8 V244 Q88 236 96 236 H100`,
  },
});

/** Losses are numbers, not pictures. */
export const losses = {
  discriminator: { x: 496, y: 30 },
  generator: { x: 496, y: 328 },
};

/** Settings in place on the graph; all others are behind "More". */
export const settings = {
  game: { x: 16, y: 14, fields: ["loss.kind", "batch", "seed"] },
  noise: { x: 16, y: 266, fields: ["noise.distribution", "noise.dimension"] },
  generator: {
    x: 100,
    y: 306,
    fields: [
      "generator.hidden",
      "generator.optimizer.kind",
      "generator.optimizer.learningRate",
      "generator.optimizer.momentum",
      "generator.optimizer.rho",
      "generator.optimizer.beta1",
      "generator.updates",
    ],
  },
  discriminator: {
    x: 340,
    y: 306,
    fields: [
      "discriminator.hidden",
      "discriminator.optimizer.kind",
      "discriminator.optimizer.learningRate",
      "discriminator.optimizer.momentum",
      "discriminator.optimizer.rho",
      "discriminator.optimizer.beta1",
      "discriminator.updates",
      "penalty.r1",
    ],
  },
};
