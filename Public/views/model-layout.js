/**
 * Where the parts of the model overview stand, in design pixels of a 660 × 540 drawing, and which settings stand under
 * which network. What flows forward is grey; back to the discriminator, blue; back to the generator, purple.
 */

/** @typedef {"noise" | "generator" | "real" | "fake" | "discriminator" | "scores-real" | "scores-fake" | "gradients"} NodeName */

export const WIDTH = 660;

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
  noise: { x: 20, y: 184, size: 64, label: "below" },
  generator: { x: 116, y: 148, size: 136, label: "below" },
  real: { x: 284, y: 112, size: 64, label: "above" },
  fake: { x: 284, y: 220, size: 64, label: "below" },
  discriminator: { x: 380, y: 148, size: 136, label: "below" },
  "scores-real": { x: 548, y: 112, size: 64, label: "above" },
  "scores-fake": { x: 548, y: 220, size: 64, label: "below" },
  gradients: { x: narrow ? 284 : 548, y: bottom(narrow) - 32, size: 64, label: "below" }, // Beside the pseudo code, where there is some.
});

/**
 * @param {boolean} narrow
 * @returns {Record<string, { kind: "forward" | "toD" | "toG", path: string }>}
 */
export const edges = (narrow) => ({
  "noise-generator": { kind: "forward", path: "M84 216 H116" },
  "generator-fake": { kind: "forward", path: "M252 216 C272 216 264 252 284 252" },
  "real-discriminator": { kind: "forward", path: "M348 144 C368 144 360 196 380 196" },
  "fake-discriminator": { kind: "forward", path: "M348 252 C368 252 360 236 380 236" },
  "discriminator-real": { kind: "forward", path: "M516 196 C536 196 528 144 548 144" },
  "discriminator-fake": { kind: "forward", path: "M516 236 C536 236 528 252 548 252" },
  "real-loss": { kind: "forward", path: "M580 92 V74" },
  "fake-loss-d": { kind: "forward", path: "M612 252 H634 Q642 252 642 244 V56 Q642 48 634 48 H630" },
  "fake-loss-g": { kind: "forward", path: "M580 306 V326" },
  "loss-discriminator": { kind: "toD", path: "M540 48 H456 Q448 48 448 56 V148" },
  "loss-gradients": { kind: "toG", path: narrow ? `M580 372 V${bottom(narrow) - 8} q0 8 -8 8 H348` : `M580 372 V${bottom(narrow) - 32}` },
  "gradients-generator": { kind: "toG", path: `M${narrow ? 284 : 548} ${bottom(narrow)} H102 q-8 0 -8 -8 V244 Q94 236 102 236 H116` },
});

/** Losses are numbers, not pictures. */
export const losses = {
  discriminator: { x: 548, y: 30 },
  generator: { x: 548, y: 328 },
};

/** Settings in place on the graph; all others are behind "More". */
export const settings = {
  game: { x: 116, y: 14, fields: ["loss.kind", "batch", "seed"] },
  noise: { x: 20, y: 268, fields: ["noise.distribution", "noise.dimension"] },
  generator: { x: 116, y: 308, fields: ["generator.hidden", "generator.optimizer.kind", "generator.optimizer.learningRate", "generator.optimizer.momentum", "generator.optimizer.rho", "generator.optimizer.beta1", "generator.updates"] },
  discriminator: { x: 380, y: 308, fields: ["discriminator.hidden", "discriminator.optimizer.kind", "discriminator.optimizer.learningRate", "discriminator.optimizer.momentum", "discriminator.optimizer.rho", "discriminator.optimizer.beta1", "discriminator.updates", "penalty.r1"] },
};
