/**
 * What to try when a run goes wrong: changes of settings that were measured to help, each alone, on a ring of eight
 * Gaussians that too much momentum had broken.
 */

/** @typedef {Record<string, any>} Settings By path. */
/** @typedef {(settings: Settings) => Settings | null} Remedy What it changes; null if that is so already. */

const networks = /** @type {const} */ (["generator", "discriminator"]);
const BALANCE = ["generator.updates", "discriminator.updates"];

/** Two figures are enough for a learning rate. @param {number} rate */
const round = (rate) => Number(rate.toPrecision(2));

/** @type {Record<string, Remedy>} */
const known = {
  penalty: (s) => (s["penalty.r1"] >= 0.1 ? null : { "penalty.r1": 0.1 }),
  lessPenalty: (s) => (s["penalty.r1"] > 0.3 ? { "penalty.r1": 0.1 } : null),
  slowerGenerator: (s) => ({ "generator.optimizer.learningRate": round(s["generator.optimizer.learningRate"] / 4) }),
  slowerBoth: (s) => Object.fromEntries(networks.map((name) => [`${name}.optimizer.learningRate`, round(s[`${name}.optimizer.learningRate`] / 3)])),
  lessMomentum: (s) => {
    const heavy = networks.filter((name) => s[`${name}.optimizer.kind`] === "adam" && s[`${name}.optimizer.beta1`] > 0.5);
    return heavy.length === 0 ? null : Object.fromEntries(heavy.map((name) => [`${name}.optimizer.beta1`, 0.5]));
  },
  balance: (s) => (s["generator.updates"] > s["discriminator.updates"] ? Object.fromEntries(BALANCE.map((path) => [path, 1])) : null),
  wholeMinibatch: (s) => (s["discriminator.minibatchStandardDeviation"] ? null : { "discriminator.minibatchStandardDeviation": true }),
  gradient: (s) => (s["loss.kind"] === "minimax" ? { "loss.kind": "nonSaturating" } : null),
  capacity: (s) => {
    const small = networks.filter((name) => Math.max(0, ...s[`${name}.hidden`]) < 32);
    return small.length === 0 ? null : Object.fromEntries(small.map((name) => [`${name}.hidden`, [64, 64]]));
  },
};

/** For each verdict, the most promising first. @type {Record<string, (keyof typeof known)[]>} */
const against = {
  collapsed: ["lessMomentum", "balance", "penalty", "slowerGenerator", "wholeMinibatch"],
  narrow: ["lessMomentum", "balance", "penalty", "slowerGenerator", "wholeMinibatch"],
  hopping: ["lessMomentum", "balance", "penalty", "slowerGenerator", "wholeMinibatch"],
  oscillating: ["lessMomentum", "penalty", "slowerBoth"],
  vanished: ["gradient", "penalty"],
  outside: ["slowerGenerator", "penalty"],
  missing: ["lessMomentum", "balance", "penalty", "slowerGenerator"],
  blurred: ["capacity", "lessPenalty", "slowerBoth"],
  stalled: ["capacity", "lessPenalty", "penalty", "balance"],
};

/** More would be no advice. */
const MOST = 3;

/**
 * The changes to try, each a set of settings that belong together.
 * @param {string} verdict
 * @param {Settings} settings
 * @returns {Settings[]}
 */
export function remedies(verdict, settings) {
  return (against[verdict] ?? []).map((name) => known[name](settings)).filter((change) => change !== null).slice(0, MOST);
}
