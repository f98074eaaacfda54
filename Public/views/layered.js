/** The large picture: real samples, fake samples, what D says everywhere, the generator's sheet, and the gradients. */

import { arrows, circles, diamonds, segments } from "../canvas/marks.js";
import { contour } from "../canvas/contour.js";
import { arrowGain, arrowScale, heatSpan } from "../canvas/exposure.js";
import { Glide } from "../canvas/glide.js";
import { difference, Heatmap } from "../canvas/heatmap.js";
import { manifold } from "../canvas/manifold.js";
import { beside, factors, gradientsUnder } from "../canvas/pulls.js";
import { Surface } from "../canvas/surface.js";
import { byId } from "../dom.js";

/** @typedef {Partial<import("../protocol/frame.js").Frame>} Frame */

/**
 * Three canvases, so that what did not change is not drawn again: what lies under everything (heatmap), the real
 * samples, and what moves (manifold, gradients, fakes).
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {string} context.name Of the canvases' ids.
 * @param {(frame: Frame) => Frame} [context.of] Which run of a frame it shows.
 */
export function createLayered({ store, loop, name, of = (frame) => frame }) {
  const ground = new Surface(byId(`${name}-heatmap`), () => loop.invalidate(drawGround));
  const middle = new Surface(byId(`${name}-real`), () => loop.invalidate(drawReal));
  const top = new Surface(byId(`${name}-fake`), () => loop.invalidate(drawMoving));
  const heatmap = new Heatmap();
  const glides = { fake: new Glide(), gradients: new Glide(), manifold: new Glide() };

  const drawGround = () => paintGround(ground.clear(), ground.width);
  const drawReal = () => paintReal(middle.clear(), middle.width);
  const drawMoving = (/** @type {number} */ now) => {
    const moving = Object.values(glides)
      .map((glide) => glide.advance(now))
      .some(Boolean);
    paintMoving(top.clear(), top.width);
    return moving;
  };

  const paintGround = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ side) => {
    const { palette, layers } = store.state;
    const grid = groundOf(of(store.state.frame), layers);
    if (!grid) return;
    if (layers.heatmap || layers.optimum || layers.difference) {
      heatmap.update(
        grid,
        layers.difference ? palette.difference : palette.heat,
        groundSpan(store.state.frame, layers),
      );
      heatmap.draw(context, side);
    }
    if (!layers.contour) return;
    context.strokeStyle = palette.ink2;
    context.lineWidth = Math.max(1, side / 400);
    context.lineCap = "round";
    segments(context, contour(grid, 0.5), side);
  };

  const paintReal = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ side) => {
    const { frame, palette, layers } = store.state;
    if (!layers.real || !frame.real) return;
    context.fillStyle = palette.real;
    circles(context, frame.real, side, 1.15 * dot(side));
  };

  const paintMoving = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ side) => {
    const { palette, layers, view } = store.state;
    const frame = of(store.state.frame);
    if (layers.manifold && frame.manifold)
      manifold(context, frame.manifold, glides.manifold.shown, store.state.noise, palette.fake, side);
    if (layers.pulls && frame.pulls) drawPulls(context, frame, palette, view.half, side);
    else if (layers.gradients && frame.gradients && glides.fake.shown.length === glides.gradients.shown.length) {
      context.fillStyle = palette.gradient;
      context.globalAlpha = 0.7;
      arrows(
        context,
        glides.fake.shown,
        glides.gradients.shown,
        arrowScale(view.half, arrowGain(store.state.frame.gradients.vectors, view.half, store.state.frame.heatmap)),
        side,
        0.35 * dot(side),
      );
      context.globalAlpha = 1;
    }
    const ghost = of(store.state.frame).twin?.fake;
    if (layers.ghost && ghost) {
      context.strokeStyle = palette.ink3;
      context.lineWidth = Math.max(1, side / 400);
      diamonds(context, ghost, side, 1.5 * dot(side));
    }
    if (layers.fake && frame.fake) {
      context.strokeStyle = palette.fake;
      context.lineWidth = Math.max(1, side / 420);
      context.globalAlpha = 0.85; // The real samples beneath them stay to be seen.
      diamonds(context, glides.fake.shown, side, 1.4 * dot(side));
      context.globalAlpha = 1;
    }
  };

  let last = /** @type {any} */ ({});
  store.watch(["frame", "palette", "layers"], (/** @type {any} */ state) => {
    const { palette, layers } = state;
    const frame = of(state.frame);
    const { real } = state.frame;
    const now = performance.now();
    const repaint = palette !== last.palette || layers !== last.layers;
    if (frame.fake) glides.fake.aim(frame.fake, now);
    if (frame.gradients) glides.gradients.aim(frame.gradients.vectors, now);
    if (frame.manifold) glides.manifold.aim(frame.manifold.points, now);
    if (repaint || frame.heatmap !== last.heatmap || frame.optimum !== last.optimum) loop.invalidate(drawGround);
    if (repaint || real !== last.real) loop.invalidate(drawReal);
    if (
      repaint ||
      frame.fake !== last.fake ||
      frame.manifold !== last.manifold ||
      frame.gradients !== last.gradients ||
      frame.pulls !== last.pulls
    )
      loop.invalidate(drawMoving);
    last = {
      palette,
      layers,
      heatmap: frame.heatmap,
      optimum: frame.optimum,
      real,
      fake: frame.fake,
      manifold: frame.manifold,
      gradients: frame.gradients,
      pulls: frame.pulls,
    };
  });
  return {
    glides,
    /** All of it, as it is now, on any square. @param {CanvasRenderingContext2D} context @param {number} side */
    paint(context, side) {
      for (const paint of [paintGround, paintReal, paintMoving]) paint(context, side);
    },
  };
}

/**
 * What the ground shows: the discriminator, the best one possible, or how far the one is from the other.
 * @param {Frame} frame
 * @param {Record<string, boolean>} layers
 */
function groundOf({ heatmap, optimum }, layers) {
  if (layers.difference) return heatmap && optimum ? difference(heatmap, optimum) : null;
  return layers.optimum ? optimum : heatmap;
}

/**
 * The scale of the ground's colours: one for both runs of a comparison, and for the discriminator and the best one.
 * @param {Partial<Frame>} frame
 * @param {Record<string, boolean>} layers
 */
export function groundSpan(frame, layers) {
  const optima = layers.optimum || layers.difference ? [frame.optimum, frame.twin?.optimum] : [];
  return heatSpan(frame.heatmap, frame.twin?.heatmap, ...optima);
}

/** One fake in this many shows its three pulls. */
const PULLS_EVERY = 5;

/** Which colour is which loss: its own for the one that the lab starts with. */
export const pullColours = /** @type {const} */ ({
  minimax: "ink",
  nonSaturating: "gradient",
  wasserstein: "discriminator",
});

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {import("../canvas/palette.js").Palette} palette
 * @param {number} half
 * @param {number} side
 */
function drawPulls(context, frame, palette, half, side) {
  const { fake, pulls, heatmap } = frame;
  if (!fake || !pulls || fake.length !== pulls.vectors.length) return;
  const scale = arrowScale(half, arrowGain(pulls.vectors, half, heatmap));
  const gap = (2 * 2.2 * dot(side)) / side;
  /** @type {(keyof typeof factors)[]} */ (Object.keys(factors)).forEach((name, i) => {
    context.fillStyle = palette[pullColours[name]];
    const gradients = gradientsUnder(pulls, name);
    arrows(
      context,
      beside(fake, pulls.vectors, PULLS_EVERY, (i - 1) * gap),
      beside(gradients, gradients, PULLS_EVERY, 0),
      scale,
      side,
      0.5 * dot(side),
    );
  });
}

/**
 * Radius of a sample's dot.
 * @param {number} side
 */
const dot = (side) => Math.max(1.5, side / 190);
