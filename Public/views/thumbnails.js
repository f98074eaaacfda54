/** The small live pictures in the nodes of the model overview. */

import { arrowGain, arrowScale, heatSpan } from "../canvas/exposure.js";
import { fitNoise } from "../canvas/latent.js";
import { Heatmap } from "../canvas/heatmap.js";
import { arrows, circles, diamonds, scoredDots, toX, toY } from "../canvas/marks.js";
import { flatGrid, manifold } from "../canvas/manifold.js";
import { Surface } from "../canvas/surface.js";
import { element } from "../dom.js";

/** @typedef {import("../protocol/frame.js").Frame} Frame */
/** @typedef {import("../canvas/palette.js").Palette} Palette */
/** @typedef {import("../canvas/latent.js").Noise} Noise */
/** @typedef {(context: CanvasRenderingContext2D, side: number, frame: Partial<Frame>, palette: Palette, heatmap: Heatmap, noise: Noise, warp: number) => void} Paint */

/** @type {Record<string, Paint>} */
const paints = {
  noise(context, side, { latent }, { fake }, _, noise) {
    if (!latent) return;
    context.fillStyle = fake;
    circles(context, fitNoise(latent, noise), side, 0.9);
  },
  generator(context, side, frame, { fake }, _, noise, warp) {
    if (frame.manifold) manifold(context, frame.manifold, warped(frame.manifold, warp), noise, fake, side);
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
  gradients(context, side, { fake, gradients, heatmap, view }, palette) {
    if (!fake || !gradients || !view) return;
    context.fillStyle = palette.gradient;
    arrows(
      context,
      fake,
      gradients.vectors,
      arrowScale(view.half, arrowGain(gradients.vectors, view.half, heatmap)),
      side,
      0.7,
    );
  },
};

/**
 * The sheet on its way from the flat square of noise (0) to where the generator puts it (1).
 * @param {import("../protocol/frame.js").Mesh} mesh
 * @param {number} warp
 */
function warped(mesh, warp) {
  if (warp >= 1) return mesh.points;
  const eased = warp * warp * (3 - 2 * warp);
  return flatGrid(mesh).map((flat, i) => flat + (mesh.points[i] - flat) * eased);
}

/** Milliseconds in which the noise square warps into the samples while the pointer is on the generator. */
const WARP = 2000;

/** Milliseconds between two drawings: pictures this small need no more. */
const PACE = 60;

/** Nodes that show one mark a fake sample, and where that mark is. @type {Record<string, (frame: Partial<Frame>, noise: Noise) => Float32Array | undefined>} */
const linked = {
  noise: ({ latent }, noise) => latent && fitNoise(latent, noise),
  fake: ({ fake }) => fake,
  gradients: ({ fake }) => fake,
  "scores-fake": ({ fake }) => fake,
};

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
    /** When the pointer came onto the generator. */
    this.warpBegan = -Infinity;
    this.drawnAt = -Infinity;
    store.watch(["frame", "palette", "hover"], () => loop.invalidate(this.draw));
  }

  /** Shows how the noise square becomes the samples. */
  warp() {
    this.warpBegan = performance.now();
    this.loop.invalidate(this.draw);
  }

  /** @param {string} name A node of the overview. */
  canvas(name) {
    const known = this.made.get(name);
    if (known) return known.canvas;
    const canvas = element("canvas", { id: `node-${name}` });
    this.made.set(name, { canvas, surface: new Surface(canvas, () => this.loop.invalidate(this.draw)) });
    return canvas;
  }

  /** @param {number} now */
  draw(now) {
    const { frame, palette, noise, hover } = this.store.state;
    const warp = Math.min(1, Math.max(0, (now - this.warpBegan) / WARP));
    if (warp >= 1 && now - this.drawnAt < PACE) return true;
    this.drawnAt = now;
    if (frame.heatmap) this.heatmap.update(frame.heatmap, palette.heat, heatSpan(frame.heatmap));
    for (const [name, { surface }] of this.made) {
      const context = surface.clear();
      if (surface.width === 0) continue;
      paints[name](context, surface.width, frame, palette, this.heatmap, noise, warp);
      const marks = hover.fake >= 0 ? linked[name]?.(frame, noise) : undefined;
      if (marks) ring(context, marks, hover.fake, surface.width, palette.ink);
      if (name === "noise" && hover.cell >= 0 && frame.manifold)
        square(context, frame.manifold, hover.cell, surface.width, palette.ink);
    }
    return warp < 1;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} marks
 * @param {number} index
 * @param {number} side
 * @param {string} colour
 */
function ring(context, marks, index, side, colour) {
  context.beginPath();
  context.arc(toX(marks[2 * index], side), toY(marks[2 * index + 1], side), 4, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = 1.3;
  context.stroke();
}

/**
 * A cell of the noise grid.
 * @param {CanvasRenderingContext2D} context
 * @param {{ columns: number, rows: number }} mesh
 * @param {number} cell
 * @param {number} side
 * @param {string} colour
 */
function square(context, { columns, rows }, cell, side, colour) {
  const [width, height] = [side / columns, side / rows];
  context.strokeStyle = colour;
  context.lineWidth = 1.3;
  context.strokeRect((cell % columns) * width, side - (Math.floor(cell / columns) + 1) * height, width, height);
}
