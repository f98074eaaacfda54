/**
 * What the pointer is on, the same in every picture: a fake sample is also a point of noise, a gradient and a score; a
 * cell of the generator's sheet is also a cell of the noise. The pictures light it; the line in the corner says it.
 */

import { decimals } from "../canvas/exposure.js";
import { cellAt, nearestPoint, valueAt } from "../canvas/pick.js";
import { toX, toY } from "../canvas/marks.js";
import { quad } from "../canvas/manifold.js";
import { Surface } from "../canvas/surface.js";
import { byId, setText } from "../dom.js";
import { fitNoise, noiseCell } from "../canvas/latent.js";
import { fixed } from "../recipe/schema.js";
import { keyPointer } from "./key-pointer.js";
import { groundSpan } from "./layered.js";

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
  const spoken = byId("spoken");
  /** Where the pointer is; what is under it changes with every frame. @type {[number, number] | null} */
  let pointer = null;
  /** The fake that was picked by its number, not by its place. */
  let picked = -1;
  /** Whether the keyboard points. */
  let isKeyed = false;

  const follow = () => {
    if (picked >= 0) return store.set({ hover: { fake: picked, cell: -1, at: null } });
    if (!pointer) return;
    const [x, y] = pointer;
    const { frame, layers } = store.state;
    const fake = layers.fake ? nearestPoint(glides.fake.shown, x, y, (2 * REACH) / surface.width) : -1;
    const cell =
      fake < 0 && layers.manifold && frame.manifold ? cellAt(frame.manifold, glides.manifold.shown, x, y) : -1;
    store.set({ hover: { fake, cell, at: pointer } });
  };
  const point = (/** @type {PointerEvent} */ event) => {
    [isKeyed, picked] = [false, -1];
    pointer = [(2 * event.offsetX) / surface.width - 1, 1 - (2 * event.offsetY) / surface.height];
    loop.invalidate(follow);
  };
  const leave = () => {
    [isKeyed, picked, pointer] = [false, -1, null];
    store.set({ hover: nothing });
  };
  /** What the keyboard points at is also said, once. */
  const speak = () => {
    isKeyed = true;
    follow();
    setText(spoken, told());
  };
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerdown", point);
  picture.addEventListener("pointerleave", leave);
  keyPointer(picture, {
    move: (at) => {
      [picked, pointer] = [-1, at];
      speak();
    },
    leave,
    next: (by) => {
      const count = glides.fake.shown.length / 2;
      if (count === 0) return;
      const from = store.state.hover.fake;
      picked = from < 0 && by < 0 ? count - 1 : (from + by + count) % count;
      pointer = null;
      speak();
    },
  });

  // From the other pictures to this one.
  const noise = thumbnail("noise");
  noise.setAttribute("role", "application");
  store.watch(["t"], (/** @type {any} */ { t }) => noise.setAttribute("aria-label", t("picture.noise")));
  linkNoise(noise, store);
  keyPointer(noise, {
    move: ([x, y]) => {
      const mesh = store.state.frame.manifold;
      store.set({ hover: { fake: -1, cell: mesh ? noiseCell(mesh, 0.999 * x, 0.999 * y) : -1, at: null } });
      setText(spoken, told());
    },
    leave,
    stride: () => 2 / (store.state.frame.manifold?.columns ?? 20),
  });
  for (const name of ["fake", "gradients", "scores-fake"]) {
    const canvas = thumbnail(name);
    canvas.addEventListener("pointermove", (event) => {
      const side = canvas.clientWidth;
      const fake = nearestPoint(
        glides.fake.shown,
        (2 * event.offsetX) / side - 1,
        1 - (2 * event.offsetY) / side,
        (2 * 6) / side,
      );
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
      context.arc(
        toX(glides.fake.shown[2 * hover.fake], side),
        toY(glides.fake.shown[2 * hover.fake + 1], side),
        8,
        0,
        2 * Math.PI,
      );
      context.stroke();
    }
    if (hover.cell >= 0 && frame.manifold) {
      const { columns } = frame.manifold;
      const a = Math.floor(hover.cell / columns) * (columns + 1) + (hover.cell % columns);
      context.beginPath();
      quad(context, glides.manifold.shown, a, a + 1, a + columns + 2, a + columns + 1, side);
      context.stroke();
    }
    if (isKeyed && hover.at) cross(context, toX(hover.at[0], side), toY(hover.at[1], side));
    const text = told();
    setText(readout, text);
    readout.hidden = text === "";
  };

  const told = () => {
    const { hover, t, frame, view, layers } = store.state;
    return describe(
      hover,
      frame,
      view,
      decimals(groundSpan(frame, layers)),
      { fakes: glides.fake.shown, sheet: glides.manifold.shown },
      t,
    );
  };

  store.watch(["hover", "frame", "palette"], () => {
    if (pointer || picked >= 0) loop.invalidate(follow);
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
 * Where the keyboard points.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 */
function cross(context, x, y) {
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + 4 * dx, y + 4 * dy);
    context.lineTo(x + 12 * dx, y + 12 * dy);
  }
  context.stroke();
}

/**
 * @param {Hover} hover
 * @param {Partial<import("../protocol/frame.js").Frame>} frame
 * @param {import("../protocol/frame.js").View} view
 * @param {number} digits Of D, after the point.
 * @param {{ fakes: Float32Array, sheet: Float32Array }} shown
 * @param {import("../i18n.js").Translate} t
 */
function describe({ fake, cell, at: pointed }, frame, view, digits, { fakes, sheet }, t) {
  const place = (/** @type {number} */ x, /** @type {number} */ y) => ({
    x: fixed(view.cx + x * view.half, 2),
    y: fixed(view.cy + y * view.half, 2),
  });
  if (fake >= 0 && frame.scores) {
    const gradient = frame.gradients
      ? Math.hypot(frame.gradients.vectors[2 * fake], frame.gradients.vectors[2 * fake + 1]).toPrecision(2)
      : "–";
    const z = frame.latent ? `(${fixed(frame.latent[2 * fake], 2)}, ${fixed(frame.latent[2 * fake + 1], 2)})` : "–";
    const [x, y] = [fakes[2 * fake], fakes[2 * fake + 1]];
    // A score comes in steps of 1/255, too coarse for a D that is flat; the plane's are finer.
    const finer = digits > 2 && frame.heatmap ? valueAt(frame.heatmap, x, y) : null;
    return t("readout.fake", {
      ...place(x, y),
      z,
      d: finer?.toFixed(digits) ?? (frame.scores.fake[fake] / 255).toFixed(2),
      gradient,
    });
  }
  const at = pointed ?? (cell >= 0 && frame.manifold ? middle(frame.manifold, sheet, cell) : null);
  if (!at) return "";
  const value = frame.heatmap ? valueAt(frame.heatmap, at[0], at[1]) : null;
  const d = value === null ? "–" : value.toFixed(digits);
  return t(cell >= 0 ? "readout.cell" : "readout.place", { ...place(at[0], at[1]), d });
}

/**
 * Of a cell of the sheet.
 * @param {{ columns: number }} mesh
 * @param {Float32Array} points
 * @param {number} cell
 * @returns {[number, number]}
 */
function middle({ columns }, points, cell) {
  const a = Math.floor(cell / columns) * (columns + 1) + (cell % columns);
  const corners = [a, a + 1, a + columns + 1, a + columns + 2];
  const mean = (/** @type {0 | 1} */ axis) => corners.reduce((sum, corner) => sum + points[2 * corner + axis], 0) / 4;
  return [mean(0), mean(1)];
}
