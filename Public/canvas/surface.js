/** A canvas that is always as many device pixels as it covers, and says when that changes. */

export class Surface {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} resized Called after the backing store was resized (and so cleared).
   */
  constructor(canvas, resized) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** CSS pixels. */
    this.width = 0;
    this.height = 0;
    this.density = 1;
    // The size is read here and never while drawing: asking the layout in a frame would force one.
    new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      const density = Math.min(devicePixelRatio || 1, 3);
      if (width === this.width && height === this.height && density === this.density) return;
      Object.assign(this, { width, height, density });
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      resized();
    }).observe(canvas);
  }

  /** Clears, and leaves a context whose unit is the CSS pixel. */
  clear() {
    this.context.setTransform(this.density, 0, 0, this.density, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    return this.context;
  }
}
