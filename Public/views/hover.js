/**
 * What the pointer is on, the same in every picture: a fake sample is also a point of noise, a gradient and a score; a
 * cell of the generator's sheet is also a cell of the noise. The pictures light it; the line in the corner says it.
 */

import { cellAt, nearestPoint, valueAt } from "../canvas/pick.js";
import { toX, toY } from "../canvas/marks.js";
import { quad } from "../canvas/manifold.js";
import { Surface } from "../canvas/surface.js";
import { byId } from "../dom.js";
import { fitNoise, noiseCell } from "../canvas/latent.js";

/** @typedef {{ fake: number, cell: number, at: [number, number] | null }} Hover Indices are −1 for none; `at` is in view units. */

/** @type {Hover} */
export const nothing = { fake: -1, cell: -1, at: null };

/** How near the pointer must be, in pixels. */
const REACH = 12;

/**
 * @param {object} context
 * @param {any} context.store
 * @param {import("../loop.js").Loop} context.loop
 * @param {{ fake: import("../canvas/glide.js").Glide, manifold: import("../canvas/glide.js").Glide }} context.glides
 * @param {(name: string) => HTMLCanvasElement} context.thumbnail
 */
export function createHover({ store, loop, glides, thumbnail }) {
  const picture = byId("picture");
  const readout = byId("readout");
  const surface = new Surface(byId("layered-hover"), () => loop.invalidate(draw));
  /** Where the pointer is; what is under it changes with every frame. @type {[number, number] | null} */
  let pointer = null;

  const follow = () => {
    if (!pointer) return;
    const [x, y] = pointer;
    const { frame, layers } = store.state;
    const fake = layers.fake ? nearestPoint(glides.fake.shown, x, y, (2 * REACH) / surface.width) : -1;
    const cell = fake < 0 && layers.manifold && frame.manifold ? cellAt(frame.manifold, glides.manifold.shown, x, y) : -1;
    store.set({ hover: { fake, cell, at: pointer } });
  };
  picture.addEventListener("pointermove", (event) => {
    pointer = [(2 * event.offsetX) / surface.width - 1, 1 - (2 * event.offsetY) / surface.height];
    loop.invalidate(follow);
  });
  picture.addEventListener("pointerleave", () => { pointer = null; store.set({ hover: nothing }); });

  // From the other pictures to this one.
  linkNoise(thumbnail("noise"), store);
  for (const name of ["fake", "gradients", "scores-fake"]) {
    const canvas = thumbnail(name);
    canvas.addEventListener("pointermove", (event) => {
      const side = canvas.clientWidth;
      const fake = nearestPoint(glides.fake.shown, (2 * event.offsetX) / side - 1, 1 - (2 * event.offsetY) / side, (2 * 6) / side);
      store.set({ hover: { fake, cell: -1, at: null } });
    });
    canvas.addEventListener("pointerleave", () => store.set({ hover: nothing }));
  }

  const draw = () => {
    const context = surface.clear();
    const { hover, palette, frame } = store.state;
    const side = surface.width;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5;
    if (hover.fake >= 0 && 2 * hover.fake < glides.fake.shown.length) {
      context.beginPath();
      context.arc(toX(glides.fake.shown[2 * hover.fake], side), toY(glides.fake.shown[2 * hover.fake + 1], side), 8, 0, 2 * Math.PI);
      context.stroke();
    }
    if (hover.cell >= 0 && frame.manifold) {
      const { columns } = frame.manifold;
      const a = Math.floor(hover.cell / columns) * (columns + 1) + (hover.cell % columns);
      context.beginPath();
      quad(context, glides.manifold.shown, a, a + 1, a + columns + 2, a + columns + 1, side);
      context.stroke();
    }
    say();
  };

  const say = () => {
    const { hover, t, frame, view } = store.state;
    const text = describe(hover, frame, view, glides.fake.shown, t);
    if (readout.textContent !== text) readout.textContent = text;
    readout.hidden = text === "";
  };

  store.watch(["hover", "frame", "palette"], () => {
    if (pointer) loop.invalidate(follow);
    loop.invalidate(draw);
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {any} store
 */
function linkNoise(canvas, store) {
  canvas.addEventListener("pointermove", (event) => {
    const { frame, noise } = store.state;
    if (!frame.latent) return;
    const side = canvas.clientWidth;
    const [x, y] = [(2 * event.offsetX) / side - 1, 1 - (2 * event.offsetY) / side];
    const fake = nearestPoint(fitNoise(frame.latent, noise), x, y, (2 * 3) / side);
    store.set({ hover: { fake, cell: fake < 0 && frame.manifold ? noiseCell(frame.manifold, x, y) : -1, at: null } });
  });
  canvas.addEventListener("pointerleave", () => store.set({ hover: nothing }));
}

/**
 * @param {Hover} hover
 * @param {Partial<import("../protocol/frame.js").Frame>} frame
 * @param {import("../protocol/frame.js").View} view
 * @param {Float32Array} fakes
 * @param {import("../i18n.js").Translate} t
 */
function describe({ fake, cell, at }, frame, view, fakes, t) {
  const place = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: (view.cx + x * view.half).toFixed(2), y: (view.cy + y * view.half).toFixed(2) });
  if (fake >= 0 && frame.scores) {
    const gradient = frame.gradients ? Math.hypot(frame.gradients.vectors[2 * fake], frame.gradients.vectors[2 * fake + 1]).toPrecision(2) : "–";
    const z = frame.latent ? `(${frame.latent[2 * fake].toFixed(2)}, ${frame.latent[2 * fake + 1].toFixed(2)})` : "–";
    return t("readout.fake", { ...place(fakes[2 * fake], fakes[2 * fake + 1]), z, d: (frame.scores.fake[fake] / 255).toFixed(2), gradient });
  }
  if (!at) return "";
  const value = frame.heatmap ? valueAt(frame.heatmap, at[0], at[1]) : null;
  const d = value === null ? "–" : value.toFixed(2);
  return t(cell >= 0 ? "readout.cell" : "readout.place", { ...place(at[0], at[1]), d });
}
