/** D's output over the plane, as a small picture that the canvas scales smoothly. */

/** @typedef {import("../protocol/frame.js").Grid} Grid */

/**
 * How far one grid lies above (towards 1) or below (towards 0) another; one half where they agree.
 * @param {Grid} grid
 * @param {Grid} from
 * @returns {Grid | null} null if the two are not of one size, as in the moment after a change of resolution.
 */
export function difference(grid, from) {
  if (grid.n !== from.n) return null;
  return { n: grid.n, values: grid.values.map((value, i) => 0.5 + (value - from.values[i]) / 2) };
}

export class Heatmap {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    /** @type {ImageData | null} */
    this.image = null;
  }

  /**
   * @param {import("../protocol/frame.js").Grid} grid
   * @param {Uint32Array} colours From surely fake to surely real.
   * @param {number} span The distance from one half that the first and the last colour stand for.
   */
  update({ n, values }, colours, span) {
    if (!this.image || this.image.width !== n) {
      this.canvas.width = this.canvas.height = n;
      this.image = this.context.createImageData(n, n);
    }
    const [middle, most] = [(colours.length - 1) / 2, colours.length - 1];
    const colour = (/** @type {number} */ value) =>
      colours[Math.min(most, Math.max(0, Math.round(middle + ((value - 0.5) / span) * middle)))];
    const pixels = new Uint32Array(this.image.data.buffer);
    for (let row = 0; row < n; row++) {
      const target = (n - 1 - row) * n; // The grid's first row is the lowest, the image's is the highest.
      for (let column = 0; column < n; column++) pixels[target + column] = colour(values[row * n + column]);
    }
    this.context.putImageData(this.image, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} side
   */
  draw(context, side) {
    if (!this.image) return;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.canvas, 0, 0, side, side);
  }
}
