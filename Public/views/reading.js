/** What the words and the figures of a run are read from: one moment for all of them, which stands until it can be read. */

/** How long a moment stands while the run goes on, in milliseconds. */
const STAND = 1500;

/**
 * @typedef {object} Reading
 * @property {Partial<import("../protocol/frame.js").Frame>} frame
 * @property {import("./verdict.js").Verdict | null} verdict
 * @property {string} status
 * @property {number} step
 * @property {boolean} playing
 * @property {any} comparing
 */

/**
 * Keeps `reading` in the store: the run of now when it stands still, starts, goes back or becomes another, and of a moment ago
 * while it goes on.
 * @param {{ store: import("../store.js").Store<any>, now?: () => number }} context
 */
export function createReading({ store, now = () => performance.now() }) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const read = () => {
    clearTimeout(timer);
    timer = undefined;
    last = now();
    const { frame, verdict, status, step, playing, comparing } = store.state;
    store.set({ reading: { frame, verdict, status, step, playing, comparing } });
  };
  store.watch(
    ["frame", "verdict", "status", "step", "comparing", "playing"],
    ({ playing, step, comparing, reading }) => {
      const goesOn =
        playing && reading?.playing && step >= reading.step && Boolean(comparing) === Boolean(reading.comparing);
      const wait = last + STAND - now();
      if (!goesOn || wait <= 0) read();
      else timer ??= setTimeout(read, wait);
    },
  );
}
