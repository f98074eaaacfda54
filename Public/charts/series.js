/** The history of a run, bounded: when it is full, every other point goes, so the whole run always fits. */

/** @typedef {import("../protocol/frame.js").HistoryPoint} Point */

const CAPACITY = 1024;

export class Series {
  constructor() {
    /** @type {Point[]} */
    this.points = [];
    /** Points closer than this many steps are merged; doubles whenever the series is full. */
    this.spacing = 0;
  }

  /**
   * Adds the latest points of the run. Some may have come before: the same step is told again, in case it was missed.
   * @param {readonly Point[]} added In order of step.
   */
  append(added) {
    for (const point of added) {
      const last = this.points.at(-1);
      if (last && (point.step <= last.step || point.step - last.step < this.spacing)) continue;
      this.points.push(point);
      if (this.points.length > CAPACITY) this.#thin();
    }
  }

  /** @param {readonly Point[]} points The whole run, in order of step. */
  replace(points) {
    this.points = [];
    this.spacing = 0;
    this.append(points);
  }

  /** @param {number} step Forgets everything after it. */
  truncate(step) {
    let count = this.points.length;
    while (count > 0 && this.points[count - 1].step > step) count--;
    this.points.length = count;
    if (count === 0) this.spacing = 0;
  }

  #thin() {
    this.points = this.points.filter((_, i) => i % 2 === 0);
    const span = this.points[this.points.length - 1].step - this.points[0].step;
    this.spacing = Math.floor((1.5 * span) / CAPACITY);
  }
}

/** The coarsest tenth of a run does not decide how finely the rest is drawn: there, nobody may have been watching. */
const WATCHED = 0.9;
/** Where there are as many points in all that is shown, none are left out. */
const ENOUGH = 40;

/**
 * The points to draw: everywhere about as far apart as they are where the run was measured least often. A slow stretch is
 * measured oftener than a fast one, and would look wilder beside it.
 * @param {readonly Point[]} points In order of step.
 * @param {readonly [number, number]} steps What is shown.
 */
export function evenly(points, [first, last]) {
  const shown = points.filter(({ step }) => step >= first && step <= last);
  const gaps = shown
    .slice(1)
    .map(({ step }, i) => step - shown[i].step)
    .sort((a, b) => a - b);
  let left = WATCHED * gaps.reduce((sum, gap) => sum + gap, 0);
  const spacing = Math.min(gaps.find((gap) => (left -= gap) <= 0) ?? 0, (last - first) / ENOUGH);
  let drawn = -Infinity;
  return shown.filter(({ step }, i) => {
    if (step - drawn < 0.75 * spacing && i < shown.length - 1) return false;
    drawn = step;
    return true;
  });
}

/** A gap is this many times as long as those beside it and as the usual one, and at least this part of what is shown. */
const GAP = { neighbours: 5, usual: 12, part: 1 / 20 };

/**
 * Points before which the curve breaks off: nothing is known of the steps between them and the ones before, as after the
 * server was away. What the pace of training alone makes long is long for several points, or not that long.
 * @param {readonly { step: number }[]} points In order of step.
 * @returns {Set<{ step: number }>}
 */
export function gapsBefore(points) {
  const gaps = points.slice(1).map(({ step }, i) => step - points[i].step);
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const least = Math.max(GAP.usual * usual, GAP.part * ((points.at(-1)?.step ?? 0) - (points[0]?.step ?? 0)));
  return new Set(
    points
      .slice(1)
      .filter((_, i) => gaps[i] > least && gaps[i] > GAP.neighbours * Math.max(gaps[i - 1] ?? 0, gaps[i + 1] ?? 0)),
  );
}

/**
 * Index of the point nearest to a step.
 * @param {readonly Point[]} points In order of step, at least one.
 * @param {number} step
 */
export function nearest(points, step) {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].step <= step) low = middle;
    else high = middle;
  }
  return Math.abs(points[low].step - step) <= Math.abs(points[high].step - step) ? low : high;
}
