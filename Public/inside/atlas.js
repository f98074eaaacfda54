/** All maps of a network in one off-screen picture, side by side, from which the canvas takes them one by one. */

/** @typedef {import("./sections.js").Units} Units */

export class Atlas {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    /** Where the maps of each layer start, counted in maps. @type {number[]} */
    this.starts = [];
    this.columns = 1;
    this.rows = 1;
  }

  /**
   * @param {Units} units
   * @param {Uint32Array} colours 256 of them, from −scale over 0 to scale.
   */
  update({ columns, rows, layers }, colours) {
    const count = layers.reduce((sum, { maps }) => sum + maps.length, 0);
    this.columns = columns;
    this.rows = rows;
    this.starts = [];
    if (this.canvas.width !== count * columns || this.canvas.height !== rows) {
      this.canvas.width = Math.max(1, count * columns);
      this.canvas.height = rows;
    }
    const image = this.context.createImageData(this.canvas.width, rows);
    const pixels = new Uint32Array(image.data.buffer);
    let map = 0;
    for (const { maps } of layers) {
      this.starts.push(map);
      for (const { values } of maps) {
        for (let row = 0; row < rows; row++) {
          const target = (rows - 1 - row) * this.canvas.width + map * columns; // Maps start with their lowest row.
          for (let column = 0; column < columns; column++)
            pixels[target + column] = colours[values[row * columns + column] + 128];
        }
        map++;
      }
    }
    this.context.putImageData(image, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} layer
   * @param {number} unit
   * @param {number} x
   * @param {number} y
   * @param {number} size
   */
  draw(context, layer, unit, x, y, size) {
    const start = this.starts[layer];
    if (start === undefined) return;
    // Half a pixel in from every edge, so that smoothing does not fetch the neighbour's colours.
    const [inset, left] = [Math.min(0.5, (this.columns - 1) / 2), (start + unit) * this.columns];
    const insetY = Math.min(0.5, (this.rows - 1) / 2);
    context.drawImage(
      this.canvas,
      left + inset,
      insetY,
      this.columns - 2 * inset,
      this.rows - 2 * insetY,
      x,
      y,
      size,
      size,
    );
  }
}
