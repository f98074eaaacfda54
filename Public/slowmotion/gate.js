/**
 * Holds back frames while a step is explained. The server takes the step at once; the picture follows only when the
 * explanation has come that far, and goes back with it.
 */

/** @typedef {import("../protocol/frame.js").Frame} Frame */

export class FrameGate {
  /** @type {Partial<Frame> | null} */
  #before = null;
  /** @type {Frame | null} */
  #between = null;
  /** @type {Frame | null} */
  #after = null;
  #step = 0;

  get isClosed() {
    return this.#before !== null;
  }

  /**
   * From now on frames are kept.
   * @param {Partial<Frame>} shown What is seen now.
   * @param {number} step
   */
  close(shown, step) {
    this.#before = shown;
    this.#step = step;
    this.#between = this.#after = null;
  }

  open() {
    this.#before = this.#between = this.#after = null;
  }

  /**
   * @param {Frame} frame The last one of the old step shows the discriminator's update alone; see the server's `explain`.
   *   One before that was still on its way when the gate closed.
   * @returns {boolean} whether it was kept.
   */
  keep(frame) {
    if (!this.isClosed) return false;
    if (frame.step > this.#step) {
      this.#after = frame;
    } else {
      if (this.#between) this.#before = { ...this.#before, ...this.#between };
      this.#between = frame;
    }
    return true;
  }

  /**
   * @param {"before" | "between" | "after"} moment
   * @returns {Partial<Frame> | null} null if the server has not sent it.
   */
  frame(moment) {
    if (moment === "after") return this.#after;
    return moment === "between" ? (this.#between ?? this.#before) : this.#before;
  }
}
