/**
 * Frames: what a person sees at one step, as the server sends it (binary, little-endian).
 *
 * header 36 bytes │ sections: u16 kind, u16 encoding, u32 length, payload padded to 4 bytes │ …
 *
 * Positions come as int16 relative to the view: ±32767 is ± four half-extents. They are kept in view units, where the
 * view is [−1, 1]², so that drawing needs no knowledge of the data's own scale; `View` leads back to it.
 */

import { insideSections } from "../inside/sections.js";

/** @typedef {{ cx: number, cy: number, half: number }} View The square that shows the target well. */
/** @typedef {{ n: number, values: Float32Array }} Grid n × n probabilities, row 0 at the bottom. */
/** @typedef {{ columns: number, rows: number, points: Float32Array }} Mesh (columns+1) × (rows+1) points, row by row. */
/** @typedef {{ scale: number, vectors: Float32Array }} Vectors In data units. */
/** @typedef {{ step: number, dLoss: number, gLoss: number, kl: number, js: number, slicedWasserstein: number, modes: number }} HistoryPoint */
/** @typedef {{ d: number, g: number, gradientNorm: number, accuracyReal: number, accuracyFake: number }} Losses */

/**
 * @typedef {object} Frame
 * @property {number} step
 * @property {number} revision
 * @property {number} rate Measured steps per second.
 * @property {View} view
 * @property {Float32Array} [real] x, y, x, y … in view units
 * @property {Float32Array} [fake]
 * @property {Vectors} [gradients] The gradient of G's loss with respect to every fake sample.
 * @property {Grid} [heatmap]
 * @property {Mesh} [manifold]
 * @property {{ fake: Uint8Array, real: Uint8Array }} [scores] 255 · D
 * @property {Losses} [losses]
 * @property {{ id: number, value: number, floor: number }[]} [metrics]
 * @property {Float32Array} [latent] The first two coordinates of the noise behind every fake sample.
 * @property {HistoryPoint[]} [history]
 * @property {boolean} [historyWhole] The history is the whole chart, not an addition to it.
 * @property {Grid} [optimum]
 * @property {{ vectors: Float32Array, logits: Float32Array }} [pulls] The logit of D at every fake sample, and its gradient there.
 * @property {Partial<Frame>} [twin] The same of the run that is compared with.
 * @property {SeedRun[]} [strip] The same recipe under several seeds.
 */

/** @typedef {{ seed: number, step: number, state: "running" | "done" | "diverged", modes: number, distance: number, floor: number, verdict: "unknown" | "good" | "partial" | "collapsed" | "diverged" | "away", fakes: Float32Array }} SeedRun */

const MAGIC = 0x314c4e47;
const VERSION = 1;
const HEADER = 36;
const REACH = 4 / 32767;
/** Logits are int16 of ± 20. */
const LOGITS = 20 / 32767;
/** The kind of the section that says whose the sections after it are. */
const RUN = 12;
const STATES = /** @type {const} */ (["running", "done", "diverged"]);
const VERDICTS = /** @type {const} */ (["unknown", "good", "partial", "collapsed", "diverged", "away"]);

/** The bytes are not a frame of this version. */
export class FrameError extends Error {}

/** By kind; the last argument is how the payload is encoded. @type {Record<number, (reader: Reader, frame: Partial<Frame>, encoding: number) => void>} */
const sections = {
  1: (r, frame) => {
    frame.real = r.points(r.u32(), REACH);
  },
  2: (r, frame) => {
    frame.fake = r.points(r.u32(), REACH);
  },
  3: (r, frame) => {
    const count = r.u32();
    const scale = r.f32();
    frame.gradients = { scale, vectors: r.points(count, scale / 32767) };
  },
  4: (r, frame) => {
    frame.heatmap = r.grid();
  },
  5: (r, frame) => {
    const columns = r.u16();
    const rows = r.u16();
    frame.manifold = { columns, rows, points: r.points((columns + 1) * (rows + 1), REACH) };
  },
  6: (r, frame) => {
    frame.scores = { fake: r.bytes(r.u32()), real: r.bytes(r.u32()) };
  },
  7: (r, frame) => {
    frame.losses = { d: r.f32(), g: r.f32(), gradientNorm: r.f32(), accuracyReal: r.f32(), accuracyFake: r.f32() };
  },
  8: (r, frame) => {
    frame.metrics = r.times(r.u32(), () => {
      const id = r.u16();
      r.u16();
      return { id, value: r.f32(), floor: r.f32() };
    });
  },
  9: (r, frame) => {
    frame.latent = r.points(r.u32(), REACH);
  },
  10: (r, frame, encoding) => {
    frame.historyWhole = encoding === 1;
    frame.history = r.times(r.u32(), () => ({
      step: r.u32(),
      dLoss: r.f32(),
      gLoss: r.f32(),
      kl: r.f32(),
      js: r.f32(),
      slicedWasserstein: r.f32(),
      modes: r.f32(),
    }));
  },
  11: (r, frame) => {
    frame.optimum = r.grid();
  },
  ...insideSections,
  13: (r, frame) => {
    frame.strip = r.times(r.u32(), () => ({
      seed: r.u32(),
      step: r.u32(),
      state: STATES[r.u32()] ?? "running",
      modes: r.f32(),
      distance: r.f32(),
      floor: r.f32(),
      verdict: VERDICTS[r.u32()] ?? "unknown",
      fakes: r.points(r.u32(), REACH),
    }));
  },
  14: (r, frame) => {
    const count = r.u32();
    const scale = r.f32();
    frame.pulls = { vectors: r.points(count, scale / 32767), logits: r.numbers(count, LOGITS) };
  },
};

/**
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 * @throws {FrameError} if it is cut short, of another version, or no frame at all. Sections it does not know are skipped.
 */
export function decodeFrame(buffer) {
  const header = new Reader(buffer, 0, buffer.byteLength);
  if (buffer.byteLength < HEADER || header.u32() !== MAGIC) throw new FrameError("not a frame");
  const version = header.u16();
  if (version !== VERSION) throw new FrameError(`frame version ${version}, expected ${VERSION}`);
  const count = header.u16();
  /** @type {Frame} */
  const frame = {
    step: header.u64(),
    revision: header.u32(),
    rate: header.f32(),
    view: { cx: header.f32(), cy: header.f32(), half: header.f32() },
  };
  /** @type {Partial<Frame>} */
  let run = frame;
  let offset = HEADER;
  for (let i = 0; i < count; i++) {
    const section = new Reader(buffer, offset, Math.min(offset + 8, buffer.byteLength));
    const kind = section.u16();
    const encoding = section.u16();
    const length = section.u32();
    const end = offset + 8 + length;
    if (end > buffer.byteLength) throw new FrameError(`section ${kind} is cut short`);
    const payload = new Reader(buffer, offset + 8, end);
    if (kind === RUN) run = payload.u32() === 0 ? frame : (frame.twin ??= {});
    else sections[kind]?.(payload, run, encoding);
    offset = end + (-length & 3);
  }
  return frame;
}

/** Reads numbers one after the other and never past its end. */
export class Reader {
  /**
   * @param {ArrayBuffer} buffer
   * @param {number} offset
   * @param {number} end
   */
  constructor(buffer, offset, end) {
    this.data = new DataView(buffer, 0, end);
    this.offset = offset;
    this.end = end;
  }

  /** @param {number} size */
  advance(size) {
    const at = this.offset;
    if (at + size > this.end) throw new FrameError(`needs ${at + size} bytes, has ${this.end}`);
    this.offset += size;
    return at;
  }

  u16() {
    return this.data.getUint16(this.advance(2), true);
  }
  u32() {
    return this.data.getUint32(this.advance(4), true);
  }
  u64() {
    return Number(this.data.getBigUint64(this.advance(8), true));
  }
  f32() {
    return this.data.getFloat32(this.advance(4), true);
  }

  /** @param {number} count */
  bytes(count) {
    return new Uint8Array(this.data.buffer, this.advance(count), count);
  }

  /** Bytes around one half, spread over how far the map goes from there. @returns {Grid} */
  grid() {
    const n = this.u16();
    const reach = this.u16() / 65535 / 2;
    return { n, values: Float32Array.from(this.bytes(n * n), (byte) => 0.5 + ((byte - 127.5) / 127.5) * reach) };
  }

  /**
   * @param {number} count
   * @param {number} scale
   */
  points(count, scale) {
    return this.numbers(2 * count, scale);
  }

  /**
   * int16 times a scale.
   * @param {number} count
   * @param {number} scale
   */
  numbers(count, scale) {
    const at = this.advance(2 * count);
    const out = new Float32Array(count);
    for (let i = 0; i < out.length; i++) out[i] = this.data.getInt16(at + 2 * i, true) * scale;
    return out;
  }

  /**
   * @template T
   * @param {number} count
   * @param {() => T} read
   */
  times(count, read) {
    /** @type {T[]} */
    const out = [];
    for (let i = 0; i < count; i++) out.push(read());
    return out;
  }
}
