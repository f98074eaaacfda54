/** Goes through the halts of a step, by itself at a pace or by hand. Knows neither the page nor the server. */

/**
 * @template Stop
 * @typedef {object} PlayerHandlers
 * @property {(stop: Stop, index: number) => void} show
 * @property {() => void} ended The last halt has been shown as long as the others.
 * @property {(playing: boolean) => void} played
 */

/** @template Stop */
export class Player {
  /** @type {readonly Stop[]} */
  #stops = [];
  #index = 0;
  #timer = 0;

  /**
   * @param {PlayerHandlers<Stop>} handlers
   * @param {{ set: (run: () => void, milliseconds: number) => number, clear: (timer: number) => void }} clock
   */
  constructor(handlers, clock) {
    this.handlers = handlers;
    this.clock = clock;
    this.playing = false;
    /** Milliseconds a halt. */
    this.pace = 2500;
  }

  get index() {
    return this.#index;
  }
  get isAtEnd() {
    return this.#index >= this.#stops.length - 1;
  }

  /** @param {readonly Stop[]} stops At least one. */
  load(stops) {
    this.#stops = stops;
    this.go(0);
  }

  /** @param {number} index */
  go(index) {
    this.#index = Math.min(Math.max(index, 0), this.#stops.length - 1);
    this.handlers.show(this.#stops[this.#index], this.#index);
    this.#wait();
  }

  next() {
    if (this.isAtEnd) this.handlers.ended();
    else this.go(this.#index + 1);
  }

  previous() {
    this.go(this.#index - 1);
  }

  /** @param {boolean} playing */
  play(playing) {
    this.playing = playing;
    this.handlers.played(playing);
    this.#wait();
  }

  stop() {
    this.clock.clear(this.#timer);
    this.playing = false;
  }

  #wait() {
    this.clock.clear(this.#timer);
    if (this.playing) this.#timer = this.clock.set(() => this.next(), this.pace);
  }
}
