/**
 * Why the gradient vanishes: how hard three losses pull the same fake samples, under the same discriminator.
 *
 * With l the discriminator's logit at a fake, every loss of the generator pulls along ∂l/∂x; only the factor differs:
 * minimax log(1 − σ(l)): σ(l) · non-saturating −log σ(l): 1 − σ(l) · Wasserstein −l: 1.
 */

const sigmoid = (/** @type {number} */ l) => 1 / (1 + Math.exp(-l));

/** @typedef {"minimax" | "nonSaturating" | "wasserstein"} PullName */

/** In the order in which their arrows lie side by side. @type {Record<PullName, (logit: number) => number>} */
export const factors = {
  minimax: sigmoid,
  nonSaturating: (l) => sigmoid(-l),
  wasserstein: () => 1,
};

/**
 * ∂L/∂x of one loss at every fake sample.
 * @param {{ vectors: Float32Array, logits: Float32Array }} pulls
 * @param {PullName} name
 */
export function gradientsUnder({ vectors, logits }, name) {
  const out = new Float32Array(vectors.length);
  for (let i = 0; i < logits.length; i++) {
    const factor = -factors[name](logits[i]); // A loss falls where the logit rises.
    out[2 * i] = factor * vectors[2 * i];
    out[2 * i + 1] = factor * vectors[2 * i + 1];
  }
  return out;
}

/**
 * Half of the fakes are pulled harder than this.
 * @param {Float32Array} gradients
 */
export function medianNorm(gradients) {
  const norms = new Float32Array(gradients.length / 2);
  for (let i = 0; i < norms.length; i++) norms[i] = Math.hypot(gradients[2 * i], gradients[2 * i + 1]);
  norms.sort();
  return norms.length === 0 ? NaN : norms[norms.length >> 1];
}

/**
 * Every nth point or vector, moved sideways a little, so that three arrows of one sample stand beside each other.
 * @param {Float32Array} points
 * @param {Float32Array} along Its direction says where sideways is.
 * @param {number} every
 * @param {number} aside View units.
 */
export function beside(points, along, every, aside) {
  const count = Math.ceil(points.length / 2 / every);
  const out = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const j = 2 * i * every;
    const norm = Math.hypot(along[j], along[j + 1]) || 1;
    out[2 * i] = points[j] - (aside * along[j + 1]) / norm;
    out[2 * i + 1] = points[j + 1] + (aside * along[j]) / norm;
  }
  return out;
}
