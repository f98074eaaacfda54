/** The small live pictures in the nodes of the model overview. */

import { Heatmap } from "../canvas/heatmap.js";
import { arrows, circles, diamonds, scoredDots } from "../canvas/marks.js";
import { manifold } from "../canvas/manifold.js";
import { Surface } from "../canvas/surface.js";
import { element } from "../dom.js";

/** @typedef {import("../protocol/frame.js").Frame} Frame */
/** @typedef {import("../canvas/palette.js").Palette} Palette */
/** @typedef {(context: CanvasRenderingContext2D, side: number, frame: Partial<Frame>, palette: Palette, heatmap: Heatmap, settings: Record<string, any>) => void} Paint */

/** @type {Record<string, Paint>} */
const paints = {
  noise(context, side, { latent }, { fake }, _, settings) {
    if (!latent) return;
    context.fillStyle = fake;
    circles(context, fitNoise(latent, settings["noise.distribution"]), side, 0.9);
  },
  generator(context, side, frame, { fake }) {
    if (frame.manifold) manifold(context, frame.manifold, frame.manifold.points, fake, side);
  },
  real(context, side, frame, { real }) {
    if (!frame.real) return;
    context.fillStyle = real;
    circles(context, frame.real.subarray(0, 400), side, 1);
  },
  fake(context, side, frame, { fake }) {
    if (!frame.fake) return;
    context.strokeStyle = fake;
    context.lineWidth = 0.7;
    diamonds(context, frame.fake.subarray(0, 300), side, 1.7);
  },
  discriminator(context, side, frame, palette, heatmap) {
    heatmap.draw(context, side);
  },
  "scores-real"(context, side, { real, scores }, palette) {
    if (real && scores) scoredDots(context, real, scores.real.subarray(0, 200), palette.scores, side, 1.1);
  },
  "scores-fake"(context, side, { fake, scores }, palette) {
    if (fake && scores) scoredDots(context, fake, scores.fake.subarray(0, 200), palette.scores, side, 1.1);
  },
  gradients(context, side, { fake, gradients, view }, palette) {
    if (!fake || !gradients || !view) return;
    context.fillStyle = palette.gradient;
    arrows(context, fake, gradients.vectors, view.half, side, 0.7);
  },
};

/**
 * Noise in the unit of its picture: uniform fills it, a Gaussian reaches its edge at three standard deviations.
 * @param {Float32Array} latent
 * @param {string} distribution
 */
export function fitNoise(latent, distribution) {
  return latent.map(distribution === "gaussian" ? (z) => z / 3 : (z) => 2 * z - 1);
}

export class Thumbnails {
  /**
   * @param {any} store
   * @param {import("../loop.js").Loop} loop
   */
  constructor(store, loop) {
    this.store = store;
    this.loop = loop;
    this.heatmap = new Heatmap();
    /** @type {Map<string, { canvas: HTMLCanvasElement, surface: Surface }>} */
    this.made = new Map();
    this.draw = this.draw.bind(this);
    store.watch(["frame", "palette"], () => loop.invalidate(this.draw));
  }

  /** @param {string} name A node of the overview. */
  canvas(name) {
    const known = this.made.get(name);
    if (known) return known.canvas;
    const canvas = element("canvas", { id: `node-${name}` });
    this.made.set(name, { canvas, surface: new Surface(canvas, () => this.loop.invalidate(this.draw)) });
    return canvas;
  }

  draw() {
    const { frame, palette, settings } = this.store.state;
    if (frame.heatmap) this.heatmap.update(frame.heatmap, palette.heat);
    for (const [name, { surface }] of this.made) {
      const context = surface.clear();
      if (surface.width > 0) paints[name](context, surface.width, frame, palette, this.heatmap, settings);
    }
  }
}
