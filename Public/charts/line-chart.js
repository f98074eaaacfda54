/** One small line chart: a curve, its noise floor, its edits, and the values under the pointer. */

import { linear, robustExtent } from "./scale.js";
import { gapsBefore } from "./series.js";
import { Surface } from "../canvas/surface.js";

/**
 * @typedef {object} ChartModel
 * @property {readonly { step: number }[]} points
 * @property {readonly { step: number }[]} [twin] The same of the run compared with: a second, dashed curve on the same axes.
 * @property {(point: any) => number} value
 * @property {[number, number]} steps What the width spans.
 * @property {string} colour
 * @property {boolean} [isLogarithmic] Whether the height is; what is not positive is then left out.
 * @property {number} floor NaN if there is none.
 * @property {number | null} ceiling A fixed top, as the number of modes; null to follow the data.
 * @property {readonly number[]} edits Steps.
 * @property {number | null} cursor A step.
 * @property {[number, number] | null} [selection] Steps being picked to zoom in on.
 * @property {string | null} axes The place of the cursor, in words; written with the ends of what the height spans.
 */

const PADDING = 3;

export class LineChart {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} resized
   */
  constructor(canvas, resized) {
    this.surface = new Surface(canvas, resized);
  }

  /**
   * @param {ChartModel} model
   * @param {import("../canvas/palette.js").Palette} palette
   */
  draw(model, palette) {
    const context = this.surface.clear();
    const { width, height } = this.surface;
    if (width === 0) return;
    const x = linear(model.steps, [0, width]);
    const extent = chartExtent(model);
    const onAxis = model.isLogarithmic ? Math.log10 : (/** @type {number} */ value) => value;
    const ends = /** @type {[number, number]} */ (extent.map(onAxis));
    const scale = linear(ends, [height - PADDING, PADDING]);
    const y = (/** @type {number} */ value) => scale(onAxis(value));

    context.lineWidth = 1;
    context.strokeStyle = palette.line;
    line(context, 0, height - 0.5, width, height - 0.5);
    context.strokeStyle = palette.gradient;
    context.globalAlpha = 0.4;
    for (const step of model.edits)
      if (step >= model.steps[0] && step <= model.steps[1]) line(context, x(step), 0, x(step), height);
    context.globalAlpha = 1;
    if (Number.isFinite(model.floor)) {
      context.strokeStyle = palette.ink3;
      context.setLineDash([3, 3]);
      line(context, 0, y(model.floor), width, y(model.floor));
      context.setLineDash([]);
    }
    context.strokeStyle = model.colour;
    if (model.twin) {
      context.globalAlpha = 0.55;
      context.setLineDash([2, 2]);
      this.#curve(context, model.twin, model.value, x, y);
      context.setLineDash([]);
      context.globalAlpha = 1;
    }
    this.#curve(context, model.points, model.value, x, y);
    if (model.selection) {
      context.fillStyle = palette.discriminator;
      context.globalAlpha = 0.15;
      context.fillRect(x(model.selection[0]), 0, x(model.selection[1]) - x(model.selection[0]), height);
      context.globalAlpha = 1;
    }
    if (model.cursor !== null) {
      context.strokeStyle = palette.ink3;
      line(context, x(model.cursor), 0, x(model.cursor), height);
    }
    if (model.axes !== null) this.#axes(context, extent, model.axes, palette);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {readonly { step: number }[]} points
   * @param {(point: any) => number} valueOf
   * @param {(step: number) => number} x
   * @param {(value: number) => number} y
   */
  #curve(context, points, valueOf, x, y) {
    context.lineWidth = 1.4;
    context.lineJoin = "round";
    context.beginPath();
    let pen = false;
    const breaks = gapsBefore(points);
    for (const point of points) {
      const height = y(valueOf(point));
      if (!Number.isFinite(height)) {
        pen = false;
        continue;
      }
      const px = x(point.step);
      const py = Math.min(this.surface.height, Math.max(0, height));
      if (pen && !breaks.has(point)) context.lineTo(px, py);
      else context.moveTo(px, py);
      pen = true;
    }
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {[number, number]} extent
   * @param {string} place
   * @param {import("../canvas/palette.js").Palette} palette
   */
  #axes(context, [low, high], place, palette) {
    const { width, height } = this.surface;
    context.font = "10px system-ui, sans-serif";
    context.fillStyle = palette.ink2;
    context.strokeStyle = palette.paper;
    context.lineWidth = 3;
    const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    };
    write(high.toPrecision(3), 1, 9);
    write(low.toPrecision(3), 1, height - 3);
    write(place, width - 1 - context.measureText(place).width, 9);
  }
}

/**
 * What the height spans: the data, the floor, and a little air; never nothing.
 * @param {ChartModel} model
 * @returns {[number, number]}
 */
export function chartExtent(model) {
  if (model.ceiling !== null) return [0, model.ceiling];
  const values = [...model.points, ...(model.twin ?? [])]
    .filter((p) => p.step >= model.steps[0] && p.step <= model.steps[1])
    .map(model.value);
  if (model.isLogarithmic) return logarithmicExtent(values, model.floor);
  const extent = robustExtent(values) ?? [0, 1];
  const low = Math.min(extent[0], Number.isFinite(model.floor) ? model.floor : Infinity);
  const high = Math.max(extent[1], Number.isFinite(model.floor) ? model.floor : -Infinity);
  const air = Math.max(0.08 * (high - low), 0.02 * Math.abs(high), 1e-6);
  // What cannot be negative gets no negative axis.
  return [low < 0 ? low - air : Math.max(0, low - air), high + air];
}

/**
 * The same on a logarithmic axis: at least a factor of two, and a tenth of the height as air.
 * @param {number[]} values
 * @param {number} floor
 * @returns {[number, number]}
 */
function logarithmicExtent(values, floor) {
  const extent = robustExtent([...values, floor].filter((value) => value > 0)) ?? [0.1, 1];
  const [low, high] = [Math.min(extent[0], floor > 0 ? floor : Infinity), Math.max(extent[1], 2 * extent[0])];
  const air = (high / low) ** 0.1;
  return [low / air, high * air];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
