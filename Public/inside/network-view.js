/** One network with every unit in view: its map, its connections, and whether it is silenced. */

import { Surface } from "../canvas/surface.js";
import { element } from "../dom.js";
import { Atlas } from "./atlas.js";
import { drawLines, linesOf } from "./connections.js";
import { layoutUnits } from "./layout.js";

/** @typedef {import("./sections.js").Units} Units */
/** @typedef {import("./sections.js").Weights} Weights */
/** @typedef {import("./layout.js").Cell} Cell */
/** @typedef {"generator" | "discriminator"} NetworkName */
/** @typedef {{ network: NetworkName, layer: number, unit: number }} HiddenUnit */

/**
 * @typedef {object} NetworkModel
 * @property {Units} units
 * @property {Weights[]} weights
 * @property {string[]} inputs What the inputs are called.
 * @property {ReadonlySet<string>} silenced Units, as `unitKey` names them.
 */

/** Pixels a side of the unit that is pointed at, and from there to it. */
const LENS = 120;
const LENS_GAP = 10;

/** @param {HiddenUnit} unit */
export const unitKey = ({ network, layer, unit }) => `${network} ${layer} ${unit}`;

export class NetworkView {
  /** @type {NetworkModel | null} */
  #model = null;
  /** @type {import("./layout.js").UnitLayout} */
  #layout = { size: 0, layers: [] };
  /** What the buttons were made for. */
  #shape = "";
  /** @type {Cell | null} */
  #pointed = null;

  /**
   * @param {NetworkName} network
   * @param {object} actions
   * @param {() => void} actions.invalidate
   * @param {(unit: HiddenUnit) => void} actions.toggle
   * @param {(unit: HiddenUnit | null) => void} actions.point
   * @param {(unit: HiddenUnit) => string} actions.name
   */
  constructor(network, actions) {
    this.network = network;
    this.actions = actions;
    this.atlas = new Atlas();
    const canvas = element("canvas", { "aria-hidden": "true" });
    this.buttons = element("div", { class: "units", role: "group" });
    this.element = element("div", { class: `network ${network}` }, canvas, this.buttons);
    this.surface = new Surface(canvas, () => {
      this.#shape = "";
      actions.invalidate();
    });
    this.buttons.addEventListener("keydown", (event) => this.#walk(event));
  }

  /**
   * @param {NetworkModel} model
   * @param {Uint32Array} colours
   */
  update(model, colours) {
    this.#model = model;
    this.atlas.update(model.units, colours);
  }

  /** Names change with the language. */
  rename() {
    this.#shape = "";
  }

  /**
   * @param {import("../canvas/palette.js").Palette} palette
   * @param {string} positive Colour of what is above zero.
   */
  draw(palette, positive) {
    const context = this.surface.clear();
    const { width, height } = this.surface;
    if (!this.#model || width === 0) return;
    this.#arrange(width, height);
    const { layers, size } = this.#layout;
    this.#drawConnections(context, { positive, negative: palette.negative });
    context.imageSmoothingEnabled = true;
    for (const { layer, unit, x, y } of layers.flat()) {
      context.fillStyle = palette.panel;
      context.fillRect(x, y, size, size);
      if (layer < 0) this.#drawName(context, this.#model.inputs[unit] ?? "", x, y, size, palette);
      else if (this.#isSilenced(layer, unit)) this.#drawSilence(context, x, y, size, palette);
      else this.atlas.draw(context, layer, unit, x, y, size);
      const isPointed = this.#pointed?.layer === layer && this.#pointed.unit === unit;
      context.strokeStyle = isPointed ? palette.ink : palette.line;
      context.lineWidth = isPointed ? 2 : 1;
      context.strokeRect(x - 0.5, y - 0.5, size + 1, size + 1);
    }
    if (this.#pointed && !this.#isSilenced(this.#pointed.layer, this.#pointed.unit))
      this.#drawLens(context, this.#pointed, palette);
  }

  /**
   * The unit that is pointed at, large, beside it.
   * @param {CanvasRenderingContext2D} context
   * @param {Cell} cell
   * @param {import("../canvas/palette.js").Palette} palette
   */
  #drawLens(context, { layer, unit, x, y }, palette) {
    const { width, height } = this.surface;
    const size = this.#layout.size;
    const side = Math.min(LENS, height - 4);
    const left = x + size + LENS_GAP + side <= width ? x + size + LENS_GAP : x - LENS_GAP - side;
    const top = Math.min(height - side - 2, Math.max(2, y + (size - side) / 2));
    context.fillStyle = palette.panel;
    context.fillRect(left, top, side, side);
    this.atlas.draw(context, layer, unit, left, top, side);
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.strokeRect(left, top, side, side);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{ positive: string, negative: string }} colours
   */
  #drawConnections(context, colours) {
    const { layers, size } = this.#layout;
    const pointed = this.#pointed;
    this.#model?.weights.forEach((weights, index) => {
      const [sources, targets] = [layers[index], layers[index + 1]];
      if (!sources || !targets) return;
      drawLines(context, linesOf(weights), sources, targets, size, { ...colours, opacity: pointed ? 0.06 : 0.4 });
      // Layer i of the weights leads from the units of layer i − 1, the inputs being −1, to those of layer i.
      if (pointed?.layer === index)
        drawLines(context, linesOf(weights, { to: pointed.unit }), sources, targets, size, { ...colours, opacity: 1 });
      if (pointed?.layer === index - 1)
        drawLines(context, linesOf(weights, { from: pointed.unit }), sources, targets, size, {
          ...colours,
          opacity: 1,
        });
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} name
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {import("../canvas/palette.js").Palette} palette
   */
  #drawName(context, name, x, y, size, palette) {
    context.fillStyle = palette.ink;
    context.font = `italic ${Math.max(9, Math.min(15, size * 0.5))}px serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(name, x + size / 2, y + size / 2);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {import("../canvas/palette.js").Palette} palette
   */
  #drawSilence(context, x, y, size, palette) {
    context.strokeStyle = palette.ink2;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x + size * 0.2, y + size * 0.2);
    context.lineTo(x + size * 0.8, y + size * 0.8);
    context.moveTo(x + size * 0.8, y + size * 0.2);
    context.lineTo(x + size * 0.2, y + size * 0.8);
    context.stroke();
  }

  /** @param {number} layer @param {number} unit */
  #isSilenced(layer, unit) {
    return this.#model?.silenced.has(unitKey({ network: this.network, layer, unit })) ?? false;
  }

  /**
   * Lays the units out and makes a button for every hidden one, if the network's shape or its room is new.
   * @param {number} width
   * @param {number} height
   */
  #arrange(width, height) {
    const model = /** @type {NetworkModel} */ (this.#model);
    const counts = [model.inputs.length, ...model.units.layers.map(({ maps }) => maps.length)];
    const shape = `${counts} ${width} ${height}`;
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#layout = layoutUnits(counts, width, height);
      this.buttons.replaceChildren(
        ...this.#layout.layers
          .slice(1, -1)
          .flat()
          .map((cell, index) => this.#button(cell, index === 0)),
      );
    }
    for (const button of /** @type {Iterable<HTMLElement>} */ (this.buttons.children)) {
      button.setAttribute(
        "aria-pressed",
        String(this.#isSilenced(Number(button.dataset.layer), Number(button.dataset.unit))),
      );
    }
  }

  /**
   * @param {Cell} cell
   * @param {boolean} first Only one of them can be reached with Tab; arrows go on from there.
   */
  #button(cell, first) {
    const { layer, unit, x, y } = cell;
    const id = { network: this.network, layer, unit };
    const point = (/** @type {Cell | null} */ at) => {
      this.#pointed = at;
      this.actions.point(at && id);
      this.actions.invalidate();
    };
    const button = element("button", {
      type: "button",
      class: "unit",
      tabIndex: first ? 0 : -1,
      "aria-label": this.actions.name(id),
      dataset: { layer, unit },
      onclick: () => this.actions.toggle(id),
      onpointerenter: () => point(cell),
      onpointerleave: () => point(null),
      onfocus: () => point(cell),
      onblur: () => point(null),
    });
    const { style } = button;
    [style.left, style.top, style.width, style.height] = [x, y, this.#layout.size, this.#layout.size].map(
      (pixels) => `${pixels}px`,
    );
    return button;
  }

  /** Arrow keys go from unit to unit. @param {KeyboardEvent} event */
  #walk(event) {
    const button = /** @type {HTMLElement} */ (event.target);
    const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // An arrow would step the experiment.
    const hidden = this.#layout.layers.slice(1, -1);
    const layer = Math.min(Math.max(Number(button.dataset.layer) + by[0], 0), hidden.length - 1);
    const unit = Math.min(Math.max(Number(button.dataset.unit) + by[1], 0), hidden[layer].length - 1);
    const next = /** @type {HTMLElement | null} */ (
      this.buttons.querySelector(`[data-layer="${layer}"][data-unit="${unit}"]`)
    );
    if (!next || next === button) return;
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
