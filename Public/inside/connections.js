/** Weights as lines: width is magnitude, colour is sign. */

/** @typedef {import("./sections.js").Weights} Weights */
/** @typedef {import("./layout.js").Cell} Cell */

/** Lines between two layers at most: more than that are a grey haze. */
const MOST = 220;
/** Widths and opacities that lines come in, so that they can be drawn a few at a time. */
const LEVELS = 6;

/** @typedef {{ from: number, to: number, strength: number }} Line `strength` −1 … 1, relative to the layer's largest weight. */

/**
 * The strongest connections of a layer, or all that one unit takes part in.
 * @param {Weights} weights
 * @param {{ from?: number, to?: number }} [only]
 * @returns {Line[]}
 */
export function linesOf({ outputs, inputs, values }, only = {}) {
  /** @type {Line[]} */
  const lines = [];
  for (let to = 0; to < outputs; to++) {
    if (only.to !== undefined && only.to !== to) continue;
    for (let from = 0; from < inputs; from++) {
      if (only.from !== undefined && only.from !== from) continue;
      const strength = values[to * inputs + from] / 127;
      if (strength !== 0) lines.push({ from, to, strength });
    }
  }
  if (lines.length <= MOST) return lines;
  return lines.sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength)).slice(0, MOST);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Line[]} lines
 * @param {readonly Cell[]} sources
 * @param {readonly Cell[]} targets
 * @param {number} size Side of a unit.
 * @param {{ positive: string, negative: string, opacity: number }} look
 */
export function drawLines(context, lines, sources, targets, size, { positive, negative, opacity }) {
  for (const sign of [1, -1]) {
    context.strokeStyle = sign > 0 ? positive : negative;
    for (let level = 1; level <= LEVELS; level++) {
      context.beginPath();
      for (const { from, to, strength } of lines) {
        if (Math.sign(strength) !== sign || Math.ceil(Math.abs(strength) * LEVELS) !== level) continue;
        const [a, b] = [sources[from], targets[to]];
        if (!a || !b) continue;
        const [x0, y0, x1, y1] = [a.x + size, a.y + size / 2, b.x, b.y + size / 2];
        const middle = (x0 + x1) / 2;
        context.moveTo(x0, y0);
        context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
      }
      context.globalAlpha = opacity * (0.12 + 0.88 * (level / LEVELS) ** 1.5);
      context.lineWidth = 0.5 + 2.2 * (level / LEVELS);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
