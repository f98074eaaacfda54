/**
 * What to try when a run goes wrong. Each change was measured alone, over eight seeds, on the ready-made experiments that
 * fail; it is offered only under settings like those where it helped. The figures are how many of the eight seeds it
 * brought near the target (sliced Wasserstein of at most four times its noise floor), and how many were near it without.
 */

/** @typedef {Record<string, any>} Settings By path. */
/** @typedef {(settings: Settings) => Settings | null} Remedy What it changes; null if that is so already, or did not help there. */

const networks = /** @type {const} */ (["generator", "discriminator"]);
const BALANCE = ["generator.updates", "discriminator.updates"];

/** Two figures are enough for a learning rate. @param {number} rate */
const round = (rate) => Number(rate.toPrecision(2));

/** The networks whose optimizer averages over many steps. @param {Settings} s */
const withMomentum = (s) =>
  networks.filter((name) => s[`${name}.optimizer.kind`] === "adam" && s[`${name}.optimizer.beta1`] > 0.5);
/** @param {Settings} s */
const generatorLeads = (s) => s["generator.updates"] > s["discriminator.updates"];
/** @param {Settings} s */
const isLinear = (s) => s["discriminator.hidden"].length === 0;
/** @param {Settings} s */
const isSmall = (s) => !isLinear(s) && Math.max(...s["discriminator.hidden"]) < 32;

/** @type {Record<string, Remedy>} */
const known = {
  // Momentum: 8, without 2. The linear game of one point: nearer in 8. A collapse without momentum: worse in 6.
  penalty: (s) => ((withMomentum(s).length > 0 || isLinear(s)) && s["penalty.r1"] < 0.1 ? { "penalty.r1": 0.1 } : null),
  // A vanished gradient: 8, without 4.
  slope: (s) => (s["penalty.r1"] < 0.1 ? { "penalty.r1": 0.1 } : null),
  // Too much penalty: 8, without 1.
  lessPenalty: (s) => (s["penalty.r1"] > 0.3 ? { "penalty.r1": 0.1 } : null),
  // Momentum: 5, without 2. Too much penalty: 7, without 1. Blurred under R1: nearer in 7. A collapse without R1: worse in 7.
  slowerBoth: (s) =>
    withMomentum(s).length > 0 || s["penalty.r1"] > 0
      ? Object.fromEntries(
          networks.map((name) => [`${name}.optimizer.learningRate`, round(s[`${name}.optimizer.learningRate`] / 3)]),
        )
      : null,
  // Momentum: 4, without 2. Too much penalty: 8, without 1.
  lessMomentum: (s) =>
    withMomentum(s).length === 0
      ? null
      : Object.fromEntries(withMomentum(s).map((name) => [`${name}.optimizer.beta1`, 0.5])),
  // The generator updated five times as often: 4, without 2.
  balance: (s) => (generatorLeads(s) ? Object.fromEntries(BALANCE.map((path) => [path, 1])) : null),
  // Momentum: 8, without 2. Hopping: 8, without none. Collapse: nearer in 7. A small discriminator: no help.
  wholeMinibatch: (s) =>
    s["discriminator.minibatchStandardDeviation"] || generatorLeads(s) || isSmall(s) || isLinear(s)
      ? null
      : { "discriminator.minibatchStandardDeviation": true },
  // Hopping: 8, without none.
  lookingAhead: (s) =>
    s["discriminator.unrolling"] > 0 ||
    s["discriminator.spectralNormalization"] ||
    withMomentum(s).length > 0 ||
    isSmall(s)
      ? null
      : { "discriminator.unrolling": 5 },
  // A vanished gradient: 6, without 4.
  gradient: (s) => (s["loss.kind"] === "minimax" ? { "loss.kind": "nonSaturating" } : null),
  // A discriminator of four units: 7, without none.
  largerDiscriminator: (s) => (isSmall(s) ? { "discriminator.hidden": [64, 64] } : null),
};

const tooAlike = ["largerDiscriminator", "penalty", "balance", "wholeMinibatch", "lessMomentum"];

/** For each verdict, the most promising first. @type {Record<string, (keyof typeof known)[]>} */
const against = {
  collapsed: tooAlike,
  narrow: tooAlike,
  missing: tooAlike,
  hopping: [...tooAlike, "lookingAhead"],
  oscillating: ["largerDiscriminator", "penalty", "lessPenalty", "lessMomentum", "slowerBoth"],
  vanished: ["gradient", "slope"],
  outside: ["largerDiscriminator", "balance", "penalty"],
  blurred: ["lessPenalty", "lessMomentum", "balance", "slowerBoth"],
  stalled: ["largerDiscriminator", "lessPenalty", "lessMomentum"],
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
  return (against[verdict] ?? [])
    .map((name) => known[name](settings))
    .filter((change) => change !== null)
    .slice(0, MOST);
}
