/** The page's only animation loop: views ask to be drawn, and are drawn at most once a screen refresh. */

/**
 * @callback Draw
 * @param {number} now Milliseconds, as `performance.now()`.
 * @returns {boolean | void} true to be drawn again at the next refresh (something is still gliding).
 */

/** @typedef {{ invalidate: (draw: Draw) => void, readonly scriptTime: number }} Loop */

/** @returns {Loop} */
export function createLoop() {
  /** @type {Set<Draw>} */
  let dirty = new Set();
  let scheduled = false;
  let scriptTime = 0;

  function frame() {
    scheduled = false;
    const draws = dirty;
    dirty = new Set();
    const began = performance.now();
    // The refresh's own stamp says when it was due; on a busy machine that is before the latest frame arrived.
    for (const draw of draws) if (draw(began)) dirty.add(draw);
    scriptTime += 0.05 * (performance.now() - began - scriptTime);
    schedule();
  }

  function schedule() {
    if (scheduled || dirty.size === 0) return;
    scheduled = true;
    requestAnimationFrame(frame);
  }

  return {
    invalidate(draw) {
      dirty.add(draw);
      schedule();
    },
    /** Running mean of the script time of a displayed frame, in milliseconds. */
    get scriptTime() {
      return scriptTime;
    },
  };
}
