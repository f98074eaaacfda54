/**
 * The ten parts of a step, five for each network: what is at work in the model and in the picture while each is shown.
 * Captions are in the language files, under `slow.` and the phase's id.
 */

/** @typedef {"discriminator" | "generator"} Player */
/** @typedef {`${Player}.${1 | 2 | 3 | 4 | 5}`} PhaseId */

/**
 * @typedef {object} Phase
 * @property {PhaseId} id
 * @property {Player} player
 * @property {number} number
 * @property {string[]} nodes Of the model overview.
 * @property {string[]} edges
 * @property {("ground" | "real" | "moving")[]} picture What stays bright in the layered view: background, real samples, what moves.
 */

/** @type {Phase[]} */
export const phases = [
  {
    id: "discriminator.1",
    player: "discriminator",
    number: 1,
    nodes: ["noise", "generator", "fake"],
    edges: ["noise-generator", "generator-fake"],
    picture: ["moving"],
  },
  {
    id: "discriminator.2",
    player: "discriminator",
    number: 2,
    nodes: ["real", "fake", "discriminator", "scores-real", "scores-fake"],
    edges: ["real-discriminator", "fake-discriminator", "discriminator-real", "discriminator-fake"],
    picture: ["ground", "real", "moving"],
  },
  {
    id: "discriminator.3",
    player: "discriminator",
    number: 3,
    nodes: ["scores-real", "scores-fake", "loss-discriminator"],
    edges: ["real-loss", "fake-loss-d"],
    picture: ["ground", "real", "moving"],
  },
  {
    id: "discriminator.4",
    player: "discriminator",
    number: 4,
    nodes: ["loss-discriminator", "discriminator"],
    edges: ["loss-discriminator"],
    picture: ["ground"],
  },
  {
    id: "discriminator.5",
    player: "discriminator",
    number: 5,
    nodes: ["discriminator"],
    edges: [],
    picture: ["ground"],
  },
  {
    id: "generator.1",
    player: "generator",
    number: 1,
    nodes: ["noise", "generator", "fake"],
    edges: ["noise-generator", "generator-fake"],
    picture: ["moving"],
  },
  {
    id: "generator.2",
    player: "generator",
    number: 2,
    nodes: ["fake", "discriminator", "scores-fake"],
    edges: ["fake-discriminator", "discriminator-fake"],
    picture: ["ground", "moving"],
  },
  {
    id: "generator.3",
    player: "generator",
    number: 3,
    nodes: ["scores-fake", "loss-generator"],
    edges: ["fake-loss-g"],
    picture: ["ground", "moving"],
  },
  {
    id: "generator.4",
    player: "generator",
    number: 4,
    nodes: ["loss-generator", "gradients"],
    edges: ["loss-gradients"],
    picture: ["moving"],
  },
  {
    id: "generator.5",
    player: "generator",
    number: 5,
    nodes: ["gradients", "generator", "fake"],
    edges: ["gradients-generator"],
    picture: ["moving"],
  },
];

/**
 * One update of one network, as the server explains it.
 * @typedef {object} Update
 * @property {Player} player
 * @property {number} loss Without penalty.
 * @property {number} penalty
 * @property {number} [realOutput] Mean of D's raw output on the real samples; not in the generator's turn.
 * @property {number} [realScore] Mean of its sigmoid.
 * @property {number} fakeOutput
 * @property {number} fakeScore
 * @property {number} gradientNorm Of all weights together.
 * @property {number} updateNorm How far the weights moved.
 */

/** @typedef {{ step: number, updates: Update[] }} Explanation `step` is the one that was taken, counted from 0. */

/**
 * One halt of slow motion.
 * @typedef {object} Stop
 * @property {Phase} phase
 * @property {Update} update Whose numbers are shown.
 * @property {number} repeats Updates that this halt stands for.
 * @property {boolean} isRepetition Whether it sums up updates that went like the one before it.
 * @property {"before" | "between" | "after"} picture The experiment before the step, after the discriminator's turn, or after the step.
 */

/**
 * Each network's first update part by part, its others summed up in one halt.
 * @param {Explanation} explanation
 * @returns {Stop[]}
 */
export function stopsOf({ updates }) {
  return /** @type {const} */ (["discriminator", "generator"]).flatMap((player) => {
    const own = updates.filter((update) => update.player === player);
    if (own.length === 0) return [];
    const [earlier, later] =
      player === "discriminator"
        ? /** @type {const} */ (["before", "between"])
        : /** @type {const} */ (["between", "after"]);
    const parts = phases.filter((phase) => phase.player === player);
    const last = parts[parts.length - 1];
    /** @type {Stop[]} */
    const stops = parts.map((phase) => ({
      phase,
      update: own[0],
      repeats: 1,
      isRepetition: false,
      picture: phase === last && own.length === 1 ? later : earlier,
    }));
    if (own.length > 1)
      stops.push({
        phase: last,
        update: own[own.length - 1],
        repeats: own.length - 1,
        isRepetition: true,
        picture: later,
      });
    return stops;
  });
}
