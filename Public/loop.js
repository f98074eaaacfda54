/** The page's only animation loop: views ask to be drawn, and are drawn at most once a screen refresh. */

/**
 * @callback Draw
 * @param {number} now Milliseconds, as `performance.now()`.
 * @returns {boolean | void} true to be drawn again at the next refresh (something is still gliding).
 */

/** @typedef {{ invalidate: (draw: Draw) => void }} Loop */

/** @returns {Loop} */
export function createLoop() {
  /** @type {Set<Draw>} */
  let dirty = new Set();
  let scheduled = false;

  function frame() {
    scheduled = false;
    const draws = dirty;
    dirty = new Set();
    // The refresh's own stamp says when it was due; on a busy machine that is before the latest frame arrived.
    const now = performance.now();
    for (const draw of draws) if (draw(now)) dirty.add(draw);
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
  };
}

/** Milliseconds for which a number stands. */
const READABLE = 100;

/**
 * Text that follows the run: faster than ten times a second it cannot be read. All that is paced changes in the same
 * refresh, so that only one refresh in six lays anything out.
 * @param {Draw} draw
 * @returns {Draw}
 */
export function paced(draw) {
  let last = -1;
  return (now) => {
    const tick = Math.floor(now / READABLE);
    if (tick === last) return true;
    last = tick;
    return draw(now);
  };
}
