/**
 * The training step as lines of pseudo code, after algorithm 1 of Goodfellow et al. 2014, but as it is with the settings
 * of now: this loss, these penalties, that optimizer. x are real samples, f fakes, a = D(x) and b = D(f) the
 * discriminator's raw outputs, θ a network's weights.
 */

import { formatNumber } from "../recipe/schema.js";

/** @typedef {import("./phases.js").PhaseId} PhaseId */
/** @typedef {import("./phases.js").Update} Update */
/** @typedef {import("./phases.js").Player} Player */

/**
 * @typedef {object} Line
 * @property {PhaseId} [phase] During which the line runs.
 * @property {Player} [turn] Instead of a phase: a heading, which opens the turn of this network.
 * @property {string} [code]
 * @property {{ key: string, values?: Record<string, string | number> }} [words] Instead of code: text of the language file.
 * @property {(update: Update) => string} [value] What the line came to.
 */

/** @typedef {Record<string, any>} Settings By path, all of them. */

/**
 * @param {Settings} s
 * @returns {Line[]}
 */
export function pseudocode(s) {
  return [...discriminatorTurn(s), ...generatorTurn(s)];
}

/** @param {Settings} s @returns {Line[]} */
function discriminatorTurn(s) {
  const updates = s["discriminator.updates"];
  if (updates === 0) return [];
  return [
    {
      turn: "discriminator",
      words: { key: updates === 1 ? "code.discriminator" : "code.discriminators", values: { n: updates } },
    },
    { phase: "discriminator.1", code: `z ← ${noise(s)}` },
    { phase: "discriminator.1", code: "f ← G(z)" },
    { phase: "discriminator.2", words: { key: "code.real", values: { n: s.batch } } },
    ...instanceNoise(s, "discriminator.2", "x, f"),
    ...spectral(s, "discriminator.2"),
    { phase: "discriminator.2", code: "a ← D(x)", value: (u) => output(s, u.realOutput, u.realScore) },
    { phase: "discriminator.2", code: "b ← D(f)", value: (u) => output(s, u.fakeOutput, u.fakeScore) },
    { phase: "discriminator.3", code: `L ← ${discriminatorLoss(s)}`, value: (u) => formatNumber(u.loss) },
    ...penalties(s),
    ...update(s, "discriminator"),
  ];
}

/** @param {Settings} s @returns {Line[]} */
function generatorTurn(s) {
  const updates = s["generator.updates"];
  if (updates === 0) return [];
  const lookahead = s["discriminator.unrolling"];
  const average = s["generator.average"];
  return [
    { turn: "generator", words: { key: updates === 1 ? "code.generator" : "code.generators", values: { n: updates } } },
    { phase: "generator.1", code: `z ← ${noise(s)}` },
    { phase: "generator.1", code: "f ← G(z)" },
    ...instanceNoise(s, "generator.2", "f"),
    { phase: "generator.2", code: "b ← D(f)", value: (u) => output(s, u.fakeOutput, u.fakeScore) },
    ...(lookahead > 0 ? [line("generator.2", { key: "code.unrolled", values: { n: lookahead } })] : []),
    { phase: "generator.3", code: `L ← ${generatorLoss(s)}`, value: (u) => formatNumber(u.loss) },
    ...update(s, "generator"),
    ...(average > 0 ? [line("generator.5", `θ̄ ← ${average} θ̄ + ${formatNumber(1 - average)} θ`)] : []),
  ];
}

/** @param {Settings} s */
function noise(s) {
  const dimension = s["noise.dimension"];
  const power = dimension === 1 ? "" : digits(dimension, "⁰¹²³⁴⁵⁶⁷⁸⁹");
  const identity = dimension === 1 ? "" : `I${digits(dimension, "₀₁₂₃₄₅₆₇₈₉")}`;
  switch (s["noise.distribution"]) {
    case "uniform":
      return `${s.batch} × U[0, 1)${power}`;
    case "gaussian":
      return `${s.batch} × N(0, ${identity || 1})`;
    default:
      return `${s.batch} × N(½, ¼²${identity}) ∩ [0, 1]${power}`;
  }
}

/** @param {Settings} s @param {PhaseId} phase @param {string} names @returns {Line[]} */
function instanceNoise(s, phase, names) {
  const sigma = s["penalty.instanceNoise"];
  if (!(sigma > 0)) return [];
  const annealed = s["penalty.instanceNoiseSteps"] > 0;
  return [line(phase, `${names} ← ${names} + ${annealed ? "σ(t)" : sigma} · N(0, 1)`)];
}

/** @param {Settings} s @param {PhaseId} phase @returns {Line[]} */
function spectral(s, phase) {
  return s["discriminator.spectralNormalization"] ? [line(phase, "W ← W / σₘₐₓ(W)")] : [];
}

/** @param {Settings} s */
function discriminatorLoss(s) {
  const kind = s["loss.kind"];
  const [one, zero] = [1 - s["loss.smoothReal"], s["loss.smoothFake"]];
  switch (kind) {
    case "leastSquares":
      return `${scaled(s)}mean ${square(s, "a", one)} + ${scaled(s)}mean ${square(s, "b", zero)}`;
    case "hinge":
      return "mean max(0, 1 − a) + mean max(0, 1 + b)";
    case "wasserstein":
      return "mean b − mean a";
    default:
      return `−${factor(s["loss.realWeight"])}mean ${logLikelihood("a", one)} − mean ${logLikelihood("b", zero)}`;
  }
}

/** @param {Settings} s */
function generatorLoss(s) {
  switch (s["loss.kind"]) {
    case "minimax":
      return "mean log(1 − σ(b))";
    case "leastSquares":
      return `${scaled(s)}mean ${square(s, "b", 1)}`;
    case "nonSaturating":
      return "−mean log σ(b)";
    default:
      return "−mean b";
  }
}

/**
 * The logarithm of what D gave to the label: to "real" with weight `label`, to "fake" with the rest.
 * @param {string} name
 * @param {number} label
 */
function logLikelihood(name, label) {
  if (label === 1) return `log σ(${name})`;
  if (label === 0) return `log(1 − σ(${name}))`;
  return `[${formatNumber(label)} log σ(${name}) + ${formatNumber(1 - label)} log(1 − σ(${name}))]`;
}

/** @param {Settings} s @param {string} name @param {number} label */
function square(s, name, label) {
  const shown = s["loss.leastSquaresOnProbability"] ? `σ(${name})` : name;
  return label === 0 ? `${shown}²` : `(${shown} − ${formatNumber(label)})²`;
}

/** @param {Settings} s */
const scaled = (s) => (s["loss.leastSquaresScale"] === 0.5 ? "½ " : factor(s["loss.leastSquaresScale"]));

/** @param {number} value */
const factor = (value) => (value === 1 ? "" : `${formatNumber(value)} `);

/** @param {Settings} s @returns {Line[]} */
function penalties(s) {
  const [r1, r2, gradient, target] = ["r1", "r2", "gradient", "gradientTarget"].map((name) => s[`penalty.${name}`]);
  const codes = [
    r1 > 0 && `L ← L + ${formatNumber(r1)}/2 · mean ‖∇D(x)‖²`,
    r2 > 0 && `L ← L + ${formatNumber(r2)}/2 · mean ‖∇D(f)‖²`,
    gradient > 0 && `L ← L + ${formatNumber(gradient)} · mean (‖∇D(εx + (1−ε)f)‖ − ${formatNumber(target)})²`,
  ].filter((code) => code !== false);
  // The server tells their sum, which stands at the last of them.
  return codes.map((code, i) => ({
    phase: "discriminator.3",
    code,
    ...(i === codes.length - 1 ? { value: (/** @type {Update} */ u) => `+${formatNumber(u.penalty)}` } : {}),
  }));
}

/** @param {Settings} s @param {Player} player @returns {Line[]} */
function update(s, player) {
  const clip = s["penalty.weightClip"];
  return [
    { phase: `${player}.4`, code: "g ← ∂L/∂θ", value: (u) => `‖g‖ ${formatNumber(u.gradientNorm)}` },
    ...optimizer(s, player),
    ...(player === "discriminator" && clip > 0 ? [line("discriminator.5", `θ ← clip(θ, ±${formatNumber(clip)})`)] : []),
  ];
}

/** @param {Settings} s @param {Player} player @returns {Line[]} */
function optimizer(s, player) {
  const of = (/** @type {string} */ name) => s[`${player}.optimizer.${name}`];
  const rate = of("schedule") === "constant" ? formatNumber(of("learningRate")) : "η(t)";
  const phase = /** @type {PhaseId} */ (`${player}.5`);
  const moved = (/** @type {string} */ code) => ({
    phase,
    code,
    value: (/** @type {Update} */ u) => `‖Δθ‖ ${formatNumber(u.updateNorm)}`,
  });
  switch (of("kind")) {
    case "momentum":
      return [
        line(phase, `v ← ${of("momentum")} v + g`),
        moved(of("nesterov") ? `θ ← θ − ${rate} (g + ${of("momentum")} v)` : `θ ← θ − ${rate} v`),
      ];
    case "rmsprop":
      return [line(phase, `v ← ${mix(of("rho"), "v", "g²")}`), moved(`θ ← θ − ${rate} g / (√v + ε)`)];
    case "adam":
      return [
        line(phase, `m ← ${mix(of("beta1"), "m", "g")}`),
        line(phase, `v ← ${mix(of("beta2"), "v", "g²")}`),
        moved(`θ ← θ − ${rate} m̂ / (√v̂ + ε)`),
      ];
    default:
      return [moved(`θ ← θ − ${rate} g`)];
  }
}

/** A running mean. @param {number} keep @param {string} old @param {string} fresh */
const mix = (keep, old, fresh) =>
  keep === 0 ? fresh : `${formatNumber(keep)} ${old} + ${formatNumber(Number((1 - keep).toPrecision(6)))} ${fresh}`;

/**
 * A mean raw output, and the probability it means where the loss takes it for one.
 * @param {Settings} s @param {number | undefined} raw @param {number | undefined} score
 */
function output(s, raw, score) {
  if (raw === undefined || score === undefined) return "";
  return isProbability(s) ? `σ ${score.toFixed(3)}` : formatNumber(raw);
}

/**
 * Whether the loss takes the discriminator's sigmoid for a probability.
 * @param {Settings} s
 */
export function isProbability(s) {
  const kind = s["loss.kind"];
  return (
    kind === "minimax" || kind === "nonSaturating" || (kind === "leastSquares" && s["loss.leastSquaresOnProbability"])
  );
}

/** @param {number} number @param {string} glyphs */
const digits = (number, glyphs) => [...String(number)].map((digit) => glyphs[Number(digit)]).join("");

/** @param {PhaseId} phase @param {string | { key: string, values?: Record<string, string | number> }} content @returns {Line} */
const line = (phase, content) => (typeof content === "string" ? { phase, code: content } : { phase, words: content });
