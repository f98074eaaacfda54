/** Positions that move from where they are shown to where they should be, so that frames 30 a second look like 60. */

/**
 * Milliseconds in which all but a third of the way is done: after 80, a fifteenth is left. Each refresh goes its share of
 * what remains, however late it comes, so a busy machine shows fewer positions but never old ones.
 */
const PACE = 30;
/** Milliseconds after which what is left cannot be seen. */
const SETTLED = 200;

const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

export class Glide {
  /** @param {() => boolean} [still] Whether motion is unwanted; asked whenever a target is set. */
  constructor(still = () => calm?.matches ?? false) {
    this.still = still;
    /** @type {Float32Array} */
    this.to = new Float32Array(0);
    /** @type {Float32Array} */
    this.shown = this.to;
    this.advanced = -Infinity;
    this.end = -Infinity;
  }

  /**
   * @param {Float32Array} values
   * @param {number} now
   */
  aim(values, now) {
    if (values === this.to) return;
    if (values.length !== this.shown.length || this.still()) {
      this.shown = values.slice();
      this.end = -Infinity;
    } else {
      if (this.end <= this.advanced) this.advanced = now; // It was at rest: time begins now.
      this.end = now + SETTLED;
    }
    this.to = values;
  }

  /**
   * Brings `shown` to this moment.
   * @param {number} now
   * @returns {boolean} whether it still moves.
   */
  advance(now) {
    const { to, shown } = this;
    const share = now >= this.end ? 1 : 1 - Math.exp(-Math.max(0, now - this.advanced) / PACE);
    for (let i = 0; i < shown.length; i++) shown[i] += (to[i] - shown[i]) * share;
    this.advanced = Math.max(now, this.advanced);
    return now < this.end;
  }
}
