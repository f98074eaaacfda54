/** Positions that move from where they are shown to where they should be, so that frames 30 a second look like 60. */

const DURATION = 80;
const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

export class Glide {
  /** @param {() => boolean} [still] Whether motion is unwanted; asked whenever a target is set. */
  constructor(still = () => calm?.matches ?? false) {
    this.still = still;
    /** @type {Float32Array} */
    this.from = new Float32Array(0);
    /** @type {Float32Array} */
    this.to = this.from;
    /** @type {Float32Array} */
    this.shown = this.from;
    this.began = -Infinity;
  }

  /**
   * @param {Float32Array} values
   * @param {number} now
   */
  aim(values, now) {
    if (values === this.to) return;
    const jump = values.length !== this.shown.length || this.still();
    this.from = jump ? values : this.shown.slice();
    this.shown = jump ? values.slice() : this.shown;
    this.to = values;
    this.began = jump ? -Infinity : now;
  }

  /**
   * Brings `shown` to this moment.
   * @param {number} now
   * @returns {boolean} whether it still moves.
   */
  advance(now) {
    // A refresh is stamped with when it was due, which on a busy machine is before the frame arrived.
    const part = Math.min(1, Math.max(0, (now - this.began) / DURATION));
    const { from, to, shown } = this;
    for (let i = 0; i < shown.length; i++) shown[i] = from[i] + (to[i] - from[i]) * part;
    return part < 1;
  }
}
